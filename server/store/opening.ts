import { mkdir, rename, readFile, rm, stat } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import type { EpochMs } from '../domain/ids.ts';
import { localDay } from '../domain/local-time.ts';
import { raiseAlarm } from './alarms.ts';
import { AuditFile } from './audit-file.ts';
import { auditState } from './audit-state.ts';
import type { BackupPlace } from './backups.ts';
import { AnotherPast, compare } from './comparing.ts';
import { damageIn } from './damage-found.ts';
import { Database } from './database.ts';
import { EssentialsFile } from './essentials.ts';
import { checkStructure, Damage, inspect } from './inspection.ts';
import { journalFrom } from './journal.ts';
import { migrate } from './migrations.ts';
import { jumpNumbers } from './number-jump.ts';
import { orOutage } from './outages.ts';
import { lockOffice, postgresDialect } from './postgres.ts';
import type { Restored } from './restored.ts';
import { restore } from './restoring.ts';
import { markRunning, markStopped, startedWell, suspectMark } from './run-mark.ts';
import type { Tables } from './schema.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import { SqliteDialect } from './sqlite-dialect.ts';
import { databaseFile, lockFolder, openSafely } from './sqlite-file.ts';
import { backUpBeforeUpgrade } from './upgrading.ts';

export interface Place {
  readonly dataDir: string;
  /** `postgres://…`; `null`: the embedded file. */
  readonly databaseUrl: string | null;
  /** The PostgreSQL schema of this office. */
  readonly office: string;
  /** Where backups are; missing: none are made, and none are found. */
  readonly backups?: BackupPlace;
  /** IANA name of the office's time zone; missing: UTC. Only a restore asks. */
  readonly zone?: string;
  /** The office's clock; missing: the machine's. Only a restore asks. */
  readonly now?: () => EpochMs;
}

export interface Store {
  readonly database: Database;
  readonly audit: AuditFile;
  readonly essentials: EssentialsFile;
  /** Whether the server before this one stopped in order. */
  readonly stoppedCleanly: boolean;
  /** What this start had to restore. */
  readonly restored: Restored | null;
  close(): Promise<void>;
}

/** A person must decide: PostgreSQL lacks acknowledged changes, or the database and the audit file tell two stories. */
export class DatabaseBehind extends Error {}

const BY_HAND =
  'acknowledged changes are missing. Nothing was started, so no number is given twice. Keep both and restore PostgreSQL';

/** Whoever watches over the office waits a few seconds at most (milliseconds). */
const ANSWERS_WITHIN_MS = 2_000;
/** How many journal lines are read at once to catch the audit file up. */
const PAGE = 1_000;
/** A database smaller than this is looked through at every start; a larger one only after an unclean stop (bytes). */
const LOOKED_THROUGH = 32 * 1024 * 1024;

/**
 * Opens the office's data for the one process that serves it: locks it, brings the tables up to date, becomes the owner
 * and compares the journal with the audit file. An embedded database that is damaged, or lacks acknowledged lines, is
 * restored first.
 *
 * @throws Outage when another process serves this office, or the disk or database cannot be used
 * @throws DatabaseBehind when PostgreSQL lacks acknowledged changes, or the database tells another story
 */
export async function openStore(place: Place): Promise<Store> {
  const { dataDir, databaseUrl, office } = place;
  await orOutage(mkdir(dataDir, { recursive: true, mode: 0o700 }));
  const closing: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (let last = closing.pop(); last; last = closing.pop()) await last();
  };
  try {
    closing.push(await lockFolder(dataDir)); // its audit file has one writer, wherever the database is
    if (databaseUrl !== null) closing.push(await lockOffice(databaseUrl, office));
    const stoppedCleanly = await orOutage(markRunning(dataDir));
    const { opened, restored } = await openOrRestore(place, stoppedCleanly);
    closing.push(() => orOutage(markStopped(dataDir)), opened.close);
    await startedWell(dataDir);
    const { database, audit } = opened;
    return { database, audit, essentials: new EssentialsFile(dataDir, database), stoppedCleanly, restored, close };
  } catch (cause) {
    await close();
    throw cause;
  }
}

/** For readers beside the running office (export, verification): sees what is committed, writes nothing. */
export function openToRead({ dataDir, databaseUrl, office }: Place): Kysely<Tables> {
  const dialect =
    databaseUrl === null
      ? new SqliteDialect(() => SqliteConnection.open(databaseFile(dataDir), 'read-only'))
      : postgresDialect(databaseUrl, office);
  return new Kysely<Tables>({ dialect });
}

/** Whether the database answers in time: one that hangs must not let whoever asks hang too. */
export async function databaseAnswers(database: Database, withinMs = ANSWERS_WITHIN_MS): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), withinMs);
  const answered = database
    .read((trx) => sql`select 1`.execute(trx))
    .then(
      () => true,
      () => false,
    );
  return Promise.race([answered, late.promise]).finally(() => clearTimeout(timer));
}

interface Opened {
  readonly database: Database;
  readonly audit: AuditFile;
  readonly close: () => Promise<void>;
}

async function openOrRestore(
  place: Place,
  stoppedCleanly: boolean,
): Promise<{ readonly opened: Opened; readonly restored: Restored | null }> {
  const { dataDir, databaseUrl, zone = 'UTC' } = place;
  try {
    return { opened: await openFound(place, stoppedCleanly, null), restored: null };
  } catch (cause) {
    if (cause instanceof AnotherPast) throw new DatabaseBehind(cause.message, { cause });
    if (databaseUrl !== null && cause instanceof Damage)
      throw new DatabaseBehind(`${cause.message}: ${BY_HAND}`, { cause });
    const damage = databaseUrl === null ? await damageIn(dataDir, cause) : null;
    if (!damage) throw cause;
    const backups = place.backups ?? { dir: join(dataDir, 'backups'), keyFile: '' };
    const restored = await restore({ dataDir, backups, zone, now: nowAt(place), newId: randomUUID }, damage);
    await rm(suspectMark(dataDir), { force: true });
    return { opened: await openFound(place, stoppedCleanly, restored), restored };
  }
}

/**
 * Opens what is there.
 *
 * @param restored what has just been made anew, with numbers that go on where they must
 * @throws Damage
 */
async function openFound(place: Place, stoppedCleanly: boolean, restored: Restored | null): Promise<Opened> {
  const { dataDir, databaseUrl } = place;
  const path = join(dataDir, 'audit.jsonl');
  const before = await auditState(path);
  const size = await sizeOf(databaseFile(dataDir));
  const embedded = databaseUrl === null;
  if (embedded && size === 0 && before.head.seq > 0) throw new Damage('missing', 'there is no database');
  const suspect = embedded ? await readFile(suspectMark(dataDir), 'utf8').catch(() => null) : null;
  if (suspect !== null) throw new Damage('damaged', suspect);
  const kysely = kyselyFor(place);
  const database = new Database(kysely, embedded ? 'sqlite' : 'postgres');
  const structure = embedded && size > 0 && (!stoppedCleanly || size < LOOKED_THROUGH);
  let audit: AuditFile | null = null;
  try {
    if (structure) await checkStructure(kysely);
    if (embedded && before.head.seq > 0) await hasJournal(kysely);
    const { backups } = place;
    const notSaved = embedded ? await backUpBeforeUpgrade(kysely, { dataDir, backups }, nowAt(place)) : null;
    await orOutage(migrate(kysely));
    await database.own();
    if (embedded) await inspect(kysely, false);
    if (before.isUnreadable) await orOutage(rename(path, `${path}.damaged-${Date.now()}`));
    audit = await AuditFile.open(path, (seq) => database.read((trx) => journalFrom(trx, seq, PAGE)));
    await compare(database, audit);
    const isMissing = embedded && !restored && before.head.seq === 0 && (await hasGivenNumbers(database));
    if (before.isUnreadable || isMissing) await tellOfRebuilding(place, database, audit);
    if (notSaved !== null) await tell(place, { database, audit }, 'backup-failed', { words: notSaved.slice(0, 300) });
    const opened = audit;
    return { database, audit, close: () => opened.close().finally(() => database.close()) };
  } catch (cause) {
    await audit?.close();
    await database.close().catch(() => undefined);
    throw cause;
  }
}

async function hasJournal(kysely: Kysely<Tables>): Promise<void> {
  const { rows } = await sql`select 1 from sqlite_schema where name = 'journal_head'`.execute(kysely);
  if (rows.length === 0) throw new Damage('missing', 'the database holds nothing');
}

/** A database without its audit file may be a backup on a new machine: what was given out since it was made, nobody knows. */
async function hasGivenNumbers(database: Database): Promise<boolean> {
  return (await database.read((trx) => trx.selectFrom('series').select('letter').limit(1).execute())).length > 0;
}

/** Nobody knows whether the audit file had lines that the database lacks: numbers of the day go on far above. */
async function tellOfRebuilding(place: Place, database: Database, audit: AuditFile): Promise<void> {
  const now = nowAt(place);
  const { zone = 'UTC' } = place;
  const lines = await database.commit(async (trx) => {
    if (database.dialect === 'sqlite') await jumpNumbers(trx, localDay(now, zone));
    return raiseAlarm(trx, { id: randomUUID(), kind: 'audit-rebuilt', at: now, body: { lines: audit.head.seq } });
  });
  await audit.append(lines);
}

/** An alarm of the opening itself. */
async function tell(
  place: Place,
  { database, audit }: Pick<Opened, 'database' | 'audit'>,
  kind: 'backup-failed',
  body: { readonly words: string },
): Promise<void> {
  const alarm = { id: randomUUID(), kind, at: nowAt(place), body };
  await audit.append(await database.commit((trx) => raiseAlarm(trx, alarm)));
}

function nowAt({ now }: Place): EpochMs {
  return now ? now() : (Date.now() as EpochMs);
}

function kyselyFor({ dataDir, databaseUrl, office }: Place): Kysely<Tables> {
  const dialect =
    databaseUrl === null ? new SqliteDialect(() => openSafely(dataDir)) : postgresDialect(databaseUrl, office);
  return new Kysely<Tables>({ dialect });
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
