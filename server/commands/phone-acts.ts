import { err, ok, type Result } from '../basics/result.ts';
import type { Book } from '../domain/book.ts';
import type { Asked, At, Change } from '../domain/change.ts';
import type { TicketId } from '../domain/ids.ts';
import { ticketEntry } from '../domain/journal.ts';
import { nextAfter } from '../domain/line.ts';
import { lineOf } from '../domain/queue.ts';
import type { Refusal } from '../domain/refusal.ts';
import { stepBehind } from '../domain/step-back.ts';
import { withdraw, wrongState } from '../domain/ticket.ts';
import { deskOfTicket, freed } from './known.ts';

export interface StepBack extends Asked {
  readonly ticketId: TicketId;
  /** How often one visitor may do so: the office's setting at this moment. */
  readonly atMost: number;
}

/** The visitor needs more time: the next of the same queue goes first. */
export function stepBack(book: Book, { ticketId, atMost }: StepBack, at: At): Result<Change<null>, Refusal> {
  const ticket = book.open.get(ticketId);
  if (!ticket) return err({ code: 'unknown-ticket' });
  const next = ticket.state.kind === 'waiting' ? nextAfter(lineOf(book, ticket.state.queueId), ticket) : null;
  const behind = stepBehind(ticket, next, atMost);
  if (!behind.ok) return behind;
  const { clock, callBy, steppedBack } = behind.value;
  return ok({
    tickets: [behind.value],
    entries: [ticketEntry('ticket.stepped-back', behind.value, at, { clock, callBy, times: steppedBack ?? 0 })],
    reply: null,
  });
}

export interface OwnTicket extends Asked {
  readonly ticketId: TicketId;
}

/** The visitor leaves the queue; a desk that had called them is free again. Whoever is being served tells the specialist. */
export function leaveQueue(book: Book, { ticketId }: OwnTicket, at: At): Result<Change<null>, Refusal> {
  const ticket = book.open.get(ticketId);
  if (!ticket) return err({ code: 'unknown-ticket' });
  if (ticket.state.kind === 'serving') return wrongState(ticket);
  const gone = withdraw(ticket, at.now);
  if (!gone.ok) return gone;
  const desk = book.desks.find((one) => one.ticketId === ticketId);
  return ok({
    tickets: [gone.value],
    desks: desk ? [freed(desk, at)] : [],
    entries: [ticketEntry('ticket.withdrawn', gone.value, at, { desk: deskOfTicket(ticket) })],
    reply: null,
  });
}
