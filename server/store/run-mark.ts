import { copyFile, open, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { databaseFile } from './sqlite-file.ts';

/** A write-ahead log longer than this is not copied: it would cost the start more than the evidence is worth (bytes). */
const LOG_COPIED_AT_MOST = 256 * 1024 * 1024;

/**
 * A file that stands while a server runs: found at a start, the last one did not stop cleanly. The write-ahead log is then
 * kept as it was found, for SQLite drops what it cannot read.
 *
 * @returns whether the last stop was clean
 */
export async function markRunning(dataDir: string): Promise<boolean> {
  const mark = runMark(dataDir);
  const wasClean = !(await exists(mark));
  const log = `${databaseFile(dataDir)}-wal`;
  const size = await stat(log).then(
    (found) => found.size,
    () => 0,
  );
  if (!wasClean && size > 0 && size < LOG_COPIED_AT_MOST) await copyFile(log, `${log}.before-start`);
  await writeFile(mark, `${process.pid}\n`, { mode: 0o600 });
  return wasClean;
}

/** All is well after the start: the copy of the log has served. */
export async function startedWell(dataDir: string): Promise<void> {
  await rm(`${databaseFile(dataDir)}-wal.before-start`, { force: true });
}

export async function markStopped(dataDir: string): Promise<void> {
  await rm(runMark(dataDir), { force: true });
}

/** The running server met damage: the next start is to believe it, whatever a look at the file says. */
export async function markSuspect(dataDir: string, words: string): Promise<void> {
  const handle = await open(suspectMark(dataDir), 'w', 0o600);
  try {
    await handle.writeFile(words);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export function suspectMark(dataDir: string): string {
  return join(dataDir, 'office.suspect');
}

function runMark(dataDir: string): string {
  return join(dataDir, 'office.running');
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
