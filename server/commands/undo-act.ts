import { err, ok, type Result } from '../basics/result.ts';
import { ticketById, type Book } from '../domain/book.ts';
import type { Asked, At, Change } from '../domain/change.ts';
import { ticketEntry } from '../domain/journal.ts';
import type { Refusal } from '../domain/refusal.ts';
import { changed } from '../domain/ticket.ts';
import { deskOf } from '../domain/staffing.ts';

/**
 * Takes back the last act at the desk of whoever asks. Only where it is honest: within the office's time, while nobody
 * has touched the ticket since, and while the desk has no other visitor.
 */
export function undoAct(book: Book, _: Asked, at: At): Result<Change<null>, Refusal> {
  const desk = deskOf(book, at.actor);
  if (!desk) return err({ code: 'no-desk' });
  const undo = book.undo.get(desk.id);
  if (!undo) return err({ code: 'nothing-to-undo' });
  if (at.now - undo.at > at.plan.rules.undoWithinMs) return err({ code: 'too-late-to-undo' });
  const ticket = ticketById(book, undo.before.id);
  if (!ticket) return err({ code: 'unknown-ticket' });
  if (ticket.version !== undo.version) return err({ code: 'changed-meanwhile', version: ticket.version });
  const wasHere = undo.before.state.kind === 'called' || undo.before.state.kind === 'serving';
  if (wasHere && desk.ticketId !== null) {
    const current = book.open.get(desk.ticketId);
    if (current) return err({ code: 'desk-busy', serving: current.number });
  }
  const { id: _id, version: _version, ...before } = undo.before;
  const back = changed(ticket, before);
  return ok({
    tickets: [back],
    desks: wasHere ? [{ ...desk, ticketId: back.id }] : [],
    undo: [{ deskId: desk.id, undo: null }],
    entries: [ticketEntry('ticket.undone', back, at, { desk: desk.id, act: undo.act })],
    reply: null,
  });
}
