import { sql, type Kysely } from 'kysely';
import { fitsSeal } from '../domain/journal.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Reading } from './database.ts';
import { journalFrom, journalHead } from './journal.ts';
import type { Tables } from './schema.ts';

/** The database cannot be served as it is: it lacks acknowledged lines, or is not what was written. */
export class Damage extends Error {
  readonly kind: 'missing' | 'damaged' | 'behind';

  constructor(kind: Damage['kind'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/** How many of the newest journal lines are checked against their seals. */
const NEWEST_LINES = 5_000;

/**
 * Reads what the office lives from, and compares what is written twice.
 *
 * @param structure also let SQLite look through every page; it takes about a second for 500 MB
 * @throws Damage when something does not fit
 */
export async function inspect(kysely: Kysely<Tables>, structure: boolean): Promise<void> {
  try {
    if (structure) await checkStructure(kysely);
    await kysely
      .transaction()
      .setAccessMode('read only')
      .execute(async (trx) => {
        await checkJournal(trx);
        await checkTickets(trx);
        await checkTexts(trx);
      });
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new Damage('damaged', 'a row holds no JSON any more', { cause });
    throw cause;
  }
}

/** What SQLite itself sees: pages, counts, rules. It sees no missing rows and no wrong content. */
export async function checkStructure(kysely: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ quick_check: string }>`pragma quick_check(1)`.execute(kysely);
  const found = rows[0]?.quick_check ?? 'no answer';
  if (found !== 'ok') throw new Damage('damaged', `SQLite finds: ${found.slice(0, 200)}`);
}

async function checkJournal(trx: Reading): Promise<void> {
  const head = await journalHead(trx);
  const lines = await journalFrom(trx, Math.max(1, head.seq - NEWEST_LINES + 1), NEWEST_LINES + 1);
  let before: { readonly seq: number; readonly hash: string } | null = null;
  for (const line of lines) {
    const follows = before === null || (line.seq === before.seq + 1 && line.prevHash === before.hash);
    if (!follows || !fitsSeal(line)) {
      throw new Damage('damaged', `journal line ${line.seq} is not as it was written`);
    }
    before = line;
  }
  if ((before?.seq ?? 0) !== head.seq || (before?.hash ?? '') !== head.hash) {
    throw new Damage('damaged', `the journal ends at line ${before?.seq ?? 0}, its head says ${head.seq}`);
  }
}

/** Open tickets: their columns say the same as their bodies. */
async function checkTickets(trx: Reading): Promise<void> {
  const rows = await trx.selectFrom('ticket').selectAll().where('closed_on', 'is', null).execute();
  for (const row of rows) {
    const { id, number, day, order, serviceId, version, state } = JSON.parse(row.body) as Ticket;
    const same =
      id === row.id &&
      number === row.number &&
      day === row.day &&
      order === row.issue_order &&
      serviceId === row.service_id &&
      version === row.version &&
      state.kind === row.state_kind;
    if (!same) throw new Damage('damaged', `ticket ${row.number} is not as it was written`);
  }
}

/** JSON that the start reads. */
async function checkTexts(trx: Reading): Promise<void> {
  const plan = await trx.selectFrom('plan_version').select('body').orderBy('version', 'desc').limit(1).execute();
  const staff = await trx.selectFrom('staff').select(['services', 'languages']).execute();
  const desks = await trx.selectFrom('desk_state').select('body').execute();
  const help = await trx.selectFrom('help_call').select('body').execute();
  const devices = await trx.selectFrom('device').select('limits').execute();
  for (const row of [...plan, ...staff, ...desks, ...help, ...devices])
    Object.values(row).forEach((text) => JSON.parse(text) as unknown);
}
