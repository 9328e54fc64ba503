import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BadBackupKey, readBackupKey } from './backup-key.ts';
import { checkCopy } from './backup-check.ts';
import { backupHeader, openBackup, type BackupHeader } from './backup-seal.ts';
import { flushFolder } from './flushed-file.ts';
import { checkSoundness } from './copying.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import { databaseFile, lockFolder } from './sqlite-file.ts';
import { suspectMark } from './run-mark.ts';

/**
 * Puts a sealed backup in the place of the database. The backup is opened, checked and read through before anything is
 * touched; what stood in its place goes aside and is deleted by age alone.
 *
 * @throws Outage while a server runs on this folder; BadBackup, BadBackupKey, Error when the backup cannot be used
 */
export async function putBack(
  dataDir: string,
  file: string,
  keyFile: string,
  now: number,
): Promise<BackupHeader & { readonly keptIn: string }> {
  await backupHeader(file);
  const key = await readBackupKey(keyFile);
  if (!key) throw new BadBackupKey(`there is no key at ${keyFile} (setting BACKUP_KEY): without it no backup opens`);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const release = await lockFolder(dataDir);
  const place = databaseFile(dataDir);
  const opened = `${place}.restoring`;
  try {
    await rm(opened, { force: true });
    const { officeSecret, ...header } = await openBackup(file, opened, key);
    await checkSoundness(opened);
    await checkCopy(opened);
    await forgetWhoWasIn(opened);
    const keptIn = join(dataDir, 'damaged', `before-restore-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}`);
    await mkdir(keptIn, { recursive: true, mode: 0o700 });
    for (const side of ['', '-wal', '-shm']) {
      if (await exists(`${place}${side}`)) await rename(`${place}${side}`, join(keptIn, `office.sqlite${side}`));
    }
    await rename(opened, place);
    await rm(suspectMark(dataDir), { force: true });
    const secret = join(dataDir, 'office.secret');
    if (officeSecret !== null && !(await exists(secret))) await writeFile(secret, officeSecret, { mode: 0o600 });
    await flushFolder(dataDir);
    return { ...header, keptIn };
  } finally {
    await rm(opened, { force: true });
    await release();
  }
}

/** Sessions and one-time links of the time of the backup: they may have been ended since, and open nothing again. */
async function forgetWhoWasIn(file: string): Promise<void> {
  const connection = await SqliteConnection.open(file, 'read-write');
  try {
    const text = "select name from sqlite_schema where name in ('session', 'one_time')";
    const { rows } = await connection.query(text, []);
    for (const { name } of rows as readonly { readonly name: string }[]) await connection.exec(`delete from ${name}`);
  } finally {
    await connection.close();
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
