import type { Book, Series } from './book.ts';
import type { TicketNumber } from './ids.ts';

const LEAST_DIGITS = 3;

/**
 * The next number of a series. Services that share a letter share its numbers. A series starts again with the first
 * number of a new office day, but only when none of its tickets is open then; else it goes on for that whole day. So no
 * two tickets of one day, and no two open tickets, ever have the same number.
 */
export function nextNumber(book: Book, letter: string): { readonly number: TicketNumber; readonly series: Series } {
  const series = book.numbers.get(letter);
  const goesOn = series !== undefined && (series.day === book.day || hasOpenTickets(book, letter));
  const last = goesOn ? series.last + 1 : 1;
  return { number: numberText(letter, last), series: { day: book.day, last } };
}

/** A letter and at least three digits; after 999 it goes on with four. */
export function numberText(letter: string, count: number): TicketNumber {
  return `${letter}${String(count).padStart(LEAST_DIGITS, '0')}` as TicketNumber;
}

/** The series a number belongs to. */
export function letterOf(number: TicketNumber): string {
  return number.replace(/\d+$/, '');
}

function hasOpenTickets(book: Book, letter: string): boolean {
  return book.open.some(({ number }) => letterOf(number) === letter);
}
