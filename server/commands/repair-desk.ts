import { unreachable } from '../basics/assert.ts';
import { err, ok, type Result } from '../basics/result.ts';
import type { Book } from '../domain/book.ts';
import type { Asked, At, Change } from '../domain/change.ts';
import type { DeskId, TicketId } from '../domain/ids.ts';
import { irregularities, type Repair } from '../domain/irregularity.ts';
import { ticketEntry, type Entry } from '../domain/journal.ts';
import type { Refusal } from '../domain/refusal.ts';
import { finish, withdraw, type Ticket } from '../domain/ticket.ts';
import { implicitlyBegun } from './known.ts';
import { placeKept, sentOn } from './transfer-ticket.ts';

export interface Repairing extends Asked {
  readonly deskId: DeskId;
  readonly ticketId: TicketId;
  readonly how: Repair;
}

/**
 * Makes desk and ticket agree again, by the word of whoever looked: a visitor of whom the desk knows nothing waits again
 * with the place kept, was served, or has gone; a desk whose visitor is not there is free.
 */
export function repairDesk(book: Book, { deskId, ticketId, how }: Repairing, at: At): Result<Change<null>, Refusal> {
  const found = irregularities(book).find((one) => one.deskId === deskId && one.ticketId === ticketId);
  if (!found) return err({ code: 'nothing-to-repair' });
  if (found.kind === 'phantom') return ok(freeAgain(book, deskId, at));
  const ticket = book.open.get(ticketId);
  if (!ticket) return err({ code: 'unknown-ticket' });
  const set = setRight(book, ticket, how, at);
  if (!set.ok) return set;
  const { after, entries } = set.value;
  return ok({ tickets: [after], entries, reply: null });
}

interface SetRight {
  readonly after: Ticket;
  readonly entries: readonly Entry[];
}

function setRight(book: Book, ticket: Ticket, how: Repair, at: At): Result<SetRight, Refusal> {
  const body = { desk: 'deskId' in ticket.state ? ticket.state.deskId : null, repair: true };
  switch (how) {
    case 'waits-again': {
      const waiting = sentOn(book, ticket, { kind: 'service', serviceId: ticket.serviceId }, at);
      if (!waiting.ok) return waiting;
      const entry = ticketEntry('ticket.transferred', waiting.value, at, { ...body, ...placeKept(waiting.value) });
      return ok({ after: waiting.value, entries: [entry] });
    }
    case 'served': {
      const begun = implicitlyBegun(ticket, at);
      const done = finish(begun.ticket, at.now);
      if (!done.ok) return done;
      const entry = ticketEntry('ticket.finished', done.value, at, { ...body, resolution: null, servedMs: null });
      return ok({ after: done.value, entries: [...begun.entries, entry] });
    }
    case 'gone': {
      const gone = withdraw(ticket, at.now);
      if (!gone.ok) return gone;
      return ok({ after: gone.value, entries: [ticketEntry('ticket.withdrawn', gone.value, at, body)] });
    }
    default:
      return unreachable(how);
  }
}

function freeAgain(book: Book, deskId: DeskId, { now, actor }: At): Change<null> {
  const desk = book.desks.get(deskId);
  return {
    desks: desk ? [{ ...desk, ticketId: null, freeSince: now, ready: false }] : [],
    entries: [{ kind: 'desk.repaired', at: now, actor, ticket: null, body: { desk: deskId } }],
    reply: null,
  };
}
