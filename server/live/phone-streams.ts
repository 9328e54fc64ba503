import type { ServerResponse } from 'node:http';
import type { TicketId } from '../domain/ids.ts';

/** A ticket needs one phone, perhaps two, each on a line that may have died unseen. */
const STREAMS_PER_TICKET = 4;
/** A phone that leaves this much unread is let go (bytes); whoever is there comes again by itself and gets a whole board. */
const UNREAD_AT_MOST = 64 * 1024;
/** A phone whose line broke comes again so soon: left to itself it waits for 3 to 5 s, and somebody is being called. */
const AGAIN_AFTER_MS = 1_000;

/**
 * The open lines to phones, as server-sent events. One more than a ticket may have ends its oldest: a phone that changed
 * its network leaves a dead line behind, and whoever found a slip cannot keep its owner out by opening many.
 *
 * @source WHATWG HTML, section 9.2 (server-sent events)
 */
export class PhoneStreams {
  readonly #open = new Map<TicketId, Set<ServerResponse>>();

  /** Which tickets somebody follows. */
  get followed(): Iterable<TicketId> {
    return this.#open.keys();
  }

  add(ticketId: TicketId, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(`retry: ${AGAIN_AFTER_MS}\n\n`);
    const streams = this.#open.get(ticketId) ?? new Set();
    this.#open.set(ticketId, streams.add(response));
    response.on('close', () => {
      streams.delete(response);
      if (streams.size === 0 && this.#open.get(ticketId) === streams) this.#open.delete(ticketId);
    });
    const [oldest] = streams;
    if (streams.size > STREAMS_PER_TICKET && oldest) {
      streams.delete(oldest);
      oldest.end();
    }
  }

  /** Sends one board to all who follow a ticket. */
  send(ticketId: TicketId, board: object): void {
    const text = `data: ${JSON.stringify(board)}\n\n`;
    for (const stream of this.#open.get(ticketId) ?? []) {
      if (stream.writableLength > UNREAD_AT_MOST) stream.destroy();
      else stream.write(text);
    }
  }

  /** The ticket is no more. */
  end(ticketId: TicketId): void {
    for (const stream of this.#open.get(ticketId) ?? []) stream.end();
  }

  close(): void {
    for (const ticketId of this.#open.keys()) this.end(ticketId);
  }
}
