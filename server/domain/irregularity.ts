import type { Book } from './book.ts';
import type { DeskId, EpochMs, TicketId, TicketNumber } from './ids.ts';
import type { Ticket } from './ticket.ts';

/**
 * Where desks and tickets disagree. No verb of the office makes this; a restored file or a hand in the database can.
 *
 * `astray`: a visitor is called to, or served at, a desk that does not know of them. `phantom`: a desk believes to have a
 * visitor who is not there.
 */
export interface Irregularity {
  readonly kind: 'astray' | 'phantom';
  readonly deskId: DeskId;
  readonly ticketId: TicketId;
  /** `null`: the office has no such ticket. */
  readonly number: TicketNumber | null;
  readonly since: EpochMs;
}

/** What became of a visitor of whom the desk knows nothing. */
export const REPAIRS = ['waits-again', 'served', 'gone'] as const;
export type Repair = (typeof REPAIRS)[number];

/** All there are: one desk, one visitor, and both say so. Empty in an office in order. */
export function irregularities(book: Book): readonly Irregularity[] {
  return [...astray(book), ...phantoms(book)];
}

function astray({ atDesks, desks }: Book): readonly Irregularity[] {
  return [...atDesks.values()].flatMap(({ id, number, state }): Irregularity[] => {
    if (state.kind !== 'called' && state.kind !== 'serving') return [];
    const { deskId, since } = state;
    return desks.get(deskId)?.ticketId === id ? [] : [{ kind: 'astray', deskId, ticketId: id, number, since }];
  });
}

function phantoms({ atDesks, desks, open, closed }: Book): readonly Irregularity[] {
  return [...desks.values()].flatMap(({ id: deskId, ticketId, freeSince }): Irregularity[] => {
    if (ticketId === null || deskOf(atDesks.get(ticketId)) === deskId) return [];
    const number = (open.get(ticketId) ?? closed.get(ticketId))?.number ?? null;
    return [{ kind: 'phantom', deskId, ticketId, number, since: freeSince }];
  });
}

function deskOf(ticket: Ticket | undefined): DeskId | null {
  return ticket && 'deskId' in ticket.state ? ticket.state.deskId : null;
}
