import type { Book } from './book.ts';
import { lastDayEnd } from './hours.ts';
import type { EpochMs } from './ids.ts';
import type { Plan } from './plan.ts';
import type { Ticket } from './ticket.ts';

/**
 * Tickets that the end of an office day has left behind: issued before it and neither closed nor being served. Asked of
 * the book alone, so a server that stood still when the office closed finds them too.
 */
export function leftOver(book: Book, plan: Plan, now: EpochMs): readonly Ticket[] {
  const { hours, zone } = plan.office;
  const ended = lastDayEnd(hours, now, zone);
  if (ended === null) return [];
  return [...book.open.values()].filter(({ issuedAt, state }) => issuedAt < ended && state.kind !== 'serving');
}
