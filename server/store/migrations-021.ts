import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The journal's end at the end of each day. */
export const dayHead: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('day_head')
      .addColumn('seq', 'bigint', (c) => c.primaryKey())
      .addColumn('day', 'text', (c) => c.notNull())
      .addColumn('hash', 'text', (c) => c.notNull())
      .addColumn('sealed_at', 'bigint', (c) => c.notNull())
      .execute();
  },
};
