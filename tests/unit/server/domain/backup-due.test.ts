import { expect, test } from 'vitest';
import { isBackupDue } from '../../../../server/domain/backup-due.ts';
import type { EpochMs } from '../../../../server/domain/ids.ts';

const at = (text: string): EpochMs => Date.parse(text) as EpochMs;
const due = (newest: string | null, now: string): boolean =>
  isBackupDue(newest === null ? null : at(newest), '02:30', at(now), 'Europe/Tallinn');

test('a backup is due once after 02:30 by the wall clock of the office', () => {
  expect(due('2026-11-24T00:31:00Z', '2026-11-25T00:29:00Z')).toBe(false);
  expect(due('2026-11-24T00:31:00Z', '2026-11-25T00:30:00Z')).toBe(true);
  expect(due('2026-11-25T00:30:10Z', '2026-11-25T00:31:00Z')).toBe(false);
});

test('an office without any makes its first one, and one that slept through the night makes up for it', () => {
  expect(due(null, '2026-11-24T08:00:00Z')).toBe(true);
  expect(due('2026-11-20T00:30:00Z', '2026-11-24T08:00:00Z')).toBe(true);
});

test('on the days of the clock change there is one backup, too', () => {
  expect(due('2026-10-24T23:31:00Z', '2026-10-25T01:00:00Z')).toBe(false); // 02:30 EEST, then 03:00 EET
  expect(due('2027-03-27T00:30:10Z', '2027-03-28T00:31:00Z')).toBe(true);
});
