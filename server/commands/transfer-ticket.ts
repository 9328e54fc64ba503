import { err, ok, type Result } from '../basics/result.ts';
import type { Book } from '../domain/book.ts';
import type { At, Change } from '../domain/change.ts';
import { deskQueue, later, type DeskId, type ServiceId, type StaffId } from '../domain/ids.ts';
import { ticketEntry } from '../domain/journal.ts';
import { serviceById } from '../domain/need.ts';
import type { Refusal } from '../domain/refusal.ts';
import { deskById, needsInterpreter } from '../domain/staffing.ts';
import { transfer, type Destination, type Ticket } from '../domain/ticket.ts';
import { freedBy, implicitlyBegun, servedMs, undoable, withinReach, type Seen } from './known.ts';
import { promisedMs } from './new-ticket.ts';

export type To =
  | { readonly kind: 'service'; readonly serviceId: ServiceId }
  | { readonly kind: 'desk'; readonly deskId: DeskId }
  | { readonly kind: 'person'; readonly staffId: StaffId };

export interface Sending extends Seen {
  readonly to: To;
  readonly note: string | null;
}

/** Sends a visitor to another service, desk or person. Number, clock, language and notes are kept. */
export function transferTicket(book: Book, request: Sending, at: At): Result<Change<null>, Refusal> {
  const reach = withinReach(book, request, at);
  if (!reach.ok) return reach;
  const { desk, ticket: seen } = reach.value;
  const { ticket, entries } = implicitlyBegun(seen, at);
  const on = sentOn(book, ticket, request.to, at);
  if (!on.ok) return on;
  const after = request.note === null ? on.value : { ...on.value, note: joinedNotes(ticket.note, request.note) };
  return ok({
    tickets: [after],
    desks: freedBy(ticket, desk, at),
    ...undoable(desk, 'transfer', ticket, after, at),
    entries: [
      ...entries,
      ticketEntry('ticket.transferred', after, at, {
        desk: desk?.id ?? null,
        to: { ...request.to },
        ...placeKept(after),
        servedMs: servedMs(ticket, at),
      }),
    ],
    reply: null,
  });
}

/** The ticket as it waits at its destination. Its first clock is kept; the promise is that of the new service. */
export function sentOn(book: Book, ticket: Ticket, to: To, at: At): Result<Ticket, Refusal> {
  const destination = destinationOf(book, ticket, to, at);
  return destination.ok ? transfer(ticket, destination.value, at.now) : destination;
}

/** What the journal says of the place of a visitor who was sent on: anybody can check the next call from it. */
export function placeKept({ callBy, interpreter }: Ticket) {
  return { keepsPlace: true, callBy, interpreter };
}

/** The notes of two hands, the older first. */
export function joinedNotes(before: string, added: string): string {
  return [before, added].filter((text) => text.trim() !== '').join('\n');
}

function destinationOf(book: Book, ticket: Ticket, to: To, at: At): Result<Destination, Refusal> {
  const serviceId = to.kind === 'service' ? to.serviceId : ticket.serviceId;
  const service = serviceById(at.plan, serviceId);
  if (!service) return err({ code: 'unknown-service' });
  const base = {
    serviceId,
    queueId: service.queueId,
    heldFor: null,
    promiseMs: promisedMs(book, at.plan, service, ticket),
    interpreter: needsInterpreter(book, at.plan, serviceId, ticket.language),
  };
  if (to.kind === 'service') return ok(base);
  if (to.kind === 'desk') {
    return deskById(at.plan, to.deskId)
      ? ok({ ...base, queueId: deskQueue(to.deskId) })
      : err({ code: 'unknown-desk' });
  }
  if (!at.plan.specialists.some(({ id }) => id === to.staffId)) return err({ code: 'unknown-person' });
  return ok({ ...base, heldFor: { staffId: to.staffId, until: later(at.now, at.plan.rules.personHoldMs) } });
}

/** A changed ticket that waits: its place in the line is made anew from its standing and service. */
export function promisedAnew(book: Book, ticket: Ticket, at: At): Ticket {
  const service = serviceById(at.plan, ticket.serviceId);
  if (!service || ticket.state.kind === 'closed') return ticket;
  const callBy = later(ticket.clock, promisedMs(book, at.plan, service, ticket));
  const state =
    ticket.state.kind === 'waiting' && !ticket.state.queueId.startsWith('desk/')
      ? { ...ticket.state, queueId: service.queueId }
      : ticket.state;
  return { ...ticket, callBy, state };
}
