import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Which class of visitors a ticket has its priority from: kept, and deleted, with the need and the notes. */
export const priorityClass: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('ticket_details').addColumn('class_id', 'text').execute();
  },
};
