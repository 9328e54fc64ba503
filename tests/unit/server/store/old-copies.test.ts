import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EpochMs } from '../../../../server/domain/ids.ts';
import { dropCopies, oldCopies } from '../../../../server/store/old-copies.ts';

const NOW = Date.parse('2026-11-25T12:00:00Z') as EpochMs;
const WHEN = { keepDays: 30, now: NOW, realNow: NOW };
let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'infolett-copies-'));
});

afterEach(() => rm(dataDir, { recursive: true, force: true }));

async function aFile(name: string, hoursAgo: number): Promise<void> {
  const path = join(dataDir, name);
  await writeFile(path, 'x');
  await utimes(path, NOW / 1000, NOW / 1000 - hoursAgo * 3_600);
}

test('what a restore put aside stays for the days needs and notes stay, and goes then; what nobody here made stays', async () => {
  for (const name of [
    '2026-10-25T11-59-00-000Z',
    'before-restore-2026-10-20T08-00-00-123Z',
    '2026-10-27T08-00-00-000Z',
    'before-restore-2026-11-25T08-00-00-000Z',
    'looked-at-by-hand',
  ]) {
    await mkdir(join(dataDir, 'damaged', name), { recursive: true });
    await writeFile(join(dataDir, 'damaged', name, 'office.sqlite'), 'x');
  }
  await dropCopies(await oldCopies(dataDir, WHEN));
  expect((await readdir(join(dataDir, 'damaged'))).sort()).toEqual([
    '2026-10-27T08-00-00-000Z',
    'before-restore-2026-11-25T08-00-00-000Z',
    'looked-at-by-hand',
  ]);
});

test('an open copy that a killed backup or restore left behind goes after a day; one that is being made stays, and all else', async () => {
  await aFile('office-2026-11-23T02-30-00-000Z.backup.copy', 57);
  await aFile('office-2026-11-23T02-30-00-000Z.backup.copy-journal', 57);
  await aFile('office.sqlite.restoring', 25);
  await aFile('office-2026-11-25T02-30-00-000Z.backup.copy', 1);
  await aFile('office.sqlite', 400);
  await aFile('audit.jsonl', 400);
  await aFile('office-2026-10-01T02-30-00-000Z.backup', 400);
  await dropCopies(await oldCopies(dataDir, WHEN));
  expect((await readdir(dataDir)).sort()).toEqual([
    'audit.jsonl',
    'office-2026-10-01T02-30-00-000Z.backup',
    'office-2026-11-25T02-30-00-000Z.backup.copy',
    'office.sqlite',
  ]);
});

test('a new office has none', async () => {
  expect(await oldCopies(join(dataDir, 'nowhere'), WHEN)).toEqual([]);
});
