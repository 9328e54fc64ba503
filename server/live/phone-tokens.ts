import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { Book } from '../domain/book.ts';
import type { TicketId } from '../domain/ids.ts';
import type { JournalLine } from '../domain/journal.ts';

const TOKEN_BYTES = 16;

/**
 * Opens one ticket on its visitor's phone: HMAC-SHA-256 of the ticket's id under the office's secret, cut to 128 bits. A
 * reprint carries the same code, and nothing secret is stored. It dies when the ticket closes.
 */
export class PhoneTokens {
  readonly #secret: KeyObject;
  readonly #tickets = new Map<string, TicketId>();

  constructor(secret: Buffer) {
    this.#secret = createSecretKey(secret);
  }

  of(ticketId: TicketId): string {
    return createHmac('sha256', this.#secret).update(ticketId).digest().subarray(0, TOKEN_BYTES).toString('base64url');
  }

  /** Learns the open tickets of a book at the start. */
  learn(book: Book): void {
    for (const id of book.open.keys()) this.#tickets.set(this.of(id), id);
  }

  /** Follows what was committed: a new ticket gets its token, a closed one loses it. */
  follow(book: Book, lines: readonly JournalLine[]): void {
    for (const { kind, ticket } of lines) {
      if (ticket === null) continue;
      if (kind === 'ticket.issued') this.#tickets.set(this.of(ticket), ticket);
      if (book.closed.has(ticket)) this.#tickets.delete(this.of(ticket));
      else if (kind === 'ticket.undone') this.#tickets.set(this.of(ticket), ticket);
    }
  }

  ticketOf(token: string): TicketId | undefined {
    return this.#tickets.get(token);
  }
}
