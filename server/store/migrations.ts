import { sql, type Kysely } from 'kysely';
import { Migrator, type Migration, type MigrationProvider } from 'kysely/migration';
import { Outage } from '../basics/outage.ts';
import { Damage } from './inspection.ts';
import { staffDoor } from './migrations/010-staff-door.ts';
import { deviceVisits } from './migrations-020.ts';
import { dayHead } from './migrations-021.ts';
import { purgeRun } from './migrations-022.ts';
import { epochsAndAlarms } from './migrations/030-epochs-and-alarms.ts';
import { checksAndFallback } from './migrations/031-checks-and-fallback.ts';
import { hallSettings } from './migrations-040.ts';
import { printerRoll } from './migrations-060.ts';
import { keypadSetting } from './migrations-061.ts';
import { priorityClass } from './migrations-080.ts';
import type { Tables } from './schema.ts';

/**
 * Brings the tables to their newest form, all steps in one transaction. They do not depend on each other's order: each has tables
 * of its own.
 *
 * @throws the error of the step that failed; everything then stands as it was
 * @throws NewerTables when a newer version has been here
 * @throws Damage when the list of steps was damaged
 */
export async function migrate(kysely: Kysely<Tables>): Promise<void> {
  await refuseUnknownSteps(kysely);
  const { error } = await migratorOf(kysely).migrateToLatest();
  if (error !== undefined) throw error instanceof Error ? error : new Error(JSON.stringify(error));
}

/**
 * Whether tables in use have an older form than this version's.
 *
 * @throws NewerTables or Damage as `migrate` does, before anybody makes a backup of them
 */
export async function isOlder(kysely: Kysely<Tables>): Promise<boolean> {
  await refuseUnknownSteps(kysely);
  const steps = await migratorOf(kysely).getMigrations();
  const done = steps.filter(({ executedAt }) => executedAt !== undefined);
  return done.length > 0 && done.length < steps.length;
}

/** A newer version has changed the tables: this one does not know their form, and touches nothing. */
export class NewerTables extends Outage {
  constructor(steps: readonly string[]) {
    super(
      `a newer version of Infolett has changed its tables (${steps.join(', ')}). Nothing was touched. Start that version, ` +
        'or restore the backup it made before the change (docs/operations.md)',
    );
  }
}

/**
 * Reads what Kysely reads, rows and not the index beside them. A newer version has made every step of this one too; a step
 * that nobody knows in the place of one that is missing is a name that was damaged.
 */
async function refuseUnknownSteps(kysely: Kysely<Tables>): Promise<void> {
  const known = await migratorOf(kysely).getMigrations();
  if (!known.some(({ executedAt }) => executedAt !== undefined)) return;
  const { rows } = await sql<{ name: string }>`select name, timestamp from kysely_migration`.execute(kysely);
  const made = rows.map(({ name }) => name);
  const unknown = made.filter((name) => !known.some((step) => step.name === name));
  if (unknown.length === 0) return;
  if (known.every(({ name }) => made.includes(name))) throw new NewerTables(unknown);
  throw new Damage('damaged', `a step of the tables has a name that nobody knows: ${unknown.join(', ')}`);
}

function migratorOf(kysely: Kysely<Tables>): Migrator {
  return new Migrator({ db: kysely, provider: STEPS, allowUnorderedMigrations: true });
}

const STEPS: MigrationProvider = {
  getMigrations: () =>
    Promise.resolve({
      '001-the-office': theOffice,
      '010-staff-door': staffDoor,
      '020-device-visits': deviceVisits,
      '021-day-head': dayHead,
      '022-purge-run': purgeRun,
      '030-epochs-and-alarms': epochsAndAlarms,
      '031-checks-and-fallback': checksAndFallback,
      '040-hall': hallSettings,
      '060-printer-roll': printerRoll,
      '061-keypad': keypadSetting,
      '080-priority-class': priorityClass,
    }),
};

const theOffice: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('ticket')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('number', 'text', (c) => c.notNull())
      .addColumn('day', 'text', (c) => c.notNull())
      .addColumn('issue_order', 'integer', (c) => c.notNull())
      .addColumn('service_id', 'text', (c) => c.notNull())
      .addColumn('state_kind', 'text', (c) => c.notNull())
      .addColumn('closed_on', 'text')
      .addColumn('call_order', 'integer', (c) => c.notNull())
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('body', 'text', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('ticket_closed_on').on('ticket').column('closed_on').execute();
    await db.schema.createIndex('ticket_call_order').on('ticket').column('call_order').execute();
    // No two tickets of one day and series have the same number, whatever the program believes.
    await db.schema.createIndex('ticket_day_number').unique().on('ticket').columns(['day', 'number']).execute();
    await db.schema
      .createTable('ticket_details')
      .addColumn('ticket_id', 'text', (c) => c.primaryKey())
      .addColumn('need_id', 'text')
      .addColumn('note', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('series')
      .addColumn('letter', 'text', (c) => c.primaryKey())
      .addColumn('day', 'text', (c) => c.notNull())
      .addColumn('last', 'integer', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('desk_state')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('body', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('help_call')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('body', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('slip')
      .addColumn('ticket_id', 'text', (c) => c.primaryKey())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('body', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('answer')
      .addColumn('request_id', 'text', (c) => c.primaryKey())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('actor', 'text', (c) => c.notNull())
      .addColumn('event', 'text', (c) => c.notNull())
      .addColumn('reply', 'text', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('answer_at').on('answer').column('at').execute();
    await db.schema
      .createTable('journal')
      .addColumn('seq', 'bigint', (c) => c.primaryKey())
      .addColumn('at', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('ticket', 'text')
      .addColumn('actor', 'text', (c) => c.notNull())
      .addColumn('body', 'text', (c) => c.notNull())
      .addColumn('prev_hash', 'text', (c) => c.notNull())
      .addColumn('hash', 'text', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('journal_at').on('journal').column('at').execute();
    await db.schema
      .createTable('journal_head')
      .addColumn('id', 'integer', (c) => c.primaryKey())
      .addColumn('seq', 'bigint', (c) => c.notNull())
      .addColumn('hash', 'text', (c) => c.notNull())
      .addColumn('owner', 'integer', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('plan_version')
      .addColumn('version', 'integer', (c) => c.primaryKey())
      .addColumn('at', 'text', (c) => c.notNull())
      .addColumn('actor', 'text', (c) => c.notNull())
      .addColumn('body', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('staff')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('username', 'text', (c) => c.notNull().unique())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('role', 'text', (c) => c.notNull())
      .addColumn('services', 'text', (c) => c.notNull())
      .addColumn('languages', 'text', (c) => c.notNull())
      .addColumn('passphrase_hash', 'text')
      .addColumn('disabled', 'integer', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('session')
      .addColumn('token_hash', 'text', (c) => c.primaryKey())
      .addColumn('staff_id', 'text', (c) => c.notNull().references('staff.id'))
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('seen_at', 'bigint', (c) => c.notNull())
      .addColumn('ends_at', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('device')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('token_hash', 'text', (c) => c.notNull().unique())
      .addColumn('paired_at', 'bigint', (c) => c.notNull())
      .addColumn('revoked_at', 'bigint')
      .addColumn('limits', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('one_time')
      .addColumn('token_hash', 'text', (c) => c.primaryKey())
      .addColumn('purpose', 'text', (c) => c.notNull())
      .addColumn('ends_at', 'bigint', (c) => c.notNull())
      .execute();
    await (db as Kysely<Tables>).insertInto('journal_head').values({ id: 1, seq: 0, hash: '', owner: 0 }).execute();
  },
};
