import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { phoneBoard } from '../boards/phone-board.ts';
import { ticketById } from '../domain/book.ts';
import type { RequestId, TicketId } from '../domain/ids.ts';
import { answer, type Caller } from '../live/answer.ts';
import type { Commands } from '../live/commands.ts';
import { momentOf, type Office } from '../live/office.ts';
import { Pacer } from '../live/pacer.ts';
import { REQUESTS, type Reply } from '../contract/events.ts';
import { jsonBody, send, type Route } from './router.ts';

/** Phones hear at most this often while much is going on (milliseconds), and at least as often as `PULSE_EVERY_MS`. */
const BOARD_EVERY_MS = 500;
const PULSE_EVERY_MS = 15_000;
/** A ticket needs one phone, perhaps two. */
const STREAMS_PER_TICKET = 4;

/** A visitor's own ticket on the phone: its board as server-sent events, its one act as a POST. */
export class PhoneDesk {
  readonly #office: Office;
  readonly #commands: Commands;
  readonly #streams = new Map<TicketId, Set<ServerResponse>>();
  readonly #pacer = new Pacer(BOARD_EVERY_MS, () => this.#sendAll());
  readonly #pulse: NodeJS.Timeout;

  constructor(office: Office, commands: Commands) {
    this.#office = office;
    this.#commands = commands;
    this.#pulse = setInterval(() => this.#sendAll(), PULSE_EVERY_MS).unref();
  }

  get routes(): readonly Route[] {
    return [
      {
        method: 'GET',
        path: /^\/api\/ticket\/(?<token>[\w-]{22})\/board$/,
        handle: (exchange) => this.#follow(exchange),
      },
      {
        method: 'POST',
        path: /^\/api\/ticket\/(?<token>[\w-]{22})\/withdraw$/,
        handle: (exchange) => this.#withdraw(exchange),
      },
    ];
  }

  /** Something changed. */
  ask(): void {
    this.#pacer.ask();
  }

  close(): void {
    clearInterval(this.#pulse);
    this.#pacer.stop();
    for (const streams of this.#streams.values()) for (const stream of streams) stream.end();
  }

  #follow({ request, response, parts }: Parameters<Route['handle']>[0]): void {
    const ticketId = this.#office.phones.ticketOf(parts.token ?? '');
    if (ticketId === undefined) {
      send(response, 404, { code: 'gone' });
      return;
    }
    const streams = this.#streams.get(ticketId) ?? new Set();
    if (streams.size >= STREAMS_PER_TICKET) {
      send(response, 429, { code: 'too-many' });
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    this.#streams.set(ticketId, streams.add(response));
    this.#sendOne(ticketId, response);
    request.on('close', () => {
      streams.delete(response);
      if (streams.size === 0) this.#streams.delete(ticketId);
    });
  }

  async #withdraw({ request, response, parts }: Parameters<Route['handle']>[0]): Promise<void> {
    const ticketId = this.#office.phones.ticketOf(parts.token ?? '');
    if (ticketId === undefined) {
      send(response, 404, { code: 'gone' });
      return;
    }
    const caller: Caller = { role: 'phone', actor: ticketId as string as Caller['actor'] };
    const row = REQUESTS['phone:withdraw'];
    const watch = { fault: () => undefined, refused: () => undefined, ignored: () => undefined };
    const body = (await jsonBody(request)) as { requestId?: RequestId };
    const asked = { requestId: body.requestId ?? randomUUID() };
    const reply: Reply<null> = (result) => send(response, result.ok ? 200 : 409, result);
    await answer(row, this.#commands['phone:withdraw'], caller, watch)(asked, reply);
  }

  #sendAll(): void {
    for (const [ticketId, streams] of this.#streams) for (const stream of streams) this.#sendOne(ticketId, stream);
  }

  #sendOne(ticketId: TicketId, stream: ServerResponse): void {
    const moment = momentOf(this.#office);
    const ticket = ticketById(moment.book, ticketId);
    stream.write(
      `data: ${JSON.stringify(ticket ? phoneBoard(moment, ticket) : { surface: 'phone', state: 'gone' })}\n\n`,
    );
    if (!ticket || ticket.state.kind === 'closed') stream.end();
  }
}
