import { ticketById, type Book } from '../domain/book.ts';
import type { TicketId } from '../domain/ids.ts';
import type { JournalLine } from '../domain/journal.ts';
import type { Language } from '../domain/language.ts';
import { placesAhead } from '../domain/queue.ts';
import type { Subscription } from '../store/phone-store.ts';

/**
 * What a phone is told when its page is closed. It carries no number and no desk: a lock screen is read by others, and a
 * message that arrives late must not send anybody to a desk that has gone on.
 */
export interface PhoneMessage {
  readonly kind: 'near' | 'called';
  readonly language: Language;
  /** The ticket's own page on this phone. */
  readonly page: string;
}

export type Sealing = Pick<Subscription, 'endpoint' | 'keys'>;

/** `gone`: the browser no longer takes messages there. */
export type Sent = 'sent' | 'gone' | 'failed';

/** The way to the phones. */
export interface MessagePort {
  publicKey(): Promise<string>;
  /** Whether an address a browser gave is one of a known push service. */
  knows(endpoint: string): boolean;
  /** Never rejects. */
  send(to: Sealing, message: PhoneMessage): Promise<Sent>;
}

/** So many still ahead: the turn is near. */
const NEAR_AT = 2;

/** Who is to be told what now. */
export interface Due {
  readonly ticketId: TicketId;
  readonly kind: PhoneMessage['kind'];
}

/**
 * The messages that a group of changes asks for: one at each call, and one when the turn is near.
 *
 * @param follows the tickets whose phones want messages
 * @param told who has been told that the turn is near; a visitor who stepped back is told anew
 */
export function messagesDue(
  book: Book,
  lines: readonly Pick<JournalLine, 'kind' | 'ticket'>[],
  follows: Iterable<TicketId>,
  told: Set<TicketId>,
): readonly Due[] {
  const called = new Set(
    lines.flatMap(({ kind, ticket }) => (kind === 'ticket.called' || kind === 'ticket.recalled' ? [ticket] : [])),
  );
  const due: Due[] = [];
  for (const ticketId of follows) {
    if (called.has(ticketId)) due.push({ ticketId, kind: 'called' });
    else if (!isNear(book, ticketId)) told.delete(ticketId);
    else if (!told.has(ticketId)) {
      told.add(ticketId);
      due.push({ ticketId, kind: 'near' });
    }
  }
  return due;
}

function isNear(book: Book, ticketId: TicketId): boolean {
  const ticket = ticketById(book, ticketId);
  return ticket?.state.kind === 'waiting' && placesAhead(book, ticket.state.queueId, ticket) <= NEAR_AT;
}
