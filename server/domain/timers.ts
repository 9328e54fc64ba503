import type { Book } from './book.ts';
import type { EpochMs } from './ids.ts';
import type { Ticket } from './ticket.ts';

/** Parked tickets whose time is up, the longest overdue first: a missed visitor's window ended, or a timer rang. */
export function endedParkings(book: Book, now: EpochMs): readonly Ticket[] {
  return parkings(book)
    .filter(([until]) => until <= now)
    .map(([, ticket]) => ticket);
}

/** When the next parking ends; `null` while none has a timer. */
export function nextParkingEnd(book: Book): EpochMs | null {
  return parkings(book)[0]?.[0] ?? null;
}

function parkings(book: Book): readonly (readonly [EpochMs, Ticket])[] {
  return [...book.parked.values()]
    .flatMap((ticket) =>
      ticket.state.kind === 'parked' && ticket.state.until !== null ? [[ticket.state.until, ticket] as const] : [],
    )
    .sort(([a], [b]) => a - b);
}
