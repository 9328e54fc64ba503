import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Which keypad the office has at this machine, and at which kiosk it stands. */
export const keypadSetting: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('keypad')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('kiosk_id', 'text')
      .addColumn('profile', 'text', (c) => c.notNull())
      .addColumn('vendor_id', 'integer')
      .addColumn('product_id', 'integer')
      .execute();
  },
};
