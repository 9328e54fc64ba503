import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Second factors, links to an outside identity, locked sessions, one-time links for a person. */
export const staffDoor: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .alterTable('staff')
      .addColumn('break_glass', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
    await db.schema
      .alterTable('session')
      .addColumn('method', 'text', (c) => c.notNull().defaultTo('passphrase'))
      .execute();
    await db.schema
      .alterTable('session')
      .addColumn('proven_at', 'bigint', (c) => c.notNull().defaultTo(0))
      .execute();
    await db.schema.alterTable('session').addColumn('locked_at', 'bigint').execute();
    await db.schema
      .alterTable('session')
      .addColumn('browser', 'text', (c) => c.notNull().defaultTo(''))
      .execute();
    await db.schema.createIndex('session_staff').on('session').column('staff_id').execute();
    await db.schema.alterTable('one_time').addColumn('staff_id', 'text').execute();
    await db.schema
      .createTable('totp')
      .addColumn('staff_id', 'text', (c) => c.primaryKey().references('staff.id'))
      .addColumn('secret', 'text', (c) => c.notNull())
      .addColumn('last_step', 'bigint', (c) => c.notNull())
      .addColumn('made_at', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('passkey')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('staff_id', 'text', (c) => c.notNull().references('staff.id'))
      .addColumn('host', 'text', (c) => c.notNull())
      .addColumn('public_key', 'text', (c) => c.notNull())
      .addColumn('counter', 'bigint', (c) => c.notNull())
      .addColumn('transports', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('made_at', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('passkey_staff').on('passkey').column('staff_id').execute();
    await db.schema
      .createTable('recovery_code')
      .addColumn('code_hash', 'text', (c) => c.primaryKey())
      .addColumn('staff_id', 'text', (c) => c.notNull().references('staff.id'))
      .execute();
    await db.schema.createIndex('recovery_code_staff').on('recovery_code').column('staff_id').execute();
    await db.schema
      .createTable('outside_identity')
      .addColumn('subject_hash', 'text', (c) => c.primaryKey())
      .addColumn('staff_id', 'text', (c) => c.notNull().references('staff.id'))
      .addColumn('made_at', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('outside_identity_staff').on('outside_identity').column('staff_id').execute();
    await db.schema
      .createTable('sign_in_rules')
      .addColumn('id', 'integer', (c) => c.primaryKey())
      .addColumn('body', 'text', (c) => c.notNull())
      .execute();
  },
};
