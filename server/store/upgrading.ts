import type { Kysely } from 'kysely';
import { makeBackup, type BackupPlace } from './backups.ts';
import { isOlder } from './migrations.ts';
import type { Tables } from './schema.ts';

/**
 * Makes a backup before this version changes the form of tables in use, so that the version before can go on from it.
 *
 * @returns why there is none; `null` when it was made, or is not needed. An office that cannot make one opens all the same: the new
 *   form comes whole or not at all, and visitors stand at the door
 */
export async function backUpBeforeUpgrade(
  kysely: Kysely<Tables>,
  { dataDir, backups }: { readonly dataDir: string; readonly backups: BackupPlace | undefined },
  now: number,
): Promise<string | null> {
  if (!backups || !(await isOlder(kysely))) return null;
  return makeBackup(dataDir, backups, now).then(
    () => null,
    (cause: unknown) => String(cause),
  );
}
