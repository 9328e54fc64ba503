import { copyFileSync, cpSync, mkdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EpochMs } from '../../../../server/domain/ids.ts';
import { openAlarms } from '../../../../server/store/alarms.ts';
import { listBackups } from '../../../../server/store/backups.ts';
import { readBook } from '../../../../server/store/book-reading.ts';
import { isOlder, migrate, NewerTables } from '../../../../server/store/migrations.ts';
import { openStore } from '../../../../server/store/opening.ts';
import type { Tables } from '../../../../server/store/schema.ts';
import { SqliteDialect } from '../../../../server/store/sqlite-dialect.ts';
import { openSafely } from '../../../../server/store/sqlite-file.ts';
import { makeEarlier, makeLater, renameStep } from '../../../support/earlier-version.ts';
import { DAY, LedgerOffice, many } from '../../../support/ledgers.ts';

let office: LedgerOffice;

beforeEach(async () => {
  office = await LedgerOffice.open();
  await many(3, () => office.issue());
  await office.close();
  await makeEarlier(office.place.dataDir);
});

afterEach(() => office.remove());

test('whenever a kill ends it, the tables have the old form or the new one, and nobody is lost', async () => {
  const { dataDir } = office.place;
  const moments: string[] = [];
  const asAfterKill = (): void => {
    const folder = join(dataDir, `killed-${moments.length}`);
    mkdirSync(folder);
    for (const name of ['office.sqlite', 'office.sqlite-wal']) copyFileSync(join(dataDir, name), join(folder, name));
    cpSync(join(dataDir, 'audit.jsonl'), join(folder, 'audit.jsonl'));
    moments.push(folder);
  };
  // Told after each statement, while nothing else is under way: the files then are what a kill leaves behind.
  const kysely = new Kysely<Tables>({ dialect: new SqliteDialect(() => openSafely(dataDir)), log: asAfterKill });
  expect(await isOlder(kysely)).toBe(true);
  await migrate(kysely);
  expect(await isOlder(kysely)).toBe(false);
  await kysely.destroy();
  expect(moments.length).toBeGreaterThan(8);
  for (const folder of moments) {
    const store = await openStore({ dataDir: folder, databaseUrl: null, office: 'office' });
    expect(store.restored, folder).toBeNull();
    const { open } = await store.database.read((trx) => readBook(trx, DAY, office.now as EpochMs));
    expect(
      open
        .valueSeq()
        .map(({ number }) => number)
        .toArray()
        .sort(),
    ).toEqual(['A001', 'A002', 'A003']);
    await store.close();
  }
});

test('a backup is made first, which the earlier version can go on from, and numbers go on', async () => {
  const { backups } = office.place;
  if (!backups) throw new Error('the place has backups');
  await office.openAgain();
  expect(await listBackups(backups.dir)).toHaveLength(1);
  expect(await office.issue()).toMatchObject({ value: { reply: { number: 'A004' } } });
  await office.close();
  await office.openAgain();
  expect(await listBackups(backups.dir)).toHaveLength(1);
});

test('an office that cannot make one opens all the same, and the head is told why', async () => {
  const { backups } = office.place;
  if (!backups) throw new Error('the place has backups');
  await writeFile(backups.dir, 'no folder');
  await office.openAgain();
  expect(await office.store.database.read(openAlarms)).toMatchObject([{ kind: 'backup-failed' }]);
  expect(await office.issue()).toMatchObject({ value: { reply: { number: 'A004' } } });
});

test('tables that a newer version has changed are left alone, and whoever started the older one is told', async () => {
  const { dataDir } = office.place;
  await office.openAgain();
  await office.close();
  await makeLater(dataDir);
  const before = readFileSync(join(dataDir, 'office.sqlite'));
  const opening = openStore(office.place);
  await expect(opening).rejects.toThrow(NewerTables);
  await expect(opening).rejects.toThrow(/newer version.*999-of-tomorrow.*Nothing was touched/);
  expect(readFileSync(join(dataDir, 'office.sqlite')).equals(before)).toBe(true);
});

test('a damaged name in the list of steps is damage, and nobody is lost', async () => {
  await office.openAgain();
  await office.close();
  await renameStep(office.place.dataDir, '001-the-office', '041-the-office');
  await office.openAgain();
  expect(office.store.restored).toMatchObject({ cause: 'damaged' });
  expect(await office.issue()).toMatchObject({ ok: true });
});
