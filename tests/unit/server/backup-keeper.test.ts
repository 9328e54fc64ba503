import { writeFile } from 'node:fs/promises';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BackupKeeper } from '../../../server/backup-keeper.ts';
import { Outage } from '../../../server/basics/outage.ts';
import type { EpochMs, StaffId } from '../../../server/domain/ids.ts';
import { listBackups } from '../../../server/store/backups.ts';
import { LedgerOffice } from '../../support/ledgers.ts';

let office: LedgerOffice;
beforeEach(async () => {
  office = await LedgerOffice.open();
});
afterEach(() => office.remove());

function keeper(): { keeper: BackupKeeper; dir: string; keyFile: string } {
  const { dataDir, backups } = office.place;
  if (!backups) throw new Error('the place has backups');
  const config = { dataDir, backups, backupAt: '02:30', backupKeepDays: 30, zone: 'Europe/Tallinn', databaseUrl: null };
  const now = (): EpochMs => office.now as EpochMs;
  const onLines = office.ledger.follow.bind(office.ledger);
  const parts = { config, database: office.store.database, onLines, now, log: pino({ level: 'silent' }) };
  return { keeper: new BackupKeeper(parts), ...backups };
}

test('a backup asked for twice at once is made once, and the journal says who asked', async () => {
  await office.issue();
  const { keeper: kept, dir } = keeper();
  expect(await kept.newestAt()).toBeNull();
  const [first, second] = await Promise.all([kept.make('head-1' as StaffId), kept.make('head-1' as StaffId)]);
  expect(first).toEqual(second);
  expect(await listBackups(dir)).toHaveLength(1);
  expect(await kept.newestAt()).toBe(Date.parse(first.at));
  expect((await office.lines()).at(-1)).toMatchObject({ kind: 'backup.made', actor: 'head-1', body: { upTo: 1 } });
});

test('a backup that cannot be made says why', async () => {
  const { keeper: kept, dir } = keeper();
  await writeFile(dir, 'a file stands where the folder should be');
  await expect(kept.make('system')).rejects.toThrow(Outage);
  await expect(kept.make('system')).rejects.toThrow('no backup was made');
});
