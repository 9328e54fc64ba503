import { Outage } from '../basics/outage.ts';

/** What SQLite says when the disk, the file or another process is in the way; anything else is a bug of ours. */
const SQLITE_OUTAGES = new Set([
  'SQLITE_BUSY',
  'SQLITE_LOCKED',
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'SQLITE_CANTOPEN',
  'SQLITE_READONLY',
  'SQLITE_CORRUPT',
  'SQLITE_NOTADB',
  'SQLITE_NOMEM',
]);
/** PostgreSQL classes: connection exception, insufficient resources, operator intervention. */
const POSTGRES_OUTAGES = /^(08|53|57P)/;
/** What the driver says without any code: no connection in time, or one that ended. */
const UNREACHED = /Connection terminated|timeout expired|timeout exceeded when trying to connect/;
/** What the operating system says when a database's network, or a file, is in the way. */
const SYSTEM_OUTAGES = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EACCES', 'EPERM', 'ENOENT', 'ENOTDIR', 'EMFILE', 'ENFILE'],
]);

/** Waits for the work of a database or a file; what failed outside the program becomes an `Outage`, a bug stays one. */
export async function orOutage<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw isOutage(cause) ? new Outage(String(cause), { cause }) : cause;
  }
}

function isOutage(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const code = 'code' in cause ? String(cause.code) : '';
  return (
    SQLITE_OUTAGES.has(code) || POSTGRES_OUTAGES.test(code) || SYSTEM_OUTAGES.has(code) || UNREACHED.test(cause.message)
  );
}
