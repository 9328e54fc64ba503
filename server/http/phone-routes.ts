import { err } from '../basics/result.ts';
import { phoneBoard } from '../boards/phone-board.ts';
import { ticketById } from '../domain/book.ts';
import type { TicketId } from '../domain/ids.ts';
import { Allowance } from '../live/allowance.ts';
import { answer, type Answering, type Caller, type Watch } from '../live/answer.ts';
import type { Commands } from '../live/commands.ts';
import { momentOf, type Office } from '../live/office.ts';
import { Pacer } from '../live/pacer.ts';
import { PhoneStreams } from '../live/phone-streams.ts';
import { REQUESTS, type Reply, type RequestName, type Row } from '../contract/events.ts';
import { jsonBody, send, type Route } from './router.ts';

/** Phones hear at most this often while much is going on (milliseconds), and at least as often as `PULSE_EVERY_MS`. */
const BOARD_EVERY_MS = 500;
const PULSE_EVERY_MS = 15_000;
/** How often a phone may ask for something: more than a person presses. */
const ACTS = { perMinute: 12, burst: 6 } as const;
const UNWATCHED: Watch = { fault: () => undefined, refused: () => undefined, ignored: () => undefined };

type PhoneEvent = Extract<RequestName, `phone:${string}`>;

/** A visitor's own ticket on the phone: its board as server-sent events, its acts as POSTs checked by the event table. */
export class PhoneDesk {
  readonly #office: Office;
  readonly #commands: Commands;
  readonly #streams = new PhoneStreams();
  readonly #allowances = new Map<TicketId, Allowance>();
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
        path: /^\/api\/ticket\/(?<token>[\w-]{22})\/(?<act>withdraw|more-time|hold|follow|unfollow)$/,
        handle: (exchange) => this.#act(exchange),
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
    this.#streams.close();
  }

  #follow({ response, parts }: Parameters<Route['handle']>[0]): void {
    const ticketId = this.#office.phones.ticketOf(parts.token ?? '');
    if (ticketId === undefined) {
      send(response, 404, { code: 'gone' });
      return;
    }
    this.#streams.add(ticketId, response);
    this.#sendOne(ticketId);
  }

  async #act({ request, response, parts }: Parameters<Route['handle']>[0]): Promise<void> {
    // The body first: while it comes slowly the ticket may close, and nothing about a phone outlives its ticket.
    const asked = await jsonBody(request);
    const ticketId = this.#office.phones.ticketOf(parts.token ?? '');
    if (ticketId === undefined) {
      send(response, 404, { code: 'gone' });
      return;
    }
    const retryAfterMs = this.#allowanceOf(ticketId).take(this.#office.now());
    if (retryAfterMs > 0) {
      send(response, 429, err({ code: 'too-many-requests', retryAfterMs }));
      return;
    }
    const event = `phone:${parts.act ?? ''}` as PhoneEvent; // the path lets no other through
    const row: Row = REQUESTS[event];
    const caller: Caller = { role: 'phone', actor: ticketId as string as Caller['actor'] };
    const reply: Reply<unknown> = (result) => send(response, result.ok ? 200 : statusOf(result.error.code), result);
    await answer(row, this.#commands[event] as Answering<Row>, caller, UNWATCHED)(asked, reply);
  }

  #allowanceOf(ticketId: TicketId): Allowance {
    const known = this.#allowances.get(ticketId) ?? new Allowance(ACTS, this.#office.now());
    this.#allowances.set(ticketId, known);
    return known;
  }

  #sendAll(): void {
    for (const ticketId of this.#streams.followed) this.#sendOne(ticketId);
    const { open } = this.#office.ledger.committed;
    for (const ticketId of this.#allowances.keys()) if (!open.has(ticketId)) this.#allowances.delete(ticketId);
  }

  #sendOne(ticketId: TicketId): void {
    const moment = momentOf(this.#office);
    const ticket = ticketById(moment.book, ticketId);
    const board = ticket && phoneBoard(moment, ticket, this.#office.hall.hall);
    this.#streams.send(ticketId, board ?? { surface: 'phone', state: 'gone' });
    if (!ticket || ticket.state.kind === 'closed') this.#streams.end(ticketId);
  }
}

function statusOf(code: string): number {
  return code === 'malformed' ? 400 : code === 'outage' ? 503 : 409;
}
