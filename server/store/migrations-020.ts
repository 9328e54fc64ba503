import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** When a device was last here, and who let it in (`null`: it paired by itself, in the demonstration office). */
export const deviceVisits: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('device').addColumn('seen_at', 'bigint').execute();
    await db.schema.alterTable('device').addColumn('paired_by', 'text').execute();
  },
};
