import type { DeskId, EpochMs, NeedId, QueueId, ServiceId, StaffId, TicketId, TicketNumber } from './ids.ts';
import type { Language } from './language.ts';

/** Which promise a ticket has. */
export const STANDINGS = ['walk-in', 'priority', 'booked', 'returning'] as const;
export type Standing = (typeof STANDINGS)[number];

/** Changes how a person is called, never shown in public. */
export const ASSISTANCE = ['visual-only', 'fetch', 'more-time', 'quiet'] as const;
export type Assistance = (typeof ASSISTANCE)[number];

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
  /** Counts the changes of this ticket. A staff request names the version it saw. */
  readonly version: number;
  readonly state: TicketState;
  /** What the visitor came for; `null` when it was never said, or is no longer kept. Never in the journal. */
  readonly needId: NeedId | null;
  /** What staff wrote for each other. Never in the journal. */
  readonly note: string;
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
