import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** When the office deleted what it no longer keeps, and how much. */
export const purgeRun: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('purge_run')
      .addColumn('at', 'bigint', (c) => c.primaryKey())
      .addColumn('details', 'integer', (c) => c.notNull())
      .addColumn('tickets', 'integer', (c) => c.notNull())
      .execute();
  },
};
