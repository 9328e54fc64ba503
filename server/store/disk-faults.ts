const FULL = new Set(['SQLITE_FULL', 'ENOSPC', 'EDQUOT']);
const READ_ONLY = new Set(['SQLITE_READONLY', 'SQLITE_CANTOPEN', 'EROFS', 'EACCES', 'EPERM']);
/** A full disk shows itself so too, where SQLite wanted to enlarge its shared index. */
const EITHER = new Set(['SQLITE_IOERR', 'EIO']);
const DAMAGED = new Set(['SQLITE_CORRUPT', 'SQLITE_NOTADB']);

/** What of the disk a failure speaks of, however deep it is wrapped. */
export function metAtDisk(cause: unknown): 'nothing' | 'full' | 'read-only' {
  const codes = codesOf(cause);
  if (codes.some((code) => READ_ONLY.has(code))) return 'read-only';
  return codes.some((code) => FULL.has(code) || EITHER.has(code)) ? 'full' : 'nothing';
}

/** SQLite says that the file is not what it wrote. */
export function isDamage(cause: unknown): boolean {
  return codesOf(cause).some((code) => DAMAGED.has(code));
}

function codesOf(cause: unknown): readonly string[] {
  if (!(cause instanceof Error)) return [];
  return [...('code' in cause ? [String(cause.code)] : []), ...codesOf(cause.cause)];
}
