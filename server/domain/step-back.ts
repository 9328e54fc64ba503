import { err, ok, type Result } from '../basics/result.ts';
import { later } from './ids.ts';
import { byPlace, type Place } from './line.ts';
import type { Refusal } from './refusal.ts';
import { changed, wrongState, type Ticket } from './ticket.ts';

/**
 * "I need more time": a waiting visitor lets the next of the same queue go first, by their own wish.
 *
 * It is as if the visitor had come a little later: clock and promised time move together, so that the promise stays as long as
 * it was, and the place is the first one after the visitor let by. Nobody else's promised time, clock or order changes, so
 * nobody is called later for it than before; and as a place never moves forward, nothing is won by stepping back often.
 * Only who was promised the very millisecond of the visitor let by, or the next, goes first too.
 *
 * @param next who is called after this ticket in its queue; `null`: nobody waits after it
 * @param atMost how often one visitor may do so (office setting)
 */
export function stepBehind(ticket: Ticket, next: Place | null, atMost: number): Result<Ticket, Refusal> {
  if (ticket.state.kind !== 'waiting') return wrongState(ticket);
  const times = ticket.steppedBack ?? 0;
  if (times >= atMost) return err({ code: 'stepped-back-often-enough', times });
  if (next === null) return err({ code: 'nobody-behind' });
  const moved = laterBy(ticket, next.callBy - ticket.callBy);
  const behind = byPlace(next, moved) < 0 ? moved : laterBy(moved, 1);
  return ok(changed(ticket, { clock: behind.clock, callBy: behind.callBy, steppedBack: times + 1 }));
}

function laterBy(ticket: Ticket, ms: number): Ticket {
  return { ...ticket, clock: later(ticket.clock, ms), callBy: later(ticket.callBy, ms) };
}
