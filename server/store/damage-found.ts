import { Kysely } from 'kysely';
import { checkStructure, Damage } from './inspection.ts';
import { diskTakes } from './restoring.ts';
import type { Tables } from './schema.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import { SqliteDialect } from './sqlite-dialect.ts';
import { databaseFile } from './sqlite-file.ts';

/** What SQLite says of a file that is none of its own any more. */
const DAMAGED = new Set(['SQLITE_CORRUPT', 'SQLITE_NOTADB']);
/** What damage can look like too, where the disk itself is well. */
const PERHAPS = new Set(['SQLITE_ERROR', 'SQLITE_IOERR', 'SQLITE_CANTOPEN', 'SQLITE_READONLY', 'SQLITE_PROTOCOL']);

/**
 * Whether an opening failed because the database is damaged. A full disk, a lock, a bug are none: restoring would help
 * nothing and lose what no journal has.
 *
 * @returns `null`: no damage
 * @throws Outage when the disk takes nothing
 */
export async function damageIn(dataDir: string, cause: unknown): Promise<Damage | null> {
  if (cause instanceof Damage) return cause;
  const code = sqliteCode(cause);
  if (DAMAGED.has(code)) return new Damage('damaged', String(cause), { cause });
  if (!PERHAPS.has(code)) return null;
  await diskTakes(dataDir);
  const file = databaseFile(dataDir);
  const kysely = new Kysely<Tables>({ dialect: new SqliteDialect(() => SqliteConnection.open(file, 'read-write')) });
  try {
    await checkStructure(kysely);
    return null;
  } catch (found) {
    return new Damage('damaged', String(found), { cause: found });
  } finally {
    await kysely.destroy();
  }
}

/** SQLite's name for what went wrong, also inside an outage; empty when it was not SQLite. */
export function sqliteCode(cause: unknown): string {
  if (!(cause instanceof Error)) return '';
  const code = 'code' in cause ? String(cause.code) : '';
  return code.startsWith('SQLITE_') ? code : sqliteCode(cause.cause);
}
