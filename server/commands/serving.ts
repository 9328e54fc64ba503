import { err, ok, type Result } from '../basics/result.ts';
import type { Book } from '../domain/book.ts';
import type { At, Change } from '../domain/change.ts';
import { later, type QueueId } from '../domain/ids.ts';
import { ticketEntry } from '../domain/journal.ts';
import { serviceById } from '../domain/need.ts';
import type { Refusal } from '../domain/refusal.ts';
import {
  begin,
  changed,
  closeAsNoShow,
  finish,
  miss,
  park,
  returnToQueue,
  withdraw as withdrawn,
  type ParkReason,
  type Resolution,
  type Ticket,
} from '../domain/ticket.ts';
import {
  atOwnDesk,
  deskOfTicket,
  freed,
  freedBy,
  implicitlyBegun,
  seenTicket,
  servedMs,
  undoable,
  withinReach,
  type Seen,
} from './known.ts';
import { promisedMs } from './new-ticket.ts';
import { placeKept, sentOn } from './transfer-ticket.ts';

/** The visitor is at the desk. */
export function beginService(book: Book, request: Seen, at: At): Result<Change<null>, Refusal> {
  const own = atOwnDesk(book, request, at);
  if (!own.ok) return own;
  const started = begin(own.value.ticket, at.now);
  if (!started.ok) return started;
  const { value: ticket } = started;
  const entries = [ticketEntry('ticket.begun', ticket, at, { desk: own.value.desk.id })];
  return ok({ tickets: [ticket], entries, reply: null });
}

export interface Finishing extends Seen {
  /** How the service ended; the office may insist on it. */
  readonly resolution?: Resolution | null | undefined;
}

/** Service ends. A visitor who has further services to visit waits for the next of them, with the same number and clock. */
export function finishService(book: Book, request: Finishing, at: At): Result<Change<null>, Refusal> {
  const own = atOwnDesk(book, request, at);
  if (!own.ok) return own;
  const { resolution = null } = request;
  if (resolution === null && at.plan.rules.resolutionRequired) return err({ code: 'resolution-missing' });
  const { desk, ticket: seen } = own.value;
  const { ticket, entries } = implicitlyBegun(seen, at);
  const [nextId, ...further] = ticket.further;
  const next = nextId && serviceById(at.plan, nextId);
  if (next) {
    const on = sentOn(book, changed(ticket, { further }), { kind: 'service', serviceId: next.id }, at);
    if (!on.ok) return on;
    return ok({
      tickets: [on.value],
      desks: [freed(desk, at)],
      ...undoable(desk, 'finish', ticket, on.value, at),
      entries: [
        ...entries,
        ticketEntry('ticket.transferred', on.value, at, {
          ...{ desk: desk.id, ...placeKept(on.value), visitGoesOn: true },
          ...{ resolution, servedMs: servedMs(ticket, at) },
        }),
      ],
      reply: null,
    });
  }
  const done = finish(ticket, at.now);
  if (!done.ok) return done;
  return ok({
    tickets: [done.value],
    desks: [freed(desk, at)],
    ...undoable(desk, 'finish', ticket, done.value, at),
    entries: [
      ...entries,
      ticketEntry('ticket.finished', done.value, at, { desk: desk.id, resolution, servedMs: servedMs(ticket, at) }),
    ],
    reply: null,
  });
}

/** The visitor did not come: parked for the rejoin window; missed a second time, the ticket closes. */
export function noShow(book: Book, request: Seen, at: At): Result<Change<null>, Refusal> {
  const own = atOwnDesk(book, request, at);
  if (!own.ok) return own;
  const { desk, ticket } = own.value;
  const missed = miss(ticket, at.plan.rules, at.now);
  if (!missed.ok) return missed;
  const after = ticket.missed ? closeAsNoShow(ticket, at.now) : missed;
  if (!after.ok) return after;
  const kind = ticket.missed ? 'ticket.no-show' : 'ticket.missed';
  return ok({
    tickets: [after.value],
    desks: [freed(desk, at)],
    ...undoable(desk, 'no-show', ticket, after.value, at),
    entries: [ticketEntry(kind, after.value, at, { desk: desk.id })],
    reply: null,
  });
}

export interface Parking extends Seen {
  readonly reason: Exclude<ParkReason, 'missed'>;
  readonly minutes: number | null;
}

/** Keeps the visitor aside; with minutes, the ticket returns to the queue by itself. */
export function parkTicket(book: Book, request: Parking, at: At): Result<Change<null>, Refusal> {
  const own = atOwnDesk(book, request, at);
  if (!own.ok) return own;
  const { desk, ticket: seen } = own.value;
  const { ticket, entries } = implicitlyBegun(seen, at);
  const { reason, minutes } = request;
  const until = minutes === null ? null : later(at.now, minutes * 60_000);
  const parked = park(ticket, reason, until, at.now);
  if (!parked.ok) return parked;
  return ok({
    tickets: [parked.value],
    desks: [freed(desk, at)],
    ...undoable(desk, 'park', ticket, parked.value, at),
    entries: [
      ...entries,
      ticketEntry('ticket.parked', parked.value, at, { desk: desk.id, reason, until, servedMs: servedMs(ticket, at) }),
    ],
    reply: null,
  });
}

/** A parked visitor is back: waits again, with a new clock and the short promise of those who return. */
export function returnTicket(book: Book, request: Seen, at: At): Result<Change<null>, Refusal> {
  const seen = seenTicket(book, request);
  if (!seen.ok) return seen;
  const back = returned(book, seen.value, at);
  if (!back.ok) return back;
  return ok({ tickets: [back.value], entries: [returnedEntry(back.value, at)], reply: null });
}

/** The visitor gives up the place. */
export function withdrawTicket(book: Book, request: Seen, at: At): Result<Change<null>, Refusal> {
  const reach = withinReach(book, request, at);
  if (!reach.ok) return reach;
  const { ticket, desk } = reach.value;
  const gone = withdrawn(ticket, at.now);
  if (!gone.ok) return gone;
  return ok({
    tickets: [gone.value],
    desks: freedBy(ticket, desk, at),
    ...undoable(desk, 'withdraw', ticket, gone.value, at),
    entries: [ticketEntry('ticket.withdrawn', gone.value, at, { desk: deskOfTicket(ticket) })],
    reply: null,
  });
}

/** The parked ticket as it waits again. */
export function returned(book: Book, ticket: Ticket, at: At): Result<Ticket, Refusal> {
  const service = serviceById(at.plan, ticket.serviceId);
  const queueId = service?.queueId ?? (ticket.serviceId as string as QueueId);
  const promise = service
    ? promisedMs(book, at.plan, service, { ...ticket, standing: 'returning' })
    : at.plan.rules.returningPromiseMs;
  const clock = later(at.now, Math.max(0, book.newestClock - at.now));
  return returnToQueue(ticket, queueId, clock, promise, at.now);
}

export function returnedEntry(ticket: Ticket, at: At) {
  return ticketEntry('ticket.returned', ticket, at, { clock: ticket.clock, callBy: ticket.callBy, keepsPlace: false });
}
