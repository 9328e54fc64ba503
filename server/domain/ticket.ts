import { err, ok, type Result } from '../basics/result.ts';
import {
  later,
  type ClassId,
  type DeskId,
  type EpochMs,
  type NeedId,
  type QueueId,
  type ServiceId,
  type StaffId,
  type TicketId,
  type TicketNumber,
} from './ids.ts';
import type { Language } from './language.ts';
import type { OfficeRules } from './plan.ts';
import type { Refusal } from './refusal.ts';

/** Which promise a ticket has. */
export const STANDINGS = ['walk-in', 'priority', 'booked', 'returning'] as const;
export type Standing = (typeof STANDINGS)[number];

/** Changes how a person is called, never shown in public. */
export const ASSISTANCE = ['visual-only', 'fetch', 'more-time', 'quiet'] as const;
export type Assistance = (typeof ASSISTANCE)[number];

/** How a service ended, in the specialist's word: for the work record, never shown in public. */
export const RESOLUTIONS = ['solved', 'advised', 'application', 'documents', 'to-be-continued', 'not-here'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

export const OUTCOMES = ['served', 'withdrawn', 'no-show', 'expired'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/**
 * One visitor's place in the office, from the number given out to the end of service.
 *
 *   issue ──▶ waiting ──call──▶ called ──begin──▶ serving ──finish──▶ closed
 *
 * A transfer (from waiting, called, serving, parked) makes it waiting again and keeps number, clock, language and
 * notes. A parked ticket is called again like a waiting one, by hand, or returns to the queue. At the end of the
 * office day waiting, called and parked tickets close as expired; serving ones may finish.
 */
export interface Ticket {
  readonly id: TicketId;
  readonly number: TicketNumber;
  readonly serviceId: ServiceId;
  readonly language: Language;
  /** No skilled open desk spoke the language at the issue: anybody skilled may call, with an interpreter. */
  readonly interpreter: boolean;
  readonly standing: Standing;
  /** Why it has the priority standing, where staff said so. Never in the journal, never in public. */
  readonly classId: ClassId | null;
  readonly assistance: readonly Assistance[];
  readonly issuedAt: EpochMs;
  /** The local day of the issue, `YYYY-MM-DD`: the day of its number. */
  readonly day: string;
  /** The how manieth ticket of the office's day: settles what the clock cannot. */
  readonly order: number;
  /** When the promise starts to run: the issue, the booked slot, or the return from parking. Survives transfers. */
  readonly clock: EpochMs;
  /** The promised time, `clock + promise`. The free desk calls the earliest one it can serve. */
  readonly callBy: EpochMs;
  /** Services still to visit in the same visit, in this order. */
  readonly further: readonly ServiceId[];
  /** The newest call; its `order` counts all calls of the office, so each call is announced once. */
  readonly lastCall: Call | null;
  /** How often somebody was called before it out of order. */
  readonly overtaken: number;
  /** Missed all calls once already: missed again, the ticket closes. */
  readonly missed: boolean;
  /** How often the visitor asked for more time and let somebody go first; nothing when never. */
  readonly steppedBack?: number;
  /** Counts the changes of this ticket. A staff request names the version it saw. */
  readonly version: number;
  readonly state: TicketState;
  /** What the visitor came for; `null` when it was never said, or is no longer kept. Never in the journal. */
  readonly needId: NeedId | null;
  /** What staff wrote for each other. Never in the journal. */
  readonly note: string;
  /** Made again from the journal, which never has the need: the visitor said it, and it is lost. */
  readonly needLost?: boolean;
}

export interface Call {
  readonly order: number;
  readonly deskId: DeskId;
  readonly at: EpochMs;
}

export type TicketState =
  | {
      readonly kind: 'waiting';
      readonly queueId: QueueId;
      readonly since: EpochMs;
      /** Held for one person until then; afterwards anybody skilled may call. */
      readonly heldFor: { readonly staffId: StaffId; readonly until: EpochMs } | null;
    }
  | { readonly kind: 'called'; readonly deskId: DeskId; readonly since: EpochMs; readonly calls: number }
  | { readonly kind: 'serving'; readonly deskId: DeskId; readonly since: EpochMs }
  | {
      readonly kind: 'parked';
      readonly deskId: DeskId;
      readonly since: EpochMs;
      readonly calls: number;
      readonly reason: ParkReason;
      /** When it ends by itself: a missed visitor closes as no-show, all others return to the queue. `null`: no timer. */
      readonly until: EpochMs | null;
    }
  | { readonly kind: 'closed'; readonly since: EpochMs; readonly outcome: Outcome };

/** `missed`: did not come after the last call, and has the rejoin window. */
export const PARK_REASONS = ['form', 'photo', 'document', 'break', 'other', 'missed'] as const;
export type ParkReason = (typeof PARK_REASONS)[number];

export type StateKind = TicketState['kind'];

export interface Draft {
  readonly id: TicketId;
  readonly number: TicketNumber;
  readonly serviceId: ServiceId;
  readonly queueId: QueueId;
  readonly needId: NeedId | null;
  readonly language: Language;
  readonly interpreter: boolean;
  readonly standing: Standing;
  readonly classId: ClassId | null;
  readonly assistance: readonly Assistance[];
  readonly further: readonly ServiceId[];
  readonly note: string;
  readonly order: number;
  readonly day: string;
  readonly at: EpochMs;
  /** Never before the newest clock of the office, should the machine's clock step back. */
  readonly clock: EpochMs;
  readonly promiseMs: number;
}

export function issue({ queueId, at, promiseMs, ...draft }: Draft): Ticket {
  return {
    ...draft,
    issuedAt: at,
    callBy: later(draft.clock, promiseMs),
    lastCall: null,
    overtaken: 0,
    missed: false,
    version: 1,
    state: { kind: 'waiting', queueId, since: at, heldFor: null },
  };
}

/** Calls a waiting or parked visitor to a desk. `order` counts all calls of the office. */
export function call(ticket: Ticket, deskId: DeskId, order: number, at: EpochMs): Result<Ticket, Refusal> {
  const { state } = ticket;
  if (state.kind !== 'waiting' && state.kind !== 'parked') return wrongState(ticket);
  return ok(
    changed(ticket, { state: { kind: 'called', deskId, since: at, calls: 1 }, lastCall: { order, deskId, at } }),
  );
}

/** Calls again. The first call was `secondCallAfterMs` ago at least, and the office calls no more often than it says. */
export function recall(
  ticket: Ticket,
  rules: Pick<OfficeRules, 'callsBeforeNoShow' | 'secondCallAfterMs'>,
  order: number,
  at: EpochMs,
): Result<Ticket, Refusal> {
  const { state } = ticket;
  if (state.kind !== 'called') return wrongState(ticket);
  if (state.calls >= rules.callsBeforeNoShow) return err({ code: 'called-often-enough', calls: state.calls });
  const notBefore = later(state.since, rules.secondCallAfterMs);
  if (at < notBefore) return err({ code: 'call-again-later', notBefore });
  const { deskId, calls } = state;
  return ok(
    changed(ticket, {
      state: { kind: 'called', deskId, since: at, calls: calls + 1 },
      lastCall: { order, deskId, at },
    }),
  );
}

export function begin(ticket: Ticket, at: EpochMs): Result<Ticket, Refusal> {
  const { state } = ticket;
  if (state.kind !== 'called') return wrongState(ticket);
  return ok(changed(ticket, { state: { kind: 'serving', deskId: state.deskId, since: at } }));
}

/** Service began already, or begins with this act: specialists need not press *begin*. */
export function begun(ticket: Ticket, at: EpochMs): Result<Ticket, Refusal> {
  return ticket.state.kind === 'serving' ? ok(ticket) : begin(ticket, at);
}

export function finish(ticket: Ticket, at: EpochMs): Result<Ticket, Refusal> {
  return ticket.state.kind === 'serving' ? ok(close(ticket, 'served', at)) : wrongState(ticket);
}

/** The visitor did not come after all calls: the place is kept, parked, for the rejoin window. */
export function miss(
  ticket: Ticket,
  rules: Pick<OfficeRules, 'callsBeforeNoShow' | 'rejoinWindowMs'>,
  at: EpochMs,
): Result<Ticket, Refusal> {
  const { state } = ticket;
  if (state.kind !== 'called') return wrongState(ticket);
  const { calls, deskId } = state;
  if (calls < rules.callsBeforeNoShow) {
    return err({ code: 'called-too-few-times', calls, required: rules.callsBeforeNoShow });
  }
  const until = later(at, rules.rejoinWindowMs);
  return ok(
    changed(ticket, { missed: true, state: { kind: 'parked', deskId, since: at, calls, reason: 'missed', until } }),
  );
}

export function park(
  ticket: Ticket,
  reason: Exclude<ParkReason, 'missed'>,
  until: EpochMs | null,
  at: EpochMs,
): Result<Ticket, Refusal> {
  const { state } = ticket;
  if (state.kind !== 'serving') return wrongState(ticket);
  return ok(changed(ticket, { state: { kind: 'parked', deskId: state.deskId, since: at, calls: 0, reason, until } }));
}

/** A parked visitor is back: a new clock, and the short promise of those who return. */
export function returnToQueue(
  ticket: Ticket,
  queueId: QueueId,
  clock: EpochMs,
  promiseMs: number,
  at: EpochMs,
): Result<Ticket, Refusal> {
  if (ticket.state.kind !== 'parked') return wrongState(ticket);
  return ok(
    changed(ticket, {
      standing: 'returning',
      clock,
      callBy: later(clock, promiseMs),
      state: { kind: 'waiting', queueId, since: at, heldFor: null },
    }),
  );
}

/** Where a visitor is sent: a service's queue or a desk's own, perhaps held for one person for a while. */
export interface Destination {
  readonly serviceId: ServiceId;
  readonly queueId: QueueId;
  readonly heldFor: { readonly staffId: StaffId; readonly until: EpochMs } | null;
  readonly promiseMs: number;
  readonly interpreter: boolean;
}

/** Sends the visitor on. Number and first clock are kept: nobody loses their place for being sent on. */
export function transfer(ticket: Ticket, to: Destination, at: EpochMs): Result<Ticket, Refusal> {
  if (ticket.state.kind === 'closed') return wrongState(ticket);
  const { serviceId, queueId, heldFor, interpreter } = to;
  return ok(
    changed(ticket, {
      serviceId,
      interpreter,
      callBy: later(ticket.clock, to.promiseMs),
      state: { kind: 'waiting', queueId, since: at, heldFor },
    }),
  );
}

export function withdraw(ticket: Ticket, at: EpochMs): Result<Ticket, Refusal> {
  return ticket.state.kind === 'closed' ? wrongState(ticket) : ok(close(ticket, 'withdrawn', at));
}

/** The rejoin window ended, or the visitor missed the calls again. */
export function closeAsNoShow(ticket: Ticket, at: EpochMs): Result<Ticket, Refusal> {
  const { kind } = ticket.state;
  return kind === 'parked' || kind === 'called' ? ok(close(ticket, 'no-show', at)) : wrongState(ticket);
}

/** The office day ended. A visitor being served may finish. */
export function expire(ticket: Ticket, at: EpochMs): Result<Ticket, Refusal> {
  const { kind } = ticket.state;
  return kind === 'serving' || kind === 'closed' ? wrongState(ticket) : ok(close(ticket, 'expired', at));
}

/** Refuses a request that was made looking at an older state of the ticket. */
export function asSeen(ticket: Ticket, version: number): Result<Ticket, Refusal> {
  return ticket.version === version ? ok(ticket) : err({ code: 'changed-meanwhile', version: ticket.version });
}

/** The next version of a ticket. */
export function changed(ticket: Ticket, change: Partial<Omit<Ticket, 'id' | 'version'>>): Ticket {
  return { ...ticket, ...change, version: ticket.version + 1 };
}

export function wrongState(ticket: Ticket): Result<never, Refusal> {
  return err({ code: 'wrong-state', is: ticket.state.kind });
}

function close(ticket: Ticket, outcome: Outcome, at: EpochMs): Ticket {
  return changed(ticket, { state: { kind: 'closed', since: at, outcome } });
}
