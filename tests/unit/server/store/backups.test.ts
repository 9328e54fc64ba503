import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DeviceId, EpochMs, StaffId } from '../../../../server/domain/ids.ts';
import { insertAccount } from '../../../../server/store/accounts.ts';
import { openAlarms } from '../../../../server/store/alarms.ts';
import { backupKey } from '../../../../server/store/backup-key.ts';
import { backupHeader, BadBackup, openBackup } from '../../../../server/store/backup-seal.ts';
import { dropOld, listBackups, makeBackup, outOfDate, type BackupPlace } from '../../../../server/store/backups.ts';
import {
  insertDevice,
  pairedDevices,
  revokeDevice,
  USUAL_LIMITS,
  type Device,
} from '../../../../server/store/devices.ts';
import { insertSession, sessionByHash } from '../../../../server/store/sessions.ts';
import { LedgerOffice, many } from '../../../support/ledgers.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const DAY_MS = 24 * 3_600_000;
const run = promisify(execFile);

let office: LedgerOffice;
let folder: string;
let place: BackupPlace;

beforeEach(async () => {
  office = await LedgerOffice.open();
  folder = await mkdtemp(join(tmpdir(), 'infolett-backups-'));
  place = { dir: join(folder, 'backups'), keyFile: join(folder, 'keys', 'backup.key') };
});

afterEach(async () => {
  await office.remove();
  await rm(folder, { recursive: true, force: true });
});

const make = (at = office.now) => makeBackup(office.place.dataDir, place, at);

/** The npm script, as an operator runs it. */
function npm(script: 'backup' | 'restore', ...args: readonly string[]) {
  const env = { ...process.env, DATA_DIR: office.place.dataDir, BACKUP_DIR: place.dir, BACKUP_KEY: place.keyFile };
  return run(process.execPath, [join(ROOT, `server/${script}.ts`), ...args], { env });
}

describe('a backup', () => {
  test('is one moment of the office, also while numbers are taken, and leaves nothing else behind', async () => {
    const issuing = many(400, () => office.issue());
    const made = await make();
    await issuing;
    const opened = join(folder, 'opened.sqlite');
    const { seq } = await openBackup(made.path, opened, await backupKey(place.keyFile));
    expect(seq).toBe(made.seq);
    expect(seq).toBeLessThanOrEqual(400);
    expect(await readdir(place.dir)).toEqual([made.name]);
    expect((await readdir(office.place.dataDir)).filter((name) => name.includes('backup'))).toEqual([]);
  });

  test('shows nothing of the office without its key, and file and key are for their owner alone', async () => {
    await office.issue();
    const { path } = await make();
    const bytes = await readFile(path);
    for (const word of ['SQLite format', 'ticket', 'papers.submit', 'A001']) expect(bytes.includes(word)).toBe(false);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(place.keyFile)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'keys'))).mode & 0o777).toBe(0o700);
  });

  test('opens with its own key only', async () => {
    await office.issue();
    const { path } = await make();
    const other = await backupKey(join(folder, 'other.key'));
    await expect(openBackup(path, join(folder, 'opened'), other)).rejects.toMatchObject({ why: 'other-key' });
    const header = await backupHeader(path);
    // even when somebody writes the other key's name into it
    const text = (await readFile(path)).toString('latin1').replace(header.keyId, other.id);
    await writeFile(path, Buffer.from(text, 'latin1'));
    await expect(openBackup(path, join(folder, 'opened'), other)).rejects.toMatchObject({ why: 'tampered' });
    expect(await readdir(folder)).not.toContain('opened');
  });

  test('of which one bit was changed, anywhere, or a piece is missing, does not open', async () => {
    await many(3, () => office.issue());
    const { path } = await make();
    const key = await backupKey(place.keyFile);
    const whole = await readFile(path);
    const changed = join(folder, 'changed');
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: whole.length * 8 - 1 }), fc.boolean(), async (bit, cut) => {
        const bytes = Buffer.from(whole);
        const at = bit >> 3;
        bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << (bit & 7)), at);
        await writeFile(changed, cut ? whole.subarray(0, at) : bytes);
        await expect(openBackup(changed, join(folder, 'opened'), key)).rejects.toThrow(BadBackup);
      }),
      { numRuns: 60 },
    );
  });

  test('is not made of a journal that was changed', async () => {
    await many(3, () => office.issue());
    await office.store.database.commit((trx) =>
      trx.updateTable('journal').set({ actor: 'somebody-else' }).where('seq', '=', 2).execute(),
    );
    await expect(make()).rejects.toThrow('journal line 2 is not as it was written');
    expect(await readdir(place.dir)).toEqual([]);
  });
});

test('what a killed backup left behind goes with the next one; one that is being made stays', async () => {
  await make();
  const old = join(place.dir, 'office-2026-01-01T01-00-00-000Z.backup.part');
  const young = join(place.dir, 'office-2026-01-01T02-00-00-000Z.backup.part');
  const hoursAgo = (hours: number): Date => new Date(office.now - hours * 3_600_000);
  for (const [file, hours] of [
    [old, 3],
    [young, 1],
  ] as const) {
    await writeFile(file, 'half a backup');
    await utimes(file, hoursAgo(hours), hoursAgo(hours));
  }
  await make(office.now + 1);
  expect((await readdir(place.dir)).filter((name) => name.endsWith('.part'))).toEqual([basename(young)]);
});

describe('which backups stay', () => {
  const files = (ages: readonly number[]) =>
    ages.map((days) => ({ path: `${days}`, name: `${days}`, at: new Date(office.now - days * DAY_MS).toISOString() }));

  test('those younger than the days kept, and the newest three whatever their age', () => {
    const old = outOfDate(files([0, 1, 5, 29, 31, 40]), 30, office.now);
    expect(old.map(({ name }) => name)).toEqual(['31', '40']);
    expect(outOfDate(files([50, 60, 70, 80]), 30, office.now).map(({ name }) => name)).toEqual(['80']);
  });

  test('for any ages: none that is young enough goes, and three stay where there are three', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: 400 })), fc.integer({ min: 1, max: 90 }), (ages, keep) => {
        const all = files(ages);
        const old = new Set(outOfDate(all, keep, office.now).map(({ name }) => Number(name)));
        const stay = ages.filter((age) => !old.has(age));
        expect(ages.filter((age) => age <= keep).every((age) => !old.has(age))).toBe(true);
        expect(stay.length).toBeGreaterThanOrEqual(Math.min(3, ages.length));
        expect(Math.min(...stay, Infinity)).toBe(Math.min(...ages, Infinity));
      }),
    );
  });

  test('what has served its time is deleted; other files in the folder are not touched', async () => {
    const old = await make(office.now - 60 * DAY_MS);
    const others = [await make(office.now - 3), await make(office.now - 2), await make(office.now - 1)];
    await copyFile(old.path, join(place.dir, 'a-copy-somebody-made.backup'));
    expect(await dropOld(place.dir, 30, office.now)).toBe(1);
    expect((await listBackups(place.dir)).map(({ name }) => name)).toEqual(others.map(({ name }) => name).reverse());
    expect(await readdir(place.dir)).toContain('a-copy-somebody-made.backup');
  });
});

describe('the drill: from npm run backup to an office that goes on', () => {
  test('on a new machine, from nothing but the backup and its key', async () => {
    await many(3, () => office.issue());
    await npm('backup'); // while the office is open
    const before = office.book;
    await office.close();
    await rm(office.place.dataDir, { recursive: true });
    const { stdout } = await npm('restore', '--newest');
    expect(stdout).toContain('at journal line 3');
    await office.openAgain();
    expect(office.store.restored).toBeNull();
    expect(office.book.open.toJS()).toEqual(before.open.toJS());
    // Whoever took a number after the backup holds A004 on paper, and no file here knows.
    expect(await office.issue()).toMatchObject({ value: { reply: { number: 'A601' } } });
    expect(await office.store.database.read(openAlarms)).toMatchObject([{ kind: 'audit-rebuilt' }]);
    await office.close();
    await office.openAgain();
    expect(await office.issue()).toMatchObject({ value: { reply: { number: 'A602' } } });
  });

  test('people and screens are as they were last, not as the backup has them, and nobody is still signed in', async () => {
    const { database, essentials } = office.store;
    const screen: Device = {
      ...{ id: 'screen' as DeviceId, kind: 'kiosk', name: 'Fuajee', tokenHash: 'x', limits: USUAL_LIMITS },
      ...{ pairedAt: office.now as EpochMs, revokedAt: null, pairedBy: null, seenAt: null },
    };
    const session = { tokenHash: 's', staffId: 'head-1' as StaffId, method: 'passphrase', browser: 'x' } as const;
    const [createdAt, endsAt] = [office.now as EpochMs, (office.now + DAY_MS) as EpochMs];
    await database.write((trx) =>
      insertAccount(trx, {
        ...{ id: session.staffId, username: 'liis', name: 'Liis Mets', role: 'head', services: [], languages: [] },
        ...{ passphraseHash: 'x', disabled: false },
      }),
    );
    await database.write((trx) => insertDevice(trx, screen));
    await database.write((trx) => insertSession(trx, { ...session, createdAt, seenAt: createdAt, endsAt }));
    await office.issue();
    await npm('backup');
    await database.write((trx) => revokeDevice(trx, screen.id, createdAt));
    await essentials.keep();
    await office.issue();
    await office.close();
    await npm('restore', '--newest');
    await office.openAgain();
    expect(office.store.restored).toMatchObject({ cause: 'behind' });
    expect(await office.store.database.read(pairedDevices)).toEqual([]);
    expect(await office.store.database.read((trx) => sessionByHash(trx, session.tokenHash))).toBeNull();
  });

  test('with the audit file still there, no number is given twice', async () => {
    await many(3, () => office.issue());
    await npm('backup');
    await many(2, () => office.issue());
    await office.close();
    await npm('restore', '--newest');
    await office.openAgain();
    expect(office.store.restored).toMatchObject({ cause: 'behind', replayed: 2 });
    expect(
      office.book.open
        .valueSeq()
        .filter(({ needId }) => needId !== null)
        .count(),
    ).toBe(3);
    expect(await office.issue()).toMatchObject({ value: { reply: { number: 'A006' } } });
    const kept = await readdir(join(office.place.dataDir, 'damaged'));
    expect(kept.some((name) => name.startsWith('before-restore-'))).toBe(true);
  });

  test('is refused while the office is open, with a wrong key, and with a changed file; nothing is touched', async () => {
    await office.issue();
    const path = (await npm('backup')).stdout.trim();
    await expect(npm('restore', path)).rejects.toMatchObject({
      stderr: expect.stringContaining('serves the office') as string,
    });
    await office.close();
    const before = await readFile(join(office.place.dataDir, 'office.sqlite'));
    await copyFile(place.keyFile, join(folder, 'kept.key'));
    await rm(place.keyFile);
    await expect(npm('restore', path)).rejects.toMatchObject({
      stderr: expect.stringContaining('there is no key') as string,
    });
    await backupKey(place.keyFile);
    await expect(npm('restore', path)).rejects.toMatchObject({
      stderr: expect.stringContaining('the key at hand') as string,
    });
    await copyFile(join(folder, 'kept.key'), place.keyFile);
    const bytes = await readFile(path);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 200) ^ 1, bytes.length - 200);
    await writeFile(path, bytes);
    await expect(npm('restore', path)).rejects.toMatchObject({
      stderr: expect.stringContaining('its seal does not fit') as string,
    });
    expect(await readFile(join(office.place.dataDir, 'office.sqlite'))).toEqual(before);
    await office.openAgain();
  });
});
