import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { orOutage } from './outages.ts';
import { backupKey } from './backup-key.ts';
import { backupHeader, sealBackup } from './backup-seal.ts';
import { copyDatabase } from './copying.ts';
import { databaseFile } from './sqlite-file.ts';
import { flushFolder } from './flushed-file.ts';
import { checkCopy } from './backup-check.ts';

/** Where backups are kept, and the key they are sealed with. */
export interface BackupPlace {
  readonly dir: string;
  readonly keyFile: string;
}

/** One backup file. `at`: when it was made, ISO 8601 UTC. */
export interface BackupFile {
  readonly path: string;
  readonly name: string;
  readonly at: string;
}

export interface MadeBackup extends BackupFile {
  readonly bytes: number;
  readonly seq: number;
  readonly keyId: string;
}

const NAME = /^office-(?<day>\d{4}-\d{2}-\d{2})T(?<h>\d{2})-(?<m>\d{2})-(?<s>\d{2})-(?<ms>\d{3})Z\.backup$/;
const UNFINISHED = /^office-[\dTZ-]+\.backup\.part$/;
/** What is older than this nobody is still making (milliseconds). */
const TAKES_AT_MOST_MS = 2 * 3_600_000;
/** However old they are, this many of the newest stay. */
const NEWEST_KEPT = 3;

/**
 * Makes a backup of the embedded database, also while the office is open: one moment of it, read through, its journal
 * checked line by line, sealed, flushed, and only then under its name.
 *
 * @throws Outage when the disk is in the way; Error when the copy is not sound; BadBackupKey
 */
export async function makeBackup(dataDir: string, { dir, keyFile }: BackupPlace, now: number): Promise<MadeBackup> {
  const key = await backupKey(keyFile);
  await orOutage(mkdir(dir, { recursive: true, mode: 0o700 }));
  await dropUnfinished(dir, now);
  const at = new Date(now).toISOString();
  const name = `office-${at.replaceAll(/[:.]/g, '-')}.backup`;
  const copy = join(dataDir, `${name}.copy`);
  const unfinished = join(dir, `${name}.part`);
  try {
    await orOutage(copyDatabase(databaseFile(dataDir), copy));
    const { seq, hash } = await checkCopy(copy);
    const officeSecret = await readFile(join(dataDir, 'office.secret'), 'utf8').catch(() => null);
    await orOutage(sealBackup(copy, unfinished, { madeAt: at, seq, hash }, { officeSecret }, key));
    const path = join(dir, name);
    await orOutage(rename(unfinished, path));
    await flushFolder(dir);
    return { path, name, at, bytes: (await stat(path)).size, seq, keyId: key.id };
  } finally {
    await rm(copy, { force: true });
    await rm(unfinished, { force: true });
  }
}

/** What a kill or a power cut left of earlier backups must not fill the disk. */
async function dropUnfinished(dir: string, now: number): Promise<void> {
  for (const name of await orOutage(readdir(dir))) {
    if (!UNFINISHED.test(name)) continue;
    const { mtimeMs } = await stat(join(dir, name)).catch(() => ({ mtimeMs: Infinity }));
    if (now - mtimeMs > TAKES_AT_MOST_MS) await orOutage(rm(join(dir, name), { force: true }));
  }
}

/** The backups of a folder, the newest first. */
export async function listBackups(dir: string): Promise<readonly BackupFile[]> {
  const names = await readdir(dir).catch(() => []);
  return names
    .flatMap((name) => {
      const { day, h, m, s, ms } = NAME.exec(name)?.groups ?? {};
      if (day === undefined) return [];
      return [{ path: join(dir, name), name, at: `${day}T${h ?? ''}:${m ?? ''}:${s ?? ''}.${ms ?? ''}Z` }];
    })
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}

/** The newest backup made by then (epoch milliseconds); its header is read, so a file that is none is passed over. */
export async function newestBackup(dir: string, by = Infinity): Promise<BackupFile | null> {
  for (const backup of await listBackups(dir)) {
    if (Date.parse(backup.at) > by) continue;
    if (await backupHeader(backup.path).catch(() => null)) return backup;
  }
  return null;
}

/** Which backups have served their time: older than the days kept, but never the newest few. */
export function outOfDate(backups: readonly BackupFile[], keepDays: number, now: number): readonly BackupFile[] {
  const since = new Date(now - keepDays * 24 * 3_600_000).toISOString();
  return [...backups]
    .sort((a, b) => (a.at < b.at ? 1 : -1))
    .slice(NEWEST_KEPT)
    .filter(({ at }) => at < since);
}

/** Deletes them. @returns how many */
export async function dropOld(dir: string, keepDays: number, now: number): Promise<number> {
  const old = outOfDate(await listBackups(dir), keepDays, now);
  for (const { path } of old) await rm(path);
  return old.length;
}
