import type { Book, Series } from './book.ts';
import type { TicketNumber } from './ids.ts';

const LEAST_DIGITS = 3;

/**
 * The next number of a series. Services that share a letter share its numbers. A series starts again with a new office
 * day, but only when none of its tickets is open: no two open tickets ever have the same number.
 */
export function nextNumber(book: Book, letter: string): { readonly number: TicketNumber; readonly series: Series } {
  const series = book.numbers.get(letter);
  const goesOn = series !== undefined && (series.day === book.day || hasOpenTickets(book, letter));
  const last = goesOn ? series.last + 1 : 1;
  return { number: numberText(letter, last), series: { day: goesOn ? series.day : book.day, last } };
}

/** A letter and at least three digits; after 999 it goes on with four. */
export function numberText(letter: string, count: number): TicketNumber {
  return `${letter}${String(count).padStart(LEAST_DIGITS, '0')}` as TicketNumber;
}

function hasOpenTickets(book: Book, letter: string): boolean {
  return book.open.some(({ number }) => number.startsWith(letter));
}
