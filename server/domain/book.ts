import { Map as Persistent } from 'immutable';
import type { Change } from './change.ts';
import type { DeskState } from './desk-state.ts';
import type { HelpCall } from './help.ts';
import type { Actor, DeskId, DeviceId, EpochMs, HelpId, QueueId, RequestId, StaffId, TicketId } from './ids.ts';
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
  /** The waiting tickets held for one person: an index over `open`. They stand in the line of their queue too. */
  readonly held: Persistent<StaffId, Line>;
  /** The tickets called to or served at a desk: an index over `open`. */
  readonly atDesks: Persistent<TicketId, Ticket>;
  /** The parked tickets: an index over `open`. */
  readonly parked: Persistent<TicketId, Ticket>;
  /** The last number given out in each series (letter), and the day it counts for. */
  readonly numbers: Persistent<string, Series>;
  /** Tickets issued on this day. */
  readonly issued: number;
  /** All calls of the office so far: the next call's order is one more. */
  readonly calls: number;
  /** The newest issue: should the machine's clock step back, no later ticket starts before it. */
  readonly newestClock: EpochMs;
  readonly desks: Persistent<DeskId, DeskState>;
  readonly help: Persistent<HelpId, HelpCall>;
  readonly slips: Persistent<TicketId, Slip>;
  /** The newest calls, newest first, at most `RECENT_CALLS`, one per ticket. */
  readonly recentCalls: readonly TicketId[];
  /** The newest tickets closed after a call to each desk, newest first, at most `RECENT_CLOSED`. */
  readonly recentClosed: Persistent<DeskId, readonly TicketId[]>;
  /** The newest slips each kiosk asked for, newest first, at most `RECENT_SLIPS`. */
  readonly recentSlips: Persistent<DeviceId, readonly TicketId[]>;
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

/** How many of the newest calls a book keeps at hand for the boards: enough for the last five of every area. */
export const RECENT_CALLS = 60;
const RECENT_CLOSED = 20;
const RECENT_SLIPS = 8;
const ANSWERS_KEPT_MS = 24 * 3_600_000;

/** A book with nothing in it. */
export function emptyBook(day: string, now: EpochMs): Book {
  return {
    day,
    open: Persistent(),
    closed: Persistent(),
    lines: Persistent(),
    held: Persistent(),
    atDesks: Persistent(),
    parked: Persistent(),
    numbers: Persistent(),
    issued: 0,
    calls: 0,
    newestClock: 0 as EpochMs,
    desks: Persistent(),
    help: Persistent(),
    slips: Persistent(),
    recentCalls: [],
    recentClosed: Persistent(),
    recentSlips: Persistent(),
    undo: Persistent(),
    answered: Persistent(),
    answeredBefore: Persistent(),
    answeredSince: now,
    seq: 0,
  };
}

/** The next book. `seq` stays: only a commit gives entries their place in the journal. */
export function apply(
  book: Book,
  requestId: RequestId,
  asked: { readonly actor: Actor; readonly event: string },
  change: Change<unknown>,
  now: EpochMs,
): Book {
  const placed = (change.tickets ?? []).reduce(withTicket, book);
  return {
    ...placed,
    numbers: (change.numbers ?? []).reduce((all, { letter, series }) => all.set(letter, series), placed.numbers),
    desks: (change.desks ?? []).reduce((all, desk) => all.set(desk.id, desk), placed.desks),
    help: (change.help ?? []).reduce((all, { id, call }) => (call ? all.set(id, call) : all.delete(id)), placed.help),
    slips: (change.slips ?? []).reduce((all, slip) => all.set(slip.ticketId, slip), placed.slips),
    recentSlips: (change.slips ?? []).reduce(slipsWith, placed.recentSlips),
    undo: (change.undo ?? []).reduce(
      (all, { deskId, undo }) => (undo ? all.set(deskId, undo) : all.delete(deskId)),
      placed.undo,
    ),
    ...answersWith(placed, requestId, { ...asked, reply: change.reply }, now),
  };
}

/** Puts a ticket where its state says, and keeps the indexes true. */
export function withTicket(book: Book, ticket: Ticket): Book {
  const before = book.open.get(ticket.id);
  const isNew = before === undefined && !book.closed.has(ticket.id);
  const isClosed = ticket.state.kind === 'closed';
  const called = ticket.lastCall !== null && ticket.lastCall.order > book.calls;
  return {
    ...book,
    open: isClosed ? book.open.delete(ticket.id) : book.open.set(ticket.id, ticket),
    closed: isClosed ? book.closed.set(ticket.id, ticket) : book.closed.delete(ticket.id),
    lines: moved(book.lines, before && queueOf(before), queueOf(ticket), before, ticket),
    held: moved(book.held, before && holderOf(before), holderOf(ticket), before, ticket),
    atDesks: isAtDesk(ticket) ? book.atDesks.set(ticket.id, ticket) : book.atDesks.delete(ticket.id),
    parked: ticket.state.kind === 'parked' ? book.parked.set(ticket.id, ticket) : book.parked.delete(ticket.id),
    issued: isNew && ticket.day === book.day ? Math.max(book.issued + 1, ticket.order) : book.issued,
    newestClock: Math.max(book.newestClock, isNew ? ticket.issuedAt : 0) as EpochMs,
    calls: Math.max(book.calls, ticket.lastCall?.order ?? 0),
    recentCalls: called ? newestFirst(ticket.id, book.recentCalls, RECENT_CALLS) : book.recentCalls,
    recentClosed:
      isClosed && ticket.lastCall
        ? book.recentClosed.update(ticket.lastCall.deskId, (ids) => newestFirst(ticket.id, ids ?? [], RECENT_CLOSED))
        : book.recentClosed,
  };
}

/**
 * The first page of a new office day. It never turns back: a clock that steps back over midnight opens no second day.
 * Tickets still open stay so (the end of the office day has closed them as expired; serving ones may finish).
 */
export function turnPage(book: Book, day: string): Book {
  if (day <= book.day) return book;
  return {
    ...book,
    day,
    closed: Persistent(),
    issued: 0,
    slips: book.slips.filter((_, ticketId) => book.open.has(ticketId)),
    recentCalls: [],
    recentClosed: Persistent(),
    recentSlips: Persistent(),
    undo: Persistent(),
  };
}

/** What was answered to this request before, if it is known. */
export function answerTo(book: Book, requestId: RequestId): Answered | undefined {
  return book.answered.get(requestId) ?? book.answeredBefore.get(requestId);
}

/** A ticket of today, open or closed. */
export function ticketById(book: Book, ticketId: TicketId): Ticket | undefined {
  return book.open.get(ticketId) ?? book.closed.get(ticketId);
}

/** Takes a ticket out of the line it stood in and puts it into the one it stands in now; `null`: in none. */
function moved<Key>(
  lines: Persistent<Key, Line>,
  from: Key | null | undefined,
  to: Key | null,
  before: Ticket | undefined,
  after: Ticket,
): Persistent<Key, Line> {
  let next = lines;
  if (before && from !== null && from !== undefined) {
    const left = lineWithout(next.get(from) ?? null, before);
    next = left ? next.set(from, left) : next.delete(from);
  }
  if (to === null) return next;
  const { id, callBy, clock, order } = after;
  return next.set(to, lineWith(next.get(to) ?? null, { id, callBy, clock, order }));
}

function isAtDesk({ state }: Ticket): boolean {
  return state.kind === 'called' || state.kind === 'serving';
}

function queueOf({ state }: Ticket): QueueId | null {
  return state.kind === 'waiting' ? state.queueId : null;
}

function holderOf({ state }: Ticket): StaffId | null {
  return state.kind === 'waiting' ? (state.heldFor?.staffId ?? null) : null;
}

/** The newest slips of each kiosk, with this one. */
export function slipsWith(recent: Book['recentSlips'], { askedBy, ticketId }: Slip): Book['recentSlips'] {
  return askedBy === null ? recent : recent.update(askedBy, (ids) => newestFirst(ticketId, ids ?? [], RECENT_SLIPS));
}

function newestFirst(id: TicketId, ids: readonly TicketId[], atMost: number): readonly TicketId[] {
  return [id, ...ids.filter((other) => other !== id)].slice(0, atMost);
}

/** Answers are kept for at least a day, in two layers: the older one is dropped whole. */
function answersWith(
  book: Book,
  requestId: RequestId,
  answer: Answered,
  now: EpochMs,
): Pick<Book, 'answered' | 'answeredBefore' | 'answeredSince'> {
  if (now - book.answeredSince < ANSWERS_KEPT_MS) {
    const { answeredBefore, answeredSince } = book;
    return { answered: book.answered.set(requestId, answer), answeredBefore, answeredSince };
  }
  return { answered: Persistent([[requestId, answer]]), answeredBefore: book.answered, answeredSince: now };
}
