import type { Found } from '../contract/found.ts';
import { letterOf } from '../domain/number.ts';
import { placesAhead } from '../domain/queue.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Moment } from './stamp.ts';

const AT_MOST = 12;

/** Every ticket of the day whose number fits, open ones first, and where it is. Another desk's visitor is only a number. */
export function foundTickets(
  { book }: Moment,
  typed: { readonly letters: string; readonly digits: string },
): readonly Found[] {
  const found: Found[] = [];
  for (const tickets of [book.open, book.closed]) {
    for (const ticket of tickets.values()) {
      if (fits(ticket, typed)) found.push(whereIs(book, ticket));
      if (found.length === AT_MOST) return found;
    }
  }
  return found;
}

/** `k42` and `42` both fit `K042`. */
function fits({ number }: Ticket, { letters, digits }: { readonly letters: string; readonly digits: string }): boolean {
  if (!letterOf(number).startsWith(letters.toUpperCase())) return false;
  const own = number.slice(letterOf(number).length);
  return own.startsWith(digits) || own.replace(/^0+/, '').startsWith(digits);
}

function whereIs(book: Moment['book'], ticket: Ticket): Found {
  const { id: ticketId, number, issuedAt, state, lastCall } = ticket;
  const said = { ticketId, number, issuedAt, since: state.since };
  switch (state.kind) {
    case 'waiting':
      return {
        ...said,
        where: 'waiting',
        ahead: placesAhead(book, state.queueId, ticket),
        deskId: null,
        outcome: null,
      };
    case 'called':
    case 'serving':
      return { ...said, where: 'desk', ahead: null, deskId: state.deskId, outcome: null };
    case 'parked':
      return { ...said, where: 'parked', ahead: null, deskId: state.deskId, outcome: null };
    case 'closed':
      return { ...said, where: 'closed', ahead: null, deskId: lastCall?.deskId ?? null, outcome: state.outcome };
  }
}
