import type { TicketId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import type { Reading, Writing } from './database.ts';

/** Where a browser's push service takes messages for one page, and the keys they are sealed with. */
export interface Subscription {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
  /** Which language the page speaks. */
  readonly language: Language;
}

/** Which phone acts for a ticket: the hash of a key that only this phone has. */
export async function phoneHolds(trx: Reading): Promise<ReadonlyMap<TicketId, string>> {
  const rows = await trx.selectFrom('phone_hold').selectAll().execute();
  return new Map(rows.map(({ ticket_id, key_hash }) => [ticket_id as TicketId, key_hash]));
}

export async function insertPhoneHold(trx: Writing, ticketId: TicketId, keyHash: string): Promise<void> {
  await trx.insertInto('phone_hold').values({ ticket_id: ticketId, key_hash: keyHash }).execute();
}

export async function subscriptions(
  trx: Reading,
): Promise<readonly { readonly ticketId: TicketId; readonly subscription: Subscription }[]> {
  const rows = await trx.selectFrom('push_subscription').selectAll().execute();
  return rows.map(({ ticket_id, body }) => ({
    ticketId: ticket_id as TicketId,
    subscription: JSON.parse(body) as Subscription,
  }));
}

export async function insertSubscription(
  trx: Writing,
  ticketId: TicketId,
  endpointHash: string,
  subscription: Subscription,
): Promise<void> {
  await deleteSubscription(trx, ticketId, endpointHash);
  await trx
    .insertInto('push_subscription')
    .values({ ticket_id: ticketId, endpoint_hash: endpointHash, body: JSON.stringify(subscription) })
    .execute();
}

export async function deleteSubscription(trx: Writing, ticketId: TicketId, endpointHash: string): Promise<void> {
  await trx
    .deleteFrom('push_subscription')
    .where('ticket_id', '=', ticketId)
    .where('endpoint_hash', '=', endpointHash)
    .execute();
}

/** Nothing about a phone outlives its ticket. */
export async function forgetPhonesOf(trx: Writing, ticketIds: readonly TicketId[]): Promise<void> {
  await trx.deleteFrom('phone_hold').where('ticket_id', 'in', ticketIds).execute();
  await trx.deleteFrom('push_subscription').where('ticket_id', 'in', ticketIds).execute();
}
