import { err, ok, type Result } from '../basics/result.ts';
import { ticketById, type Book, type Undo } from '../domain/book.ts';
import type { Asked, At } from '../domain/change.ts';
import type { DeskState } from '../domain/desk-state.ts';
import { lasted, type TicketId } from '../domain/ids.ts';
import { ticketEntry, type Entry } from '../domain/journal.ts';
import type { Refusal } from '../domain/refusal.ts';
import { deskOf, staffedDesks, type StaffedDesk } from '../domain/staffing.ts';
import { asSeen, begin, type Ticket } from '../domain/ticket.ts';

/** A request about a ticket names the version its screen showed. */
export interface Seen extends Asked {
  readonly ticketId: TicketId;
  readonly version: number;
}

/** The ticket as the screen saw it. */
export function seenTicket(book: Book, { ticketId, version }: Seen): Result<Ticket, Refusal> {
  const ticket = ticketById(book, ticketId);
  return ticket ? asSeen(ticket, version) : err({ code: 'unknown-ticket' });
}

/** The desk of whoever asks. */
export function ownDesk(book: Book, { actor, plan }: At): Result<StaffedDesk, Refusal> {
  const staffed = staffedDesks(book, plan).find(({ desk }) => desk.staffId === actor);
  return staffed ? ok(staffed) : err({ code: 'no-desk' });
}

/** The ticket that is called to or served at the desk of whoever asks. */
export function atOwnDesk(
  book: Book,
  request: Seen,
  at: At,
): Result<{ readonly ticket: Ticket; readonly desk: DeskState }, Refusal> {
  const desk = deskOf(book, at.actor);
  if (!desk) return err({ code: 'no-desk' });
  const ticket = seenTicket(book, request);
  if (!ticket.ok) return ticket;
  return desk.ticketId === request.ticketId ? ok({ ticket: ticket.value, desk }) : err({ code: 'not-at-your-desk' });
}

/** A ticket that nobody else is busy with: waiting, parked, or at the desk of whoever asks. */
export function withinReach(
  book: Book,
  request: Seen,
  at: At,
): Result<{ readonly ticket: Ticket; readonly desk: DeskState | undefined }, Refusal> {
  const ticket = seenTicket(book, request);
  if (!ticket.ok) return ticket;
  const { state } = ticket.value;
  const desk = deskOf(book, at.actor);
  const elsewhere = (state.kind === 'called' || state.kind === 'serving') && state.deskId !== desk?.id;
  return elsewhere ? err({ code: 'not-at-your-desk' }) : ok({ ticket: ticket.value, desk });
}

/** The desk with nobody at it. */
export function freed(desk: DeskState, at: At): DeskState {
  return { ...desk, ticketId: null, freeSince: at.now, ready: desk.pause === null };
}

/** The desks to write when a ticket leaves: its own desk, if it was at one. */
export function freedBy(ticket: Ticket, desk: DeskState | undefined, at: At): readonly DeskState[] {
  return desk && desk.ticketId === ticket.id ? [freed(desk, at)] : [];
}

/** Service begins with the first act after a call: the ticket being served, and the line that tells so. */
export function implicitlyBegun(
  ticket: Ticket,
  at: At,
): { readonly ticket: Ticket; readonly entries: readonly Entry[] } {
  const started = begin(ticket, at.now);
  if (!started.ok) return { ticket, entries: [] };
  return {
    ticket: started.value,
    entries: [ticketEntry('ticket.begun', started.value, at, { desk: deskOfTicket(ticket) })],
  };
}

/** What can be taken back at a desk after an act. */
export function undoable(
  desk: DeskState | undefined,
  act: Undo['act'],
  before: Ticket,
  after: Ticket,
  at: At,
): { readonly undo: readonly { readonly deskId: DeskState['id']; readonly undo: Undo }[] } {
  return {
    undo: desk ? [{ deskId: desk.id, undo: { act, at: at.now, before, version: after.version } }] : [],
  };
}

export function deskOfTicket({ state }: Ticket): string | null {
  return 'deskId' in state ? state.deskId : null;
}

/** Desk time so far (milliseconds); `null` for whoever is not being served. */
export function servedMs({ state }: Ticket, at: At): number | null {
  return state.kind === 'serving' ? lasted(state.since, at.now) : null;
}
