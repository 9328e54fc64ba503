import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Outage } from '../basics/outage.ts';
import { orOutage } from './outages.ts';
import { SqliteConnection } from './sqlite-connection.ts';

const DATABASE = 'office.sqlite';
/** SQLite's number for `synchronous = full`. */
const FULL = 2;

/** Where the embedded database of an office is. */
export function databaseFile(dataDir: string): string {
  return join(dataDir, DATABASE);
}

/**
 * Opens the embedded database so that what was committed survives a power cut, and for its owner's eyes only.
 *
 * @throws Outage when the disk cannot give that
 */
export async function openSafely(dataDir: string): Promise<SqliteConnection> {
  const file = databaseFile(dataDir);
  const connection = await SqliteConnection.open(file, 'read-write');
  try {
    await chmod(file, 0o600);
    await prepare(connection, file);
    return connection;
  } catch (cause) {
    await connection.close();
    throw cause;
  }
}

async function prepare(connection: SqliteConnection, file: string): Promise<void> {
  await connection.exec(
    'pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000; ' +
      'pragma foreign_keys = on; pragma trusted_schema = off; pragma secure_delete = on',
  );
  const [mode] = (await connection.query('pragma journal_mode', [])).rows as readonly { journal_mode: string }[];
  const [sync] = (await connection.query('pragma synchronous', [])).rows as readonly { synchronous: number }[];
  if (mode?.journal_mode !== 'wal' || sync?.synchronous !== FULL) {
    throw new Outage(`the disk does not allow a write-ahead log with full flushing (${file})`);
  }
}

/**
 * The right to use a data folder, for one process at a time: a write transaction on a file of its own, held as long as
 * the process lives; a kill releases it too.
 *
 * @returns gives the right back
 * @throws Outage when another process has it
 */
export async function lockFolder(dataDir: string): Promise<() => Promise<void>> {
  const file = join(dataDir, 'office.lock');
  try {
    return await orOutage(lockFile(file));
  } catch (cause) {
    if (String(cause).includes('SQLITE_BUSY')) {
      throw new Outage(`another process serves the office in ${dataDir}`, { cause });
    }
    if (!/SQLITE_(NOTADB|CORRUPT)/.test(String(cause))) throw cause;
    await orOutage(rm(file)); // it holds nothing; a damaged one is nobody's
    return lockFile(file);
  }
}

async function lockFile(file: string): Promise<() => Promise<void>> {
  const lock = await orOutage(SqliteConnection.open(file, 'read-write'));
  try {
    await chmod(file, 0o600);
    await lock.exec('begin exclusive');
    return () => lock.close();
  } catch (cause) {
    await lock.close();
    throw cause;
  }
}
