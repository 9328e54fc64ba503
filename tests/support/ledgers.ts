import { randomUUID } from 'node:crypto';
import { callNext } from '../../server/commands/calling.ts';
import { takeDesk } from '../../server/commands/desks.ts';
import { issueTicket } from '../../server/commands/issue-ticket.ts';
import { beginService, finishService } from '../../server/commands/serving.ts';
import { demonstrationPlan } from '../../server/content/demonstration.ts';
import type { Book } from '../../server/domain/book.ts';
import type { Asked, Command } from '../../server/domain/change.ts';
import type { Actor, DeskId, EpochMs, NeedId, RequestId, StaffId } from '../../server/domain/ids.ts';
import { LANGUAGES } from '../../server/domain/language.ts';
import { inOrder, type Line } from '../../server/domain/line.ts';
import type { JournalLine } from '../../server/domain/journal.ts';
import type { Plan } from '../../server/domain/plan.ts';
import { readBook } from '../../server/store/book-reading.ts';
import type { DialectName } from '../../server/store/database.ts';
import { journalFrom } from '../../server/store/journal.ts';
import { Ledger } from '../../server/store/ledger.ts';
import { openStore, type Place, type Store } from '../../server/store/opening.ts';
import { newPlace, removePlace } from './database.ts';

export const DESKS = 20;
export const DAY = '2026-11-24';
const START = Date.parse('2026-11-24T08:00:00Z');
const NUMBERS = Array.from({ length: DESKS }, (_, i) => String(i));
const base = demonstrationPlan();

/** Twenty desks; the specialist at each can serve everything in every language. */
export const PLAN: Plan = {
  ...base,
  version: 1,
  desks: NUMBERS.map((number) => ({ id: number as DeskId, kind: 'desk', number })),
  specialists: NUMBERS.map((number) => ({
    id: staffAt(number),
    name: number,
    services: base.services.map(({ id }) => id),
    languages: LANGUAGES,
  })),
};

/** A ledger over a real database, with a clock that stands still until it is set. */
export class LedgerOffice {
  now = START;
  plan = PLAN;
  readonly place: Place;
  #store: Store | null = null;
  #ledger: Ledger | null = null;

  private constructor(place: Place) {
    this.place = place;
  }

  static async open(dialect: DialectName = 'sqlite'): Promise<LedgerOffice> {
    const office = new LedgerOffice(await newPlace(dialect));
    await office.openAgain();
    return office;
  }

  get store(): Store {
    if (!this.#store) throw new Error('the office is closed');
    return this.#store;
  }

  get ledger(): Ledger {
    if (!this.#ledger) throw new Error('the office is closed');
    return this.#ledger;
  }

  get book(): Book {
    return this.ledger.committed;
  }

  async openAgain(): Promise<void> {
    this.#store = await openStore({ ...this.place, zone: PLAN.office.zone, now: () => this.now as EpochMs });
    const { database, audit } = this.#store;
    const world = { now: () => this.now as EpochMs, plan: () => this.plan, newId: randomUUID };
    this.#ledger = new Ledger(database, audit, world);
    await this.#ledger.open();
  }

  /** As a clean stop does. */
  async close(): Promise<void> {
    await this.#ledger?.settle();
    await this.#store?.close();
    this.#store = this.#ledger = null;
  }

  async remove(): Promise<void> {
    await this.close();
    await removePlace(this.place);
  }

  /** Seats a specialist at every desk. */
  async seatAll(): Promise<void> {
    await many(DESKS, (i) => this.ask(takeDesk, { deskId: String(i) as DeskId, takeOver: false }, staffAt(i)));
  }

  ask<R extends Asked, T>(command: Command<R, T>, request: Omit<R, 'requestId'>, actor: Actor) {
    return this.ledger.carryOut(command.name, command, { ...request, requestId: randomUUID() } as unknown as R, actor);
  }

  issue(requestId: string = randomUUID(), actor = 'kiosk-1' as Actor) {
    const tap = { requestId: requestId as RequestId, needId: 'papers.submit' as NeedId, language: 'et' as const };
    return this.ledger.carryOut('ticket:issue', issueTicket, tap, actor);
  }

  callTo(desk: number) {
    return this.ask(callNext, {}, staffAt(desk));
  }

  /** Serves and finishes whom the desk has called. */
  async finishAt(desk: number): Promise<void> {
    for (const command of [beginService, finishService]) {
      const ticketId = this.book.desks.get(String(desk) as DeskId)?.ticketId;
      const ticket = ticketId ? this.book.open.get(ticketId) : undefined;
      if (!ticket) throw new Error(`nobody is at desk ${desk}`);
      await this.ask(command, { ticketId: ticket.id, version: ticket.version }, staffAt(desk));
    }
  }

  /** The book as a restart would read it. */
  bookRead(): Promise<Book> {
    return this.store.database.read((trx) => readBook(trx, DAY, this.now as EpochMs));
  }

  lines(): Promise<readonly JournalLine[]> {
    return this.store.database.read((trx) => journalFrom(trx, 1, 100_000));
  }
}

export function staffAt(desk: number | string): StaffId {
  return `staff-${desk}` as StaffId;
}

export function many<T>(count: number, act: (i: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, i) => act(i)));
}

/** What of a book survives a restart: all but the memory of undoing. */
export function lasting(book: Book): object {
  const { undo: _undo, answeredSince: _since, lines, held, ...rest } = book;
  const members = Object.entries(rest).map(([name, value]: [string, unknown]) => [name, inKeyOrder(value)]);
  return { ...(Object.fromEntries(members) as object), lines: places(lines), held: places(held) };
}

function inKeyOrder(value: unknown): unknown {
  const plain = JSON.parse(JSON.stringify(value)) as unknown;
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) return plain;
  return Object.fromEntries(Object.entries(plain).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function places(lines: Iterable<readonly [string, Line]>): object {
  return Object.fromEntries([...lines].map(([key, line]) => [key, [...inOrder(line)].map(({ id }) => id)]));
}
