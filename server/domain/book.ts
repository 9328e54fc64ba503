import { Map as Persistent } from 'immutable';
import type { Change } from './change.ts';
import type { DeskState } from './desk-state.ts';
import type { HelpCall } from './help.ts';
import type { Actor, DeskId, EpochMs, HelpId, QueueId, RequestId, TicketId } from './ids.ts';
import { lineWith, lineWithout, type Line } from './line.ts';
import type { Slip } from './slip.ts';
import type { Ticket } from './ticket.ts';

/**
 * The office's day in memory: all that a command decides from. A book is never changed; a change makes the next one,
 * which shares nearly all of its structure with the one before, so a change costs the same at 100 and at 100,000
 * tickets of a day.
 */
export interface Book {
  /** The office day, `YYYY-MM-DD`. */
  readonly day: string;
  /** Open tickets, whatever their day. */
  readonly open: Persistent<TicketId, Ticket>;
  /** Tickets closed on this day. */
  readonly closed: Persistent<TicketId, Ticket>;
  /** The waiting tickets of each queue in promised-time order: an index over `open`. */
  readonly lines: Persistent<QueueId, Line>;
  /** The last number given out in each series (letter), and the day it counts for. */
  readonly numbers: Persistent<string, Series>;
  /** Tickets issued on this day. */
  readonly issued: number;
  /** All calls of the office so far: the next call's order is one more. */
  readonly calls: number;
  /** The newest clock given out: a clock that steps back gives no earlier one (DESIGN section 2, 13). */
  readonly newestClock: EpochMs;
  readonly desks: Persistent<DeskId, DeskState>;
  readonly help: Persistent<HelpId, HelpCall>;
  readonly slips: Persistent<TicketId, Slip>;
  /** The newest calls, newest first, at most `RECENT_CALLS`, one per ticket. */
  readonly recentCalls: readonly TicketId[];
  /** What can still be taken back at each desk. */
  readonly undo: Persistent<DeskId, Undo>;
  /** What was replied to each request: one sent again gets the same reply and changes nothing. Two layers of 24 h. */
  readonly answered: Persistent<RequestId, Answered>;
  readonly answeredBefore: Persistent<RequestId, Answered>;
  readonly answeredSince: EpochMs;
  /** The newest journal entry this book knows: the revision of every board made from it. */
  readonly seq: number;
}

export interface Series {
  readonly day: string;
  readonly last: number;
}

/** The state before the last act at a desk. */
export interface Undo {
  readonly act: 'finish' | 'no-show' | 'park' | 'withdraw' | 'transfer';
  readonly at: EpochMs;
  /** The ticket as it was, and the version that the act made: later changes make the undo impossible. */
  readonly before: Ticket;
  readonly version: number;
}

export interface Answered {
  readonly actor: Actor;
  /** The event's name: the same id from another actor or for another event is malformed. */
  readonly event: string;
  readonly reply: unknown;
}
