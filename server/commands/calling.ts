import { err, ok, type Result } from '../basics/result.ts';
import type { Book } from '../domain/book.ts';
import type { Asked, At, Change } from '../domain/change.ts';
import { lasted, type DeskId, type TicketId, type TicketNumber } from '../domain/ids.ts';
import { ticketEntry, type JournalKind } from '../domain/journal.ts';
import { canServe, nextInLine, passedOver } from '../domain/queue.ts';
import type { Refusal } from '../domain/refusal.ts';
import { dueAutoCall } from '../domain/auto-call.ts';
import type { StaffedDesk } from '../domain/staffing.ts';
import { call, changed, recall, type Ticket } from '../domain/ticket.ts';
import type { PickReason, Why } from '../domain/why.ts';
import { atOwnDesk, ownDesk, seenTicket, type Seen } from './known.ts';

export interface Called {
  readonly ticketId: TicketId;
  readonly number: TicketNumber;
  readonly deskId: DeskId;
}

/** Calls the next visitor to a free desk. */
export function callNext(book: Book, _: Asked, at: At): Result<Change<Called>, Refusal> {
  const staffed = freeDesk(book, at);
  if (!staffed.ok) return staffed;
  const next = nextInLine(book, at.plan, staffed.value, at.now);
  if (!next) return err({ code: 'queue-empty' });
  return calledTo(book, next.ticket, staffed.value, { why: next.why, manual: false, overtaken: [] }, at);
}

/** The office calls by itself for the desk that has been free longest. */
export function callByItself(book: Book, _: Asked, at: At): Result<Change<Called>, Refusal> {
  const due = dueAutoCall(book, at.plan, at.now);
  if (!due) return err({ code: 'queue-empty' });
  return calledTo(book, due.next.ticket, due.staffed, { why: due.next.why, manual: false, overtaken: [] }, at);
}

export interface Pick extends Seen {
  readonly reason: PickReason;
}

/** Calls a particular visitor, out of order, with a reason. It counts as an overtake for each one passed over. */
export function callTicket(book: Book, pick: Pick, at: At): Result<Change<Called>, Refusal> {
  const staffed = freeDesk(book, at);
  if (!staffed.ok) return staffed;
  const seen = seenTicket(book, pick);
  if (!seen.ok) return seen;
  const ticket = seen.value;
  const next = nextInLine(book, at.plan, staffed.value, at.now);
  if (!at.plan.rules.mayCallOutOfOrder && next?.ticket.id !== ticket.id && ticket.state.kind === 'waiting') {
    return err({ code: 'order-only' });
  }
  const { callBy, standing } = ticket;
  const why: Why = {
    code: 'by-hand',
    callBy,
    standing,
    eligible: next?.why.eligible ?? 0,
    before: next && next.ticket.id !== ticket.id ? next.ticket.number : null,
    reason: pick.reason,
  };
  const overtaken = ticket.state.kind === 'waiting' ? passedOver(book, at.plan, staffed.value, ticket, at.now) : [];
  return calledTo(book, ticket, staffed.value, { why, manual: true, overtaken }, at);
}

/** Calls the visitor again to the same desk. */
export function recallTicket(book: Book, request: Seen, at: At): Result<Change<Called>, Refusal> {
  const own = atOwnDesk(book, request, at);
  if (!own.ok) return own;
  const again = recall(own.value.ticket, at.plan.rules, book.calls + 1, at.now);
  if (!again.ok) return again;
  const ticket = again.value;
  const { id: deskId } = own.value.desk;
  const calls = ticket.state.kind === 'called' ? ticket.state.calls : 0;
  return ok({
    tickets: [ticket],
    entries: [ticketEntry('ticket.recalled', ticket, at, { desk: deskId, calls, callOrder: book.calls + 1 })],
    reply: { ticketId: ticket.id, number: ticket.number, deskId },
  });
}

/** A journal line names at most this many of those passed over; it counts them all. */
const NAMED_AT_MOST = 50;

function freeDesk(book: Book, at: At): Result<StaffedDesk, Refusal> {
  const staffed = ownDesk(book, at);
  if (!staffed.ok) return staffed;
  const { desk } = staffed.value;
  const current = desk.ticketId && book.open.get(desk.ticketId);
  if (current) return err({ code: 'desk-busy', serving: current.number });
  return desk.pause ? err({ code: 'desk-paused' }) : staffed;
}

function calledTo(
  book: Book,
  waiting: Ticket,
  staffed: StaffedDesk,
  { why, manual, overtaken }: { readonly why: Why; readonly manual: boolean; readonly overtaken: readonly Ticket[] },
  at: At,
): Result<Change<Called>, Refusal> {
  const { desk, specialist } = staffed;
  const order = book.calls + 1;
  const called = call(waiting, desk.id, order, at.now);
  if (!called.ok) return called;
  const ticket = called.value;
  const kind: JournalKind = 'ticket.called';
  const body = {
    desk: desk.id,
    staff: specialist.id,
    services: specialist.services,
    languages: specialist.languages,
    skilled: canServe(book, at.plan, staffed, waiting, at.now),
    callOrder: order,
    waitedMs: lasted(waiting.clock, at.now),
    callBy: waiting.callBy,
    why: { ...why },
    manual,
    passedOver: overtaken.length,
    overtaken: overtaken.slice(0, NAMED_AT_MOST).map(({ number }) => number),
  };
  return ok({
    tickets: [ticket, ...overtaken.map((one) => changed(one, { overtaken: one.overtaken + 1 }))],
    desks: [{ ...desk, ticketId: ticket.id }],
    undo: [{ deskId: desk.id, undo: null }],
    entries: [ticketEntry(kind, ticket, at, body)],
    reply: { ticketId: ticket.id, number: ticket.number, deskId: desk.id },
  });
}
