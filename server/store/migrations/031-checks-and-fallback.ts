import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The morning's checks, and numbers printed in advance for when nothing else works. */
export const checksAndFallback: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('opening_check')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('at', 'text', (c) => c.notNull())
      .addColumn('actor', 'text', (c) => c.notNull())
      .addColumn('body', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('fallback_number')
      .addColumn('number', 'text', (c) => c.primaryKey())
      .addColumn('letter', 'text', (c) => c.notNull())
      .addColumn('count', 'integer', (c) => c.notNull())
      .addColumn('printed_at', 'text', (c) => c.notNull())
      .addColumn('taken_at', 'text')
      .addColumn('ticket_id', 'text')
      .execute();
  },
};
