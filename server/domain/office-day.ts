import type { Book } from './book.ts';
import { lastDayEnd } from './hours.ts';
import type { EpochMs } from './ids.ts';
import { localDay } from './local-time.ts';
import type { Plan } from './plan.ts';
import type { Ticket } from './ticket.ts';

/**
 * Tickets that the end of an office day has left behind: given before it and neither closed nor being served. Asked of
 * the book alone, so a server that stood still when the office closed finds them too. A number on paper that is entered a
 * day later was taken before that end, but belongs to the day on which it was entered.
 */
export function leftOver(book: Book, plan: Plan, now: EpochMs): readonly Ticket[] {
  const { hours, zone } = plan.office;
  const ended = lastDayEnd(hours, now, zone);
  if (ended === null) return [];
  const endedDay = localDay(ended, zone);
  return [...book.open.values()].filter(
    ({ issuedAt, day, state }) => issuedAt < ended && day <= endedDay && state.kind !== 'serving',
  );
}
