import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * The settings of waiting area and phones, version after version; which phone a ticket is held by, and where its messages go.
 * The last two are deleted when the ticket closes.
 */
export const hallSettings: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('hall_version')
      .addColumn('version', 'integer', (c) => c.primaryKey())
      .addColumn('at', 'text', (c) => c.notNull())
      .addColumn('actor', 'text', (c) => c.notNull())
      .addColumn('body', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('phone_hold')
      .addColumn('ticket_id', 'text', (c) => c.primaryKey())
      .addColumn('key_hash', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('push_subscription')
      .addColumn('ticket_id', 'text', (c) => c.notNull())
      .addColumn('endpoint_hash', 'text', (c) => c.notNull())
      .addColumn('body', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('push_subscription_key', ['ticket_id', 'endpoint_hash'])
      .execute();
  },
};
