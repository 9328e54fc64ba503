import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { AuditFile } from './audit-file.ts';
import { Database } from './database.ts';
import { journalFrom, journalHead } from './journal.ts';
import { migrate } from './migrations.ts';
import { orOutage } from './outages.ts';
import { lockOffice, postgresDialect } from './postgres.ts';
import type { Tables } from './schema.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import { SqliteDialect } from './sqlite-dialect.ts';
import { databaseFile, lockFolder, openSafely } from './sqlite-file.ts';

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

/** The database lacks lines that were acknowledged: it ends before the audit file, or tells another story. */
export class DatabaseBehind extends Error {}

/** How many journal lines are read at once to catch the audit file up. */
const PAGE = 1_000;

/**
 * Opens the office's data for the one process that serves it: locks it, brings the tables up to date, becomes the owner
 * and compares the journal with the audit file.
 *
 * @throws Outage when another process serves this office, or the disk or database cannot be used
 * @throws DatabaseBehind when acknowledged changes are missing from the database
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
    const kysely = kyselyFor(place);
    const database = new Database(kysely, databaseUrl === null ? 'sqlite' : 'postgres');
    closing.push(() => database.close());
    await orOutage(migrate(kysely));
    await database.own();
    const audit = await AuditFile.open(join(dataDir, 'audit.jsonl'), (seq) =>
      database.read((trx) => journalFrom(trx, seq, PAGE)),
    );
    closing.push(() => audit.close());
    await compare(database, audit);
    return { database, audit, close };
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

/** The database answers. */
export async function databaseAnswers(database: Database): Promise<boolean> {
  return database
    .read((trx) => sql`select 1`.execute(trx))
    .then(() => true)
    .catch(() => false);
}

function kyselyFor({ dataDir, databaseUrl, office }: Place): Kysely<Tables> {
  const dialect =
    databaseUrl === null ? new SqliteDialect(() => openSafely(dataDir)) : postgresDialect(databaseUrl, office);
  return new Kysely<Tables>({ dialect });
}

/** Refuses to go below the audit file's mark, or on with another story; else brings the file up to the journal. */
async function compare(database: Database, audit: AuditFile): Promise<void> {
  const { seq, hash } = audit.head;
  const head = await database.read(journalHead);
  if (head.seq < seq) {
    throw new DatabaseBehind(
      `the database ends at journal line ${head.seq}, but audit.jsonl has ${seq}: acknowledged changes are missing. ` +
        'Nothing was started, so no number is given twice. Keep both and restore a backup',
    );
  }
  const [same] = seq === 0 ? [] : await database.read((trx) => journalFrom(trx, seq, 1));
  if (seq > 0 && same?.hash !== hash) {
    throw new DatabaseBehind(
      `journal line ${seq} of the database is not the one in audit.jsonl: one of them belongs to another office or ` +
        'another past. Nothing was started. Keep both and find out which is true',
    );
  }
  await audit.catchUp(head.seq);
}
