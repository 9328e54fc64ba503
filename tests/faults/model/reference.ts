import { localDay } from '../../../server/domain/local-time.ts';
import type { EpochMs } from '../../../server/domain/ids.ts';

/** The numbers the office goes by, as its rules are told to people. */
export interface ReferenceRules {
  readonly zone: string;
  /** Letter and promise of each need a visitor can choose (milliseconds). */
  readonly needs: readonly { readonly service: string; readonly letter: string; readonly promiseMs: number }[];
  readonly returningPromiseMs: number;
  readonly callsBeforeNoShow: number;
  readonly secondCallAfterMs: number;
  readonly rejoinWindowMs: number;
  readonly undoWithinMs: number;
}

export interface ReferenceTicket {
  readonly number: string;
  need: number;
  readonly order: number;
  readonly day: string;
  returning: boolean;
  clock: number;
  callBy: number;
  state: 'waiting' | 'called' | 'serving' | 'parked' | 'closed';
  desk: number | null;
  calls: number;
  since: number;
  until: number | null;
  missed: boolean;
  changes: number;
}

interface Undoable {
  readonly ticket: number;
  readonly before: ReferenceTicket;
  readonly changes: number;
  readonly at: number;
}

/**
 * The office in about 150 lines: lists, loops and no sharing of structure, no database, no groups. What the real ledger
 * does must be what this does. Tickets are known by the order in which they were issued.
 */
export class ReferenceOffice {
  now: number;
  day: string;
  readonly tickets: ReferenceTicket[] = [];
  readonly undo = new Map<number, Undoable>();
  readonly #rules: ReferenceRules;
  readonly #series = new Map<string, { day: string; last: number }>();
  #issuedToday = 0;
  #newestClock = 0;

  constructor(rules: ReferenceRules, now: number) {
    this.#rules = rules;
    this.now = now;
    this.day = this.#today;
  }

  issue(need: number): ReferenceTicket {
    this.#turnPage();
    const { letter, promiseMs } = this.#need(need);
    const series = this.#series.get(letter);
    const hasOpen = this.tickets.some((one) => one.state !== 'closed' && one.number.startsWith(letter));
    const last = series && (series.day === this.day || hasOpen) ? series.last + 1 : 1;
    this.#series.set(letter, { day: this.day, last });
    const clock = Math.max(this.now, this.#newestClock);
    this.#newestClock = Math.max(this.#newestClock, this.now);
    const ticket: ReferenceTicket = {
      number: `${letter}${String(last).padStart(3, '0')}`,
      need,
      order: (this.#issuedToday += 1),
      day: this.day,
      returning: false,
      clock,
      callBy: clock + promiseMs,
      state: 'waiting',
      desk: null,
      calls: 0,
      since: this.now,
      until: null,
      missed: false,
      changes: 1,
    };
    this.tickets.push(ticket);
    return ticket;
  }

  /** Whom every desk would call: the earliest promise, then the earlier clock, then the earlier issue. */
  next(): number | null {
    const waiting = this.tickets.map((one, id) => ({ one, id })).filter(({ one }) => one.state === 'waiting');
    waiting.sort((a, b) => a.one.callBy - b.one.callBy || a.one.clock - b.one.clock || a.one.order - b.one.order);
    return waiting[0]?.id ?? null;
  }

  at(desk: number): number | null {
    const id = this.tickets.findIndex(
      (one) => one.desk === desk && (one.state === 'called' || one.state === 'serving'),
    );
    return id < 0 ? null : id;
  }

  /** @returns the ticket, or `null`: the office says no */
  callNext(desk: number): number | null {
    const id = this.next();
    if (this.at(desk) !== null || id === null) return null;
    this.#change(id, { state: 'called', desk, calls: 1, since: this.now });
    this.undo.delete(desk);
    return id;
  }

  recall(desk: number): boolean {
    const one = this.#atDesk(desk, ['called']);
    if (!one || one.calls >= this.#rules.callsBeforeNoShow) return false;
    if (this.now < one.since + this.#rules.secondCallAfterMs) return false;
    return this.#change(this.at(desk), { calls: one.calls + 1, since: this.now });
  }

  begin(desk: number): boolean {
    return this.#atDesk(desk, ['called']) !== null && this.#change(this.at(desk), { state: 'serving' });
  }

  finish(desk: number): boolean {
    return this.#act(desk, { state: 'closed' });
  }

  park(desk: number, minutes: number | null): boolean {
    const until = minutes === null ? null : this.now + minutes * 60_000;
    return this.#act(desk, { state: 'parked', until, calls: 0 });
  }

  noShow(desk: number): boolean {
    const one = this.#atDesk(desk, ['called']);
    if (!one || one.calls < this.#rules.callsBeforeNoShow) return false;
    const before = { ...one };
    const id = this.at(desk);
    if (one.missed) this.#change(id, { state: 'closed' });
    else this.#change(id, { state: 'parked', missed: true, until: this.now + this.#rules.rejoinWindowMs });
    return this.#remember(desk, id, before);
  }

  transfer(desk: number, need: number): boolean {
    const one = this.#atDesk(desk, ['called', 'serving']);
    if (!one) return false;
    const { promiseMs } = this.#need(need);
    const callBy = one.clock + (one.returning ? this.#rules.returningPromiseMs : promiseMs);
    return this.#act(desk, { state: 'waiting', need, callBy });
  }

  withdraw(desk: number | null, id: number): boolean {
    const one = this.tickets[id];
    if (!one || one.state === 'closed') return false;
    if ((one.state === 'called' || one.state === 'serving') && one.desk !== desk) return false;
    const before = { ...one };
    this.#change(id, { state: 'closed' });
    return desk === null || this.#remember(desk, id, before);
  }

  return(id: number): boolean {
    if (this.tickets[id]?.state !== 'parked') return false;
    const clock = Math.max(this.now, this.#newestClock);
    const callBy = clock + this.#rules.returningPromiseMs;
    return this.#change(id, { state: 'waiting', returning: true, clock, callBy });
  }

  undoAct(desk: number): boolean {
    const undo = this.undo.get(desk);
    if (!undo || this.day < this.#today || this.now - undo.at > this.#rules.undoWithinMs) return false;
    const { before, ticket } = undo;
    if (this.tickets[ticket]?.changes !== undo.changes) return false;
    const wasHere = before.state === 'called' || before.state === 'serving';
    if (wasHere && this.at(desk) !== null) return false;
    this.undo.delete(desk);
    const { changes: _, ...state } = before;
    return this.#change(ticket, state);
  }

  /** The clock alone: parkings whose time is up. */
  endParkings(): void {
    for (const [id, one] of this.tickets.entries()) {
      if (one.state !== 'parked' || one.until === null || one.until > this.now) continue;
      if (one.missed && one.calls > 0) this.#change(id, { state: 'closed' });
      else this.return(id);
    }
    this.#turnPage();
  }

  closeDay(): void {
    this.#turnPage();
    for (const [id, one] of this.tickets.entries()) {
      if (one.state !== 'closed' && one.state !== 'serving') this.#change(id, { state: 'closed' });
    }
  }

  /** A restart: what can be taken back is forgotten, and the day is that of the clock or of the newest number. */
  restart(): void {
    this.undo.clear();
    this.day = [this.#today, ...[...this.#series.values()].map(({ day }) => day)].sort().at(-1) ?? this.#today;
    this.#issuedToday = Math.max(0, ...this.tickets.filter(({ day }) => day === this.day).map(({ order }) => order));
  }

  /** A commit failed: the book is read again. */
  outage(): void {
    this.undo.clear();
  }

  /** A verb that ends the visitor's stay at a desk; service begins with it if it had not. */
  #act(desk: number, change: Partial<ReferenceTicket>): boolean {
    const one = this.#atDesk(desk, ['called', 'serving']);
    const id = this.at(desk);
    if (!one || id === null) return false;
    if (one.state === 'called') this.#change(id, { state: 'serving' });
    const before = { ...one };
    this.#change(id, change);
    return this.#remember(desk, id, before);
  }

  #remember(desk: number, id: number | null, before: ReferenceTicket): boolean {
    const after = id === null ? undefined : this.tickets[id];
    if (id !== null && after) this.undo.set(desk, { ticket: id, before, changes: after.changes, at: this.now });
    return true;
  }

  #change(id: number | null, change: Partial<ReferenceTicket>): boolean {
    this.#turnPage();
    const one = id === null ? undefined : this.tickets[id];
    if (!one) return false;
    Object.assign(one, change, { changes: one.changes + 1 });
    return true;
  }

  #atDesk(desk: number, states: readonly ReferenceTicket['state'][]): ReferenceTicket | null {
    const id = this.at(desk);
    const one = id === null ? undefined : this.tickets[id];
    return one && states.includes(one.state) ? one : null;
  }

  #need(need: number) {
    const found = this.#rules.needs[need];
    if (!found) throw new Error(`no need ${need}`);
    return found;
  }

  get #today(): string {
    return localDay(this.now as EpochMs, this.#rules.zone);
  }

  #turnPage(): void {
    if (this.#today <= this.day) return;
    this.day = this.#today;
    this.#issuedToday = 0;
    this.undo.clear();
  }
}
