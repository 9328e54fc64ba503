import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** How much is left of the roll in each printer: many have no sensor for its last metres. */
export const printerRoll: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('printer_roll')
      .addColumn('printer_id', 'text', (c) => c.primaryKey())
      .addColumn('length_mm', 'integer', (c) => c.notNull())
      .addColumn('used_mm', 'integer', (c) => c.notNull())
      .execute();
  },
};
