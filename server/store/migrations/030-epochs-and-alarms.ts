import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The journal's epoch, which a restore begins anew, and what needs a person of the office until it is taken note of. */
export const epochsAndAlarms: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .alterTable('journal_head')
      .addColumn('epoch', 'integer', (c) => c.notNull().defaultTo(1))
      .execute();
    await db.schema
      .createTable('alarm')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('at', 'text', (c) => c.notNull())
      .addColumn('body', 'text', (c) => c.notNull())
      .addColumn('acknowledged_at', 'text')
      .addColumn('acknowledged_by', 'text')
      .execute();
  },
};
