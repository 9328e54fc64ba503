import { createHash } from 'node:crypto';
import type { Book } from '../domain/book.ts';
import type { PhoneRules } from '../domain/hall.ts';
import type { TicketId } from '../domain/ids.ts';
import type { JournalLine } from '../domain/journal.ts';
import type { Database } from '../store/database.ts';
import {
  deleteSubscription,
  forgetPhonesOf,
  insertPhoneHold,
  insertSubscription,
  phoneHolds,
  subscriptions,
  type Subscription,
} from '../store/phone-store.ts';
import { messagesDue, type Due, type MessagePort } from './phone-messages.ts';

/** A ticket needs one phone, perhaps two. */
const ADDRESSES_PER_TICKET = 2;

interface Keeping {
  readonly database: Database;
  readonly port: MessagePort;
  /** The path of a ticket's own page. */
  readonly pageOf: (ticketId: TicketId) => string;
  /** Work that nobody waits for; a failure is logged. */
  readonly afterwards: (work: Promise<void>) => void;
}

/**
 * Which phone acts for which ticket, and where messages to it go. Both are forgotten when the ticket closes. The first phone
 * that opens a ticket holds it: whoever photographs a slip in the hall may look at it, but cannot give up the place on it.
 */
export class PhoneRegister {
  readonly #keeping: Keeping;
  readonly #holds: Map<TicketId, string>;
  readonly #follows = new Map<TicketId, Map<string, Subscription>>();
  readonly #told = new Set<TicketId>();

  private constructor(keeping: Keeping, holds: ReadonlyMap<TicketId, string>) {
    this.#keeping = keeping;
    this.#holds = new Map(holds);
  }

  static async open(keeping: Keeping, book: Book): Promise<PhoneRegister> {
    const { holds, follows } = await keeping.database.read(async (trx) => ({
      holds: await phoneHolds(trx),
      follows: await subscriptions(trx),
    }));
    const register = new PhoneRegister(keeping, holds);
    for (const { ticketId, subscription } of follows) register.#put(ticketId, subscription);
    const known = new Set([...register.#holds.keys(), ...register.#follows.keys()]);
    await register.#forget([...known].filter((ticketId) => !book.open.has(ticketId)));
    return register;
  }

  get port(): MessagePort {
    return this.#keeping.port;
  }

  /** Whether this phone may act. The first to ask holds the ticket from here on, also over a restart. */
  async holds(ticketId: TicketId, key: string, { acts }: PhoneRules): Promise<boolean> {
    if (acts !== 'first-phone') return acts === 'any-phone';
    const keyHash = hashOf(key);
    const holder = this.#holds.get(ticketId);
    if (holder !== undefined) return holder === keyHash;
    this.#holds.set(ticketId, keyHash);
    try {
      await this.#keeping.database.write((trx) => insertPhoneHold(trx, ticketId, keyHash));
    } catch (cause) {
      this.#holds.delete(ticketId);
      throw cause;
    }
    return true;
  }

  /** @returns whether messages will come: an unknown push service, or too many addresses, get none */
  async follow(ticketId: TicketId, subscription: Subscription): Promise<boolean> {
    const known = this.#follows.get(ticketId);
    const hash = hashOf(subscription.endpoint);
    const full = (known?.size ?? 0) >= ADDRESSES_PER_TICKET && !known?.has(hash);
    if (full || !this.port.knows(subscription.endpoint)) return false;
    // Known before it is written: one more asked for meanwhile counts it, and a ticket that closes meanwhile forgets it.
    this.#put(ticketId, subscription);
    try {
      await this.#keeping.database.write((trx) => insertSubscription(trx, ticketId, hash, subscription));
    } catch (cause) {
      this.#follows.get(ticketId)?.delete(hash);
      throw cause;
    }
    return true;
  }

  async unfollow(ticketId: TicketId, endpoint: string): Promise<void> {
    const hash = hashOf(endpoint);
    this.#follows.get(ticketId)?.delete(hash);
    await this.#keeping.database.write((trx) => deleteSubscription(trx, ticketId, hash));
  }

  /** Follows what was committed: messages go out, and what belongs to closed tickets is deleted. */
  onCommitted(book: Book, lines: readonly JournalLine[]): void {
    const { afterwards } = this.#keeping;
    for (const due of messagesDue(book, lines, this.#follows.keys(), this.#told)) afterwards(this.#send(due));
    const gone = lines.flatMap(({ ticket }) =>
      ticket && book.closed.has(ticket) && this.#knows(ticket) ? [ticket] : [],
    );
    if (gone.length > 0) afterwards(this.#forget([...new Set(gone)]));
  }

  async #send({ ticketId, kind }: Due): Promise<void> {
    const { port, pageOf } = this.#keeping;
    for (const { endpoint, keys, language } of [...(this.#follows.get(ticketId)?.values() ?? [])]) {
      const sent = await port.send({ endpoint, keys }, { kind, language, page: pageOf(ticketId) });
      if (sent === 'gone') await this.unfollow(ticketId, endpoint);
    }
  }

  async #forget(ticketIds: readonly TicketId[]): Promise<void> {
    if (ticketIds.length === 0) return;
    for (const ticketId of ticketIds) {
      this.#holds.delete(ticketId);
      this.#follows.delete(ticketId);
      this.#told.delete(ticketId);
    }
    await this.#keeping.database.write((trx) => forgetPhonesOf(trx, ticketIds));
  }

  #knows(ticketId: TicketId): boolean {
    return this.#holds.has(ticketId) || this.#follows.has(ticketId);
  }

  #put(ticketId: TicketId, subscription: Subscription): void {
    const all = this.#follows.get(ticketId) ?? new Map<string, Subscription>();
    this.#follows.set(ticketId, all.set(hashOf(subscription.endpoint), subscription));
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
