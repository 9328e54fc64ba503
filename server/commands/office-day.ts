import { ok, type Result } from '../basics/result.ts';
import type { Book } from '../domain/book.ts';
import type { Asked, At, Change } from '../domain/change.ts';
import type { Entry } from '../domain/journal.ts';
import { ticketEntry } from '../domain/journal.ts';
import { leftOver } from '../domain/office-day.ts';
import type { Refusal } from '../domain/refusal.ts';
import { closeAsNoShow, expire, type Ticket } from '../domain/ticket.ts';
import { endedParkings } from '../domain/timers.ts';
import type { DeskState } from '../domain/desk-state.ts';
import { returned, returnedEntry } from './serving.ts';

/** The office day ends: waiting, called and parked tickets close as expired; those being served may finish. */
export function closeDay(book: Book, _: Asked, at: At): Result<Change<null>, Refusal> {
  const change = expireAll(book, [...book.open.values()], at);
  const body = { day: book.day, expired: change.tickets?.length ?? 0 };
  const closed = { kind: 'office.day-closed', at: at.now, actor: at.actor, ticket: null, body } as const;
  return ok({ ...change, entries: [...change.entries, closed] });
}

/** What an office day left open because nothing could close it at its end expires now; who came after that end stays. */
export function closeLeftOver(book: Book, _: Asked, at: At): Result<Change<null>, Refusal> {
  return ok(expireAll(book, leftOver(book, at.plan, at.now), at));
}

function expireAll(book: Book, tickets: readonly Ticket[], at: At): Change<null> {
  const expired = tickets.flatMap((ticket) => {
    const closed = expire(ticket, at.now);
    return closed.ok ? [closed.value] : [];
  });
  const ids = new Set(expired.map(({ id }) => id));
  const desks = [...book.desks.values()].filter(({ ticketId }) => ticketId !== null && ids.has(ticketId));
  return {
    tickets: expired,
    desks: desks.map((desk): DeskState => ({ ...desk, ticketId: null, freeSince: at.now, ready: false })),
    entries: expired.map((ticket) => ticketEntry('ticket.expired', ticket, at)),
    reply: null,
  };
}

/** Ends all parkings whose time is up: a missed visitor's place closes as no-show, the others wait again. */
export function endParkings(book: Book, _: Asked, at: At): Result<Change<null>, Refusal> {
  const ended = endedParkings(book, at.now).flatMap((ticket) => parkingEnd(book, ticket, at));
  return ok({
    tickets: ended.map(({ ticket }) => ticket),
    entries: ended.map(({ entry }) => entry),
    reply: null,
  });
}

function parkingEnd(book: Book, ticket: Ticket, at: At): readonly { ticket: Ticket; entry: Entry }[] {
  const missed = ticket.state.kind === 'parked' && ticket.state.reason === 'missed';
  const after = missed ? closeAsNoShow(ticket, at.now) : returned(book, ticket, at);
  if (!after.ok) return [];
  const entry = missed ? ticketEntry('ticket.no-show', after.value, at) : returnedEntry(after.value, at);
  return [{ ticket: after.value, entry }];
}
