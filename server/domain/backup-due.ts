import type { EpochMs } from './ids.ts';
import { dayBefore, instantOf, localDay } from './local-time.ts';

/** A backup older than this is too old: one night was missed (milliseconds). */
export const BACKUP_TOO_OLD_MS = 26 * 3_600_000;

/**
 * Whether a backup is to be made now: none was made since the last time of day set for it. A server that slept through
 * the night makes up for it.
 *
 * @param newestAt when the newest one was made; `null`: there is none
 * @param time `HH:MM` by the office's clock
 */
export function isBackupDue(newestAt: EpochMs | null, time: string, now: EpochMs, zone: string): boolean {
  const today = localDay(now, zone);
  const todays = instantOf(today, time, zone);
  const last = todays <= now ? todays : instantOf(dayBefore(today), time, zone);
  return newestAt === null || newestAt < last;
}
