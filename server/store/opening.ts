import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Outage } from '../basics/outage.ts';
import { AuditFile } from './audit-file.ts';
import { Database } from './database.ts';
import { journalFrom, journalHead, type Head } from './journal.ts';
import { migrate } from './migrations.ts';
import { orOutage } from './outages.ts';
import type { Tables } from './schema.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import { SqliteDialect } from './sqlite-dialect.ts';

export interface Place {
  readonly dataDir: string;
  /** `postgres://…`; `null`: the embedded file. */
  readonly databaseUrl: string | null;
  /** The PostgreSQL schema of this office. */
  readonly office: string;
}

export interface Store {
  readonly database: Database;
  readonly audit: AuditFile;
  close(): Promise<void>;
}

/** The database lost lines that were acknowledged: its head is behind the audit file's. */
export class DatabaseBehind extends Error {
  constructor(database: Head, audit: Head) {
    super(
      `the database ends at journal line ${database.seq}, but audit.jsonl has ${audit.seq}: ` +
        'acknowledged changes are missing. Nothing was started, so no number is given twice. Keep both and restore a backup',
    );
  }
}

/**
 * Opens the office's data for the one process that serves it: locks it, brings the tables up to date, becomes the owner
 * and compares the journal with the audit file.
 *
 * @throws Outage when another process serves this office, or the disk or database cannot be used
 * @throws DatabaseBehind when acknowledged changes are missing from the database
 */
export async function openStore(place: Place): Promise<Store> {
  await orOutage(mkdir(place.dataDir, { recursive: true, mode: 0o700 }));
  const release =
    place.databaseUrl === null ? await lockFile(place.dataDir) : await lockOffice(place.databaseUrl, place.office);
  const kysely = place.databaseUrl === null ? openFile(place.dataDir) : openServer(place.databaseUrl, place.office);
  await orOutage(migrate(kysely));
  const database = new Database(kysely, place.databaseUrl === null ? 'sqlite' : 'postgres');
  await database.own();
  const audit = await AuditFile.open(join(place.dataDir, 'audit.jsonl'));
  await levelled(database, audit);
  const close = async (): Promise<void> => {
    await audit.close();
    await database.close();
    await release();
  };
  return { database, audit, close };
}

/** For readers beside the running office (export, verification): sees what is committed, writes nothing. */
export function openToRead(place: Place): Kysely<Tables> {
  if (place.databaseUrl !== null) return openServer(place.databaseUrl, place.office);
  return new Kysely<Tables>({
    dialect: new SqliteDialect(() => SqliteConnection.open(join(place.dataDir, 'office.sqlite'), 'read-only')),
  });
}

function openFile(dataDir: string): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new SqliteDialect(() => openSqlite(join(dataDir, 'office.sqlite'))) });
}

/** A printed number must survive a power cut: the two settings that make it so are checked, not hoped for. */
async function openSqlite(file: string): Promise<SqliteConnection> {
  const connection = await SqliteConnection.open(file, 'read-write');
  await chmod(file, 0o600);
  await connection.exec(
    'pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000; ' +
      'pragma foreign_keys = on; pragma trusted_schema = off; pragma secure_delete = on',
  );
  const [mode] = (await connection.query('pragma journal_mode', [])).rows as readonly { journal_mode: string }[];
  const [sync] = (await connection.query('pragma synchronous', [])).rows as readonly { synchronous: number }[];
  if (mode?.journal_mode !== 'wal' || sync?.synchronous !== FULL) {
    throw new Outage(`the disk does not allow a write-ahead log with full flushing (${file})`);
  }
  return connection;
}

/** SQLite's number for `synchronous = full`. */
const FULL = 2;

function openServer(url: string, office: string): Kysely<Tables> {
  const pool = async () => {
    const { default: pg } = await import('pg'); // an office on the embedded file never needs it
    pg.types.setTypeParser(pg.types.builtins.INT8, Number);
    return new pg.Pool({ connectionString: url, max: 4, options: `-c search_path=${schemaName(office)}` });
  };
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

/** A write transaction on a file of its own, held as long as the process lives; a kill releases it too. */
async function lockFile(dataDir: string): Promise<() => Promise<void>> {
  const lock = await orOutage(SqliteConnection.open(join(dataDir, 'office.lock'), 'read-write'));
  try {
    await lock.exec('begin exclusive');
  } catch {
    await lock.close();
    throw new Outage(`another process serves the office in ${dataDir}`);
  }
  return () => lock.close();
}

/** An advisory lock on a connection of its own: when it is lost, so is the right to write. */
async function lockOffice(url: string, office: string): Promise<() => Promise<void>> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await orOutage(client.connect());
  await client.query(`create schema if not exists ${schemaName(office)}`);
  const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock(hashtext($1)) as taken', [
    office,
  ]);
  if (rows[0]?.taken !== true) {
    await client.end();
    throw new Outage(`another process serves the office "${office}"`);
  }
  return () => client.end();
}

function schemaName(office: string): string {
  return `"${office.replaceAll('"', '')}"`;
}

/** Brings the audit file up to the database, or refuses to go below the audit file's mark. */
async function levelled(database: Database, audit: AuditFile): Promise<void> {
  const head = await database.read(journalHead);
  if (head.seq < audit.head.seq) throw new DatabaseBehind(head, audit.head);
  while (audit.head.seq < head.seq) {
    const from = audit.head.seq + 1;
    await audit.append(await database.read((trx) => journalFrom(trx, from, 1_000)));
  }
}

/** The database answers. */
export async function databaseAnswers(database: Database): Promise<boolean> {
  return database
    .read((trx) => sql`select 1`.execute(trx))
    .then(() => true)
    .catch(() => false);
}
