import { err, ok, type Result } from '../basics/result.ts';
import type { Book } from '../domain/book.ts';
import type { Asked, At, Change } from '../domain/change.ts';
import type { DeskState, PauseReason } from '../domain/desk-state.ts';
import { later, type DeskId } from '../domain/ids.ts';
import { ticketEntry, type Entry, type JournalKind } from '../domain/journal.ts';
import type { Refusal } from '../domain/refusal.ts';
import { deskById, deskOf } from '../domain/staffing.ts';
import type { Ticket } from '../domain/ticket.ts';
import { placeKept, sentOn } from './transfer-ticket.ts';

export interface Taking extends Asked {
  readonly deskId: DeskId;
  readonly takeOver: boolean;
}

/** Sits down at a desk, leaving the one before. A visitor at a desk taken over stays there and is served on. */
export function takeDesk(book: Book, { deskId, takeOver }: Taking, at: At): Result<Change<null>, Refusal> {
  if (!deskById(at.plan, deskId)) return err({ code: 'unknown-desk' });
  const wanted = deskStateOf(book, deskId, at);
  if (wanted.staffId === at.actor) return ok({ entries: [], reply: null });
  if (wanted.staffId !== null && !takeOver) return err({ code: 'desk-taken', by: nameOf(wanted, at) });
  const before = deskOf(book, at.actor);
  const busy = before?.ticketId && book.open.get(before.ticketId);
  if (busy) return err({ code: 'desk-busy', serving: busy.number });
  const specialist = at.plan.specialists.find(({ id }) => id === at.actor);
  if (!specialist) return err({ code: 'unknown-person' });
  const taken: DeskState = { ...wanted, staffId: specialist.id, pause: null, freeSince: at.now, ready: false };
  const { services, languages } = specialist;
  return ok({
    desks: [...(before ? [empty(before)] : []), taken],
    entries: [
      ...(before ? [deskEntry('desk.left', before.id, at)] : []),
      deskEntry('desk.taken', deskId, at, { services, languages, takenOver: wanted.staffId !== null }),
    ],
    reply: null,
  });
}

/** Leaves the desk. Refused while a visitor is at it: nobody is left standing. */
export function leaveDesk(book: Book, _: Asked, at: At): Result<Change<null>, Refusal> {
  const desk = deskOf(book, at.actor);
  if (!desk) return err({ code: 'no-desk' });
  const current = desk.ticketId && book.open.get(desk.ticketId);
  if (current) return err({ code: 'desk-busy', serving: current.number });
  return ok({ desks: [empty(desk)], entries: [deskEntry('desk.left', desk.id, at)], reply: null });
}

/** The head frees a desk somebody forgot to leave. A visitor there waits again, with the clock kept. */
export function freeDesk(
  book: Book,
  { deskId }: Asked & { readonly deskId: DeskId },
  at: At,
): Result<Change<null>, Refusal> {
  const desk = book.desks.get(deskId);
  if (!desk || desk.staffId === null) return err({ code: 'no-desk' });
  const current = desk.ticketId ? book.open.get(desk.ticketId) : undefined;
  const waiting = current ? sentOn(book, current, { kind: 'service', serviceId: current.serviceId }, at) : undefined;
  if (waiting && !waiting.ok) return waiting;
  return ok({
    tickets: waiting ? [waiting.value] : [],
    desks: [empty(desk)],
    entries: [
      ...(waiting ? [waitsAgain(waiting.value, deskId, at)] : []),
      deskEntry('desk.left', deskId, at, { freed: true }),
    ],
    reply: null,
  });
}

export interface Pausing extends Asked {
  readonly reason: PauseReason;
  readonly minutes: number | null;
}

/** The desk calls nobody for a while. The visitor at it, if any, is served to the end. */
export function pauseDesk(book: Book, { reason, minutes }: Pausing, at: At): Result<Change<null>, Refusal> {
  const desk = deskOf(book, at.actor);
  if (!desk) return err({ code: 'no-desk' });
  const plannedEnd = minutes === null ? null : later(at.now, minutes * 60_000);
  return ok({
    desks: [{ ...desk, ready: false, pause: { since: at.now, reason, plannedEnd } }],
    entries: [deskEntry('desk.paused', desk.id, at, { reason, plannedEnd })],
    reply: null,
  });
}

export function resumeDesk(book: Book, _: Asked, at: At): Result<Change<null>, Refusal> {
  const desk = deskOf(book, at.actor);
  if (!desk) return err({ code: 'no-desk' });
  if (!desk.pause) return ok({ entries: [], reply: null });
  return ok({
    desks: [{ ...desk, pause: null, freeSince: desk.ticketId ? desk.freeSince : at.now }],
    entries: [deskEntry('desk.resumed', desk.id, at)],
    reply: null,
  });
}

function deskStateOf(book: Book, deskId: DeskId, at: At): DeskState {
  return (
    book.desks.get(deskId) ?? {
      id: deskId,
      staffId: null,
      freeSince: at.now,
      ready: false,
      pause: null,
      ticketId: null,
    }
  );
}

function empty(desk: DeskState): DeskState {
  return { ...desk, staffId: null, ready: false, pause: null, ticketId: null };
}

function nameOf({ staffId }: DeskState, { plan }: At): string {
  return plan.specialists.find(({ id }) => id === staffId)?.name ?? '';
}

function waitsAgain(ticket: Ticket, deskId: DeskId, at: At): Entry {
  return ticketEntry('ticket.transferred', ticket, at, { desk: deskId, ...placeKept(ticket), deskFreed: true });
}

function deskEntry(kind: JournalKind, desk: DeskId, { now, actor }: At, body: Entry['body'] = {}): Entry {
  return { kind, at: now, actor, ticket: null, body: { desk, ...body } };
}
