import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { orOutage } from './outages.ts';
import type { Database, Reading, Writing } from './database.ts';
import { replaceFile } from './flushed-file.ts';
import { journalHead } from './journal.ts';
import type { Tables } from './schema.ts';

/**
 * Settings whose rows go away too: a second factor that was taken away must not come back from an older backup, and one that is
 * lost would let people in with less than the office asks for. These tables are put back whole.
 */
const WHOLE = ['totp', 'passkey', 'recovery_code', 'outside_identity', 'sign_in_rules', 'keypad'] as const;
type WholeTable = (typeof WHOLE)[number];

/**
 * What an office cannot be opened without and no journal line tells: the plan, the staff accounts with their second factors, the
 * paired devices, the keypad, and how the hall is set up: how displays hang, which calls are theirs, how loud they speak. A small
 * file beside the database, written anew when they change, so that even an office without any backup opens again as it was.
 */
export interface Essentials {
  readonly plan: Tables['plan_version'] | null;
  readonly staff: readonly Tables['staff'][];
  readonly devices: readonly Tables['device'][];
  /** Missing in a file of an earlier version. */
  readonly whole?: { readonly [Name in WholeTable]?: readonly object[] };
  /** `null` while nothing was set up; a file of an older version does not have it. */
  readonly hall?: Tables['hall_version'] | null;
  /** The journal's end when it was written: it knows of changes up to there. Missing in a file of an earlier version. */
  readonly seq?: number;
}

/** Writes the file when it would say something new. */
export class EssentialsFile {
  readonly #path: string;
  readonly #database: Database;
  #written: string | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(dataDir: string, database: Database) {
    this.#path = essentialsPath(dataDir);
    this.#database = database;
  }

  /** Asked again while it writes, it writes once more. @throws Outage */
  keep(): Promise<void> {
    this.#running = this.#running.catch(() => undefined).then(() => this.#write());
    return this.#running;
  }

  async #write(): Promise<void> {
    const { found, seq } = await this.#database.read(async (trx) => ({
      found: await readEssentials(trx),
      seq: (await journalHead(trx)).seq,
    }));
    const text = JSON.stringify(found);
    if (text === this.#written) return;
    await orOutage(replaceFile(this.#path, JSON.stringify({ ...found, seq })));
    this.#written = text;
  }
}

/** What the file has; `null` when there is none, or it was damaged. */
export async function keptEssentials(dataDir: string): Promise<Essentials | null> {
  try {
    const value = JSON.parse(await readFile(essentialsPath(dataDir), 'utf8')) as Essentials;
    return Array.isArray(value.staff) && Array.isArray(value.devices) ? value : null;
  } catch {
    return null;
  }
}

/** Brings a restored database up to what the file knows. @returns whether it has a plan now */
export async function putEssentials(
  trx: Writing,
  { plan, staff, devices, whole = {}, hall }: Essentials,
): Promise<void> {
  const newest = await newestPlan(trx);
  if (plan && plan.version > (newest?.version ?? 0)) await trx.insertInto('plan_version').values(plan).execute();
  const setUp = await newestHall(trx);
  if (hall && hall.version > (setUp?.version ?? 0)) await trx.insertInto('hall_version').values(hall).execute();
  const known = new Set((await trx.selectFrom('staff').select('id').execute()).map(({ id }) => id));
  for (const row of staff) {
    if (known.has(row.id)) await trx.updateTable('staff').set(row).where('id', '=', row.id).execute();
    else await trx.insertInto('staff').values(row).execute();
  }
  const paired = new Set((await trx.selectFrom('device').select('id').execute()).map(({ id }) => id));
  for (const row of devices) {
    if (paired.has(row.id)) await trx.updateTable('device').set(row).where('id', '=', row.id).execute();
    else await trx.insertInto('device').values(row).execute();
  }
  for (const table of WHOLE) {
    const rows = whole[table];
    if (!rows) continue;
    await trx.deleteFrom(table).execute();
    // Read from this very table by this version or an earlier one; a later one would be refused by the database.
    if (rows.length > 0) await trx.insertInto(table).values(rows).execute();
  }
}

async function readEssentials(trx: Reading): Promise<Essentials> {
  return {
    plan: await newestPlan(trx),
    staff: await trx.selectFrom('staff').selectAll().orderBy('id').execute(),
    devices: await trx.selectFrom('device').selectAll().orderBy('id').execute(),
    whole: {
      totp: await trx.selectFrom('totp').selectAll().orderBy('staff_id').execute(),
      passkey: await trx.selectFrom('passkey').selectAll().orderBy('id').execute(),
      recovery_code: await trx.selectFrom('recovery_code').selectAll().orderBy('code_hash').execute(),
      outside_identity: await trx.selectFrom('outside_identity').selectAll().orderBy('subject_hash').execute(),
      sign_in_rules: await trx.selectFrom('sign_in_rules').selectAll().execute(),
      keypad: await trx.selectFrom('keypad').selectAll().orderBy('id').execute(),
    },
    hall: await newestHall(trx),
  };
}

async function newestPlan(trx: Reading): Promise<Tables['plan_version'] | null> {
  const row = await trx.selectFrom('plan_version').selectAll().orderBy('version', 'desc').limit(1).executeTakeFirst();
  return row ?? null;
}

async function newestHall(trx: Reading): Promise<Tables['hall_version'] | null> {
  const row = await trx.selectFrom('hall_version').selectAll().orderBy('version', 'desc').limit(1).executeTakeFirst();
  return row ?? null;
}

function essentialsPath(dataDir: string): string {
  return join(dataDir, 'essentials.json');
}
