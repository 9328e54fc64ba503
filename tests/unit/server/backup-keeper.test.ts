import { rm, writeFile } from 'node:fs/promises';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BackupKeeper } from '../../../server/backup-keeper.ts';
import { Outage } from '../../../server/basics/outage.ts';
import type { EpochMs, StaffId } from '../../../server/domain/ids.ts';
import { listBackups, makeBackup } from '../../../server/store/backups.ts';
import { OfficeWatch } from '../../../server/watch/office-watch.ts';
import { LedgerOffice } from '../../support/ledgers.ts';

let office: LedgerOffice;
beforeEach(async () => {
  office = await LedgerOffice.open();
});
afterEach(() => office.remove());

function keeper(): { keeper: BackupKeeper; watch: OfficeWatch; dir: string; keyFile: string } {
  const { dataDir, backups } = office.place;
  if (!backups) throw new Error('the place has backups');
  const config = { dataDir, backups, backupAt: '02:30', backupKeepDays: 30, zone: 'Europe/Tallinn', databaseUrl: null };
  const now = (): EpochMs => office.now as EpochMs;
  const onLines = office.ledger.follow.bind(office.ledger);
  const parts = { database: office.store.database, onLines, now, log: pino({ level: 'silent' }) };
  const watch = new OfficeWatch({ ...parts, dataDir, reserveBytes: 0, onDamage: () => undefined });
  return { keeper: new BackupKeeper({ ...parts, config, watch }), watch, ...backups };
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

test('a night without a backup stands on every console at once, and once', async () => {
  const { keeper: kept, watch, dir } = keeper();
  await writeFile(dir, 'a file stands where the folder should be');
  await kept.look();
  expect(watch.rows).toMatchObject([
    { kind: 'backup-failed', body: { words: expect.stringContaining('no backup') as string } },
  ]);
  const { keeper: again } = keeper(); // an hour later
  await watch.start();
  await again.look();
  expect(watch.rows).toHaveLength(1);
  await watch.stop();
});

test('a backup from a day when the clock was wrong keeps no night from having its own', async () => {
  const { keeper: kept, dir, keyFile } = keeper();
  const { path } = await makeBackup(office.place.dataDir, { dir, keyFile }, Date.now() + 400 * 24 * 3_600_000);
  expect(await kept.newestAt()).toBeNull();
  await kept.look();
  expect(await listBackups(dir)).toHaveLength(2);
  expect((await listBackups(dir))[0]).toMatchObject({ path });
  expect(await kept.newestAt()).toBeLessThanOrEqual(Date.now());
});

test('a key that was lost and made anew is told: what is printed and kept in a safe place opens nothing new', async () => {
  const { keeper: kept, watch, keyFile } = keeper();
  expect(await kept.opensNewest()).toBe(false);
  const first = await kept.make('system');
  await kept.make('system');
  expect(await kept.opensNewest()).toBe(true);
  expect(watch.rows).toEqual([]);
  await rm(keyFile);
  expect(await kept.opensNewest()).toBe(false);
  const { keyId } = await kept.make('system');
  expect(watch.rows).toMatchObject([{ kind: 'backup-key-changed', body: { keyId, before: first.keyId } }]);
});
