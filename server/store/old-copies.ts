import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { EpochMs } from '../domain/ids.ts';
import { orOutage } from './outages.ts';

const DAY_MS = 24 * 3_600_000;
/** Open copies of the database that a backup or a restore works on for minutes; one that is a day old was left behind. */
const WORK = /^office-.*\.backup\.copy|^office\.sqlite\.restoring/;
/** What a restore put aside is named by when it did. */
const PUT_ASIDE = /^(?:before-restore-)?(?<day>\d{4}-\d{2}-\d{2})T(?<h>\d{2})-(?<m>\d{2})-(?<s>\d{2})-(?<ms>\d{3})Z$/;

/**
 * Copies of the database in the data folder that hold what the office itself keeps no longer: what restores put aside, and
 * open copies that a killed backup or restore left.
 *
 * @param keepDays how long what was put aside stays, for whoever looks into what happened
 * @returns their paths
 * @throws Outage when the folder cannot be read
 */
export async function oldCopies(
  dataDir: string,
  { keepDays, now, realNow }: { readonly keepDays: number; readonly now: EpochMs; readonly realNow: EpochMs },
): Promise<readonly string[]> {
  const aside = await namesIn(join(dataDir, 'damaged'));
  const old = aside
    .filter((name) => (putAsideAt(name) ?? now) < now - keepDays * DAY_MS)
    .map((name) => join(dataDir, 'damaged', name));
  for (const name of await namesIn(dataDir)) {
    if (WORK.test(name) && (await changedAt(join(dataDir, name))) < realNow - DAY_MS) old.push(join(dataDir, name));
  }
  return old;
}

/** Deletes them. @throws Outage */
export async function dropCopies(paths: readonly string[]): Promise<void> {
  for (const path of paths) await orOutage(rm(path, { recursive: true, force: true }));
}

function putAsideAt(name: string): number | null {
  const { day, h, m, s, ms } = PUT_ASIDE.exec(name)?.groups ?? {};
  return day === undefined ? null : Date.parse(`${day}T${h ?? ''}:${m ?? ''}:${s ?? ''}.${ms ?? ''}Z`);
}

async function namesIn(dir: string): Promise<readonly string[]> {
  try {
    return await readdir(dir);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    return orOutage(Promise.reject(cause as Error));
  }
}

async function changedAt(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => Number.POSITIVE_INFINITY, // it went meanwhile
  );
}
