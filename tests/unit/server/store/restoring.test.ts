import { randomUUID } from 'node:crypto';
import { copyFile, open, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chainHash } from '../../../../server/domain/chain.ts';
import type { DeviceId, EpochMs, StaffId } from '../../../../server/domain/ids.ts';
import { exportRecord } from '../../../../server/domain/journal.ts';
import { accountByName, insertAccount, tell, updateAccount } from '../../../../server/store/accounts.ts';
import { acknowledgeAlarm, openAlarms } from '../../../../server/store/alarms.ts';
import { listBackups, makeBackup } from '../../../../server/store/backups.ts';
import { insertDevice, pairedDevices, revokeDevice } from '../../../../server/store/devices.ts';
import { deletePasskey, factorsOf, insertPasskey, putTotp } from '../../../../server/store/factors.ts';
import { keypadSetting, saveKeypadSetting } from '../../../../server/store/keypads.ts';
import { changeHall, currentHall } from '../../../../server/store/hall-store.ts';
import { oneTimeByHash, putOneTime } from '../../../../server/store/one-time.ts';
import { openStore } from '../../../../server/store/opening.ts';
import { currentPlan, savePlan } from '../../../../server/store/plan-store.ts';
import { putBack } from '../../../../server/store/putting-back.ts';
import { markSuspect } from '../../../../server/store/run-mark.ts';
import { deleteSessionsOf, insertSession, sessionsOf } from '../../../../server/store/sessions.ts';
import { putSignInRules, readSignInRules } from '../../../../server/store/sign-in-rules.ts';
import { lasting, LedgerOffice, many, PLAN } from '../../../support/ledgers.ts';

let office: LedgerOffice;
const file = (suffix = ''): string => join(office.place.dataDir, `office.sqlite${suffix}`);
const audit = (): string => join(office.place.dataDir, 'audit.jsonl');

beforeEach(async () => {
  office = await LedgerOffice.open();
});

afterEach(() => office.remove());

/** Ends as a kill does: the files stay as they are at this moment, write-ahead log and mark of running included. */
async function killed(): Promise<void> {
  const kept = ['', '-wal', '-shm'];
  for (const side of kept) await copyFile(file(side), file(`${side}.now`));
  await office.close();
  for (const side of kept) await copyFile(file(`${side}.now`), file(side)).then(() => rm(file(`${side}.now`)));
  await writeFile(join(office.place.dataDir, 'office.running'), '1\n');
}

async function overwrite(path: string, at: number, bytes: Buffer): Promise<void> {
  const handle = await open(path, 'r+');
  await handle.write(bytes, 0, bytes.length, at);
  await handle.close();
}

async function backup(): Promise<void> {
  const { dataDir, backups } = office.place;
  if (!backups) throw new Error('the place has backups');
  await makeBackup(dataDir, backups, office.now);
}

/** Everything a restore promises, whatever was damaged. */
async function expectWhole(numbers: readonly string[]): Promise<void> {
  const lines = await office.lines();
  let before = { seq: 0, hash: '' };
  for (const line of lines) {
    expect(line).toMatchObject({ seq: before.seq + 1, prevHash: before.hash });
    expect(chainHash(line.prevHash, exportRecord(line))).toBe(line.hash);
    before = line;
  }
  const audited = (await readFile(audit(), 'utf8')).trimEnd().split('\n');
  expect(audited.map((text) => (JSON.parse(text) as { hash: string }).hash)).toEqual(lines.map(({ hash }) => hash));
  const open = office.book.open.valueSeq().map(({ number }) => number as string);
  expect(open.toArray().sort()).toEqual(numbers);
  const next = await office.issue();
  expect(next).toMatchObject({ ok: true });
  expect(numbers).not.toContain(next.ok ? next.value.reply.number : '');
}

const NUMBERS = ['A001', 'A002', 'A003', 'A004', 'A005'];

const DAMAGES: readonly (readonly [string, () => Promise<void>])[] = [
  ['the database is gone', () => rm(file())],
  ['the database is empty', () => truncate(file(), 0)],
  ['its first bytes are overwritten', () => overwrite(file(), 0, Buffer.from('something else entirely'))],
  ['its header says another page size', () => overwrite(file(), 16, Buffer.from([0x02, 0x00]))],
  ['its header says that it may not be written', () => overwrite(file(), 18, Buffer.from([0x07, 0x07]))],
  ['half of it is cut off', async () => truncate(file(), Math.floor((await stat(file())).size / 2))],
  ['pages are overwritten', () => overwrite(file(), 4096 * 3, Buffer.alloc(4096 * 4, 0x5a))],
  ['the write-ahead log is gone', () => rm(file('-wal'))],
  ['the write-ahead log lost its end', async () => truncate(file('-wal'), (await stat(file('-wal'))).size - 100)],
  ['one bit in the middle of the write-ahead log flipped', () => overwrite(file('-wal'), 20_000, Buffer.from([0xff]))],
  [
    'log and database are both overwritten',
    async () => {
      await overwrite(file(), 4096, Buffer.alloc(4096, 0x5a));
      await overwrite(file('-wal'), 0, Buffer.alloc(64, 0x5a));
    },
  ],
];

describe.each(DAMAGES)('when %s', (_, damage) => {
  test('the office has every ticket again from the audit file alone, and says what it did', async () => {
    await many(3, () => office.issue());
    await office.close(); // its pages are in the file now, no longer in the log alone
    await office.openAgain();
    await many(2, () => office.issue());
    await killed();
    await damage();
    await office.openAgain();
    expect(office.store).toMatchObject({
      stoppedCleanly: false,
      restored: { numbersJumped: false, lost: [], epoch: 2 },
    });
    await expectWhole(NUMBERS);
    const [restored] = (await office.lines()).filter(({ kind }) => kind === 'office.restored');
    expect(restored?.body).toMatchObject({ epoch: 2, base: { kind: expect.any(String) as string } });
    expect(await office.store.database.read(openAlarms)).toMatchObject([{ kind: 'restored', body: { epoch: 2 } }]);
    const [kept = ''] = await readdir(join(office.place.dataDir, 'damaged'));
    expect(await readdir(join(office.place.dataDir, 'damaged', kept))).toEqual(expect.any(Array));
  });

  test('and with a backup it keeps the needs that the backup has', async () => {
    await many(2, () => office.issue());
    await backup();
    await office.close();
    await office.openAgain();
    await many(3, () => office.issue());
    await killed();
    await damage();
    await office.openAgain();
    const needs = office.book.open.valueSeq().filter(({ needId }) => needId !== null);
    expect(needs.map(({ number }) => number).toArray()).toEqual(expect.arrayContaining(['A001', 'A002']));
    const lost = office.book.open.valueSeq().filter(({ needLost }) => needLost === true);
    expect(office.store.restored?.withoutNeed).toBe(lost.count());
    await expectWhole(NUMBERS);
  });
});

test('a restored day is the day as it was: tickets, desks, numbers, calls, what can be called next', async () => {
  await office.seatAll();
  await many(30, () => office.issue());
  await many(6, (i) => office.callTo(i));
  const before = office.book;
  await office.close();
  await rm(file());
  await office.openAgain();
  const plain = (book: typeof before): unknown =>
    JSON.parse(
      JSON.stringify(lasting(book), (key, value: unknown) =>
        ['needId', 'needLost', 'answered', 'answeredBefore', 'seq', 'revision'].includes(key) ? undefined : value,
      ),
    );
  expect(plain(office.book)).toEqual(plain(before));
});

test('two days come back as two days, also when the line that opened the second one is lost', async () => {
  await office.seatAll();
  await many(2, () => office.issue());
  await office.callTo(0);
  await office.finishAt(0);
  await office.callTo(0);
  await office.finishAt(0); // nobody is left, so the next day begins with the first number again
  office.now += 24 * 3_600_000;
  await office.issue();
  await office.callTo(0);
  await office.finishAt(0);
  await office.issue();
  await office.callTo(1);
  const lines = await office.lines();
  const openedBy = lines.findLast(({ kind, body }) => kind === 'ticket.issued' && body.number === 'A001');
  await office.close();
  const text = await readFile(audit(), 'utf8');
  await writeFile(
    audit(),
    text
      .split('\n')
      .filter((line) => !line.includes(`"hash":"${openedBy?.hash ?? ''}"`))
      .join('\n'),
  );
  await rm(file());
  await office.openAgain();
  const days = await office.store.database.read((trx) =>
    trx.selectFrom('ticket').select(['number', 'day', 'closed_on']).orderBy('day').orderBy('number').execute(),
  );
  expect(days).toEqual([
    { number: 'A001', day: '2026-11-24', closed_on: '2026-11-24' },
    { number: 'A002', day: '2026-11-24', closed_on: '2026-11-24' },
    { number: 'A001', day: '2026-11-25', closed_on: '2026-11-25' },
    { number: 'A002', day: '2026-11-25', closed_on: null },
  ]);
  expect(office.store.restored?.lost).toEqual([[openedBy?.seq, openedBy?.seq]]);
});

test('a request that was answered before the damage is answered the same after it', async () => {
  const requestId = randomUUID();
  const first = await office.issue(requestId);
  await office.close();
  await rm(file());
  await office.openAgain();
  expect(await office.issue(requestId)).toEqual({
    ok: true,
    value: { reply: first.ok ? first.value.reply : null, isRepeat: true },
  });
});

test('damage that SQLite itself does not see is seen: a journal line, a ticket', async () => {
  await many(3, () => office.issue());
  await office.close();
  const whole = await readFile(file());
  for (const [from, to] of [
    ['"number":"A002"', '"number":"A009"'],
    ['ticket.issued', 'ticket.isued!'],
  ]) {
    await writeFile(file(), Buffer.from(whole.toString('latin1').replaceAll(from ?? '', to ?? ''), 'latin1'));
    await office.openAgain();
    expect(office.store.restored).toMatchObject({ cause: 'damaged' });
    await office.close();
  }
});

test('what the running server met is believed at the next start, though the file looks sound', async () => {
  await many(3, () => office.issue());
  await office.close();
  await markSuspect(office.place.dataDir, 'SQLITE_CORRUPT while calling');
  await office.openAgain();
  expect(office.store.restored).toMatchObject({ cause: 'damaged', found: 'SQLITE_CORRUPT while calling' });
  await office.close();
  await office.openAgain();
  expect(office.store.restored).toBeNull();
});

test('a restore cut short begins again at the next start', async () => {
  await many(3, () => office.issue());
  await office.close();
  await rm(file());
  await office.openAgain();
  await office.close();
  // as a power cut leaves it after the damaged files went aside and before the new one came
  await copyFile(file(), join(office.place.dataDir, 'half'));
  await rm(file());
  await office.openAgain();
  expect(office.store.restored).toMatchObject({ epoch: 3 });
  await expectWhole(NUMBERS.slice(0, 3));
});

describe('when the audit file is not certain either, numbers go on far above', () => {
  test('a line in its middle is lost: it is named, and what came after is sealed anew', async () => {
    await many(5, () => office.issue());
    await office.close();
    const lines = (await readFile(audit(), 'utf8')).split('\n');
    await writeFile(audit(), lines.map((line, i) => (i === 2 ? line.replace('"A003"', '"A001"') : line)).join('\n'));
    await rm(file());
    await office.openAgain();
    expect(office.store.restored).toMatchObject({ lost: [[3, 3]], numbersJumped: true, replayed: 4 });
    await expectWhole(['A001', 'A002', 'A004', 'A005']);
    expect(await office.issue()).toMatchObject({ value: { reply: { number: 'A602' } } });
  });

  test('its last line is lost', async () => {
    await many(5, () => office.issue());
    await office.close();
    const text = await readFile(audit(), 'utf8');
    await writeFile(audit(), text.replace('"A005"', '"A001"'));
    await rm(file());
    await office.openAgain();
    expect(office.store.restored).toMatchObject({ numbersJumped: true });
    expect(await office.issue()).toMatchObject({ value: { reply: { number: 'A601' } } });
  });

  test('it is gone together with the newest lines of the database', async () => {
    await many(2, () => office.issue());
    await backup();
    await many(3, () => office.issue());
    await office.close();
    await rm(audit());
    await writeFile(file(), 'nothing');
    await office.openAgain();
    expect(office.store.restored).toMatchObject({ base: { kind: 'backup' }, numbersJumped: true });
    expect(await office.issue()).toMatchObject({ value: { reply: { number: 'A601' } } });
  });
});

describe('plan and people', () => {
  const at = { now: Date.parse('2026-11-24T08:00:00Z') as EpochMs, actor: 'head-1' as StaffId };

  async function foundOffice(): Promise<void> {
    const { version: _v, specialists: _s, ...document } = PLAN;
    await savePlan(office.store.database, document, at);
    await office.store.database.write((trx) =>
      insertAccount(trx, {
        ...{ id: at.actor, username: 'liis', name: 'Liis Mets', role: 'head', services: [], languages: [] },
        ...{ passphraseHash: 'x', disabled: false },
      }),
    );
  }

  test('come back without any backup: they are kept beside the database too', async () => {
    await foundOffice();
    await office.store.essentials.keep();
    await office.issue();
    await office.close();
    await rm(file());
    await office.openAgain();
    expect(office.store.restored).toMatchObject({ plan: { has: 1, had: 1 }, base: { kind: 'nothing' } });
    expect(await office.store.database.read((trx) => accountByName(trx, 'liis'))).toMatchObject({ role: 'head' });
    expect((await stat(join(office.place.dataDir, 'essentials.json'))).mode & 0o777).toBe(0o600);
  });

  test('with them what people sign in with, and the keypad; what was taken away stays away, whatever an older backup has', async () => {
    const { database, essentials } = office.store;
    await foundOffice();
    await database.write(async (trx) => {
      await insertPasskey(trx, {
        ...{ id: 'key-1', staffId: at.actor, host: 'localhost', publicKey: 'x', counter: 0, transports: [], name: 'x' },
        madeAt: at.now,
      });
      await putTotp(trx, { staffId: at.actor, secret: 'sealed', lastStep: 0, madeAt: at.now });
      await putSignInRules(trx, { secondFactor: 'required', lockAfterMinutes: 3 });
      await saveKeypadSetting(trx, 'keypad' as DeviceId, { kioskId: null, profile: 'storm', usbIds: null });
    });
    await backup();
    await database.write((trx) => deletePasskey(trx, at.actor, 'key-1'));
    await essentials.keep();
    await office.issue();
    await office.close();
    await writeFile(file(), 'nothing');
    await office.openAgain();
    expect(office.store.restored).toMatchObject({ base: { kind: 'backup' } });
    const back = await office.store.database.read(async (trx) => ({
      factors: await factorsOf(trx, at.actor),
      rules: await readSignInRules(trx),
      keypad: await keypadSetting(trx, 'keypad' as DeviceId),
    }));
    expect(back).toMatchObject({
      factors: { totp: { secret: 'sealed' }, passkeys: [] },
      rules: { secondFactor: 'required', lockAfterMinutes: 3 },
      keypad: { profile: 'storm' },
    });
  });

  test.each([
    ['by the office itself', () => writeFile(file(), 'nothing')],
    [
      'by hand',
      async () => {
        const { dataDir, backups = { dir: '', keyFile: '' } } = office.place;
        const [newest] = await listBackups(backups.dir);
        await putBack(dataDir, newest?.path ?? '', backups.keyFile, office.now);
      },
    ],
  ])(
    'who was closed out since a backup stays out when it is put back %s: accounts, screens, sessions, links',
    async (_, putBackupBack) => {
      const { database, essentials } = office.store;
      await foundOffice();
      const endsAt = (at.now + 3_600_000) as EpochMs;
      const device = {
        ...{
          id: 'kiosk-1' as DeviceId,
          kind: 'kiosk' as const,
          name: '1',
          tokenHash: 'y',
          pairedAt: at.now,
          revokedAt: null,
        },
        ...{ limits: { perMinute: 1, burst: 1 }, pairedBy: null, seenAt: null },
      } as const;
      await database.write(async (trx) => {
        await insertDevice(trx, device);
        await insertSession(trx, { tokenHash: 's', staffId: at.actor, createdAt: at.now, seenAt: at.now, endsAt });
        await putOneTime(trx, { tokenHash: 'o', purpose: 'reset', staffId: at.actor, endsAt });
        await tell(trx, 'device.paired', at);
      });
      await backup();
      await office.issue();
      const lines = await database.write(async (trx) => {
        await revokeDevice(trx, device.id, at.now);
        await updateAccount(trx, at.actor, { disabled: true });
        await deleteSessionsOf(trx, at.actor, null);
        return tell(trx, 'staff.disabled', at);
      });
      await office.store.audit.append(lines);
      await essentials.keep();
      await office.close();
      await putBackupBack();
      await office.openAgain();
      const back = await office.store.database.read(async (trx) => ({
        account: await accountByName(trx, 'liis'),
        paired: await pairedDevices(trx),
        sessions: await sessionsOf(trx, at.actor),
        link: await oneTimeByHash(trx, 'o', at.now),
      }));
      expect(back).toMatchObject({ account: { disabled: true }, paired: [], sessions: [], link: null });
      await expectWhole(['A001']);
    },
  );

  test('so does the hall: how its displays hang, how loud they speak, what it was told', async () => {
    const { database } = office.store;
    const panels = { ['display-1' as DeviceId]: { diagonalInches: 65, distanceM: 11, areaId: null } };
    const texts = { et: 'Sulgeme kell 15.', en: 'We close at 3 pm.', ru: 'Закрываемся в 15.' };
    await changeHall(database, 'panel', (hall) => ({ ...hall, panels }), at);
    await changeHall(database, 'volume', (hall) => ({ ...hall, volume: [{ fromHour: 8, percent: 45 }] }), at);
    const notices = [{ id: 'early', texts, until: at.now }];
    const { hall } = await changeHall(database, 'notice', (before) => ({ ...before, notices }), at);
    await office.store.essentials.keep();
    await office.issue();
    await office.close();
    await rm(file());
    await office.openAgain();
    expect(await office.store.database.read(currentHall)).toEqual(hall);
    expect(hall).toMatchObject({ version: 3, panels, notices });
  });

  test('that are lost are named as lost, and an older plan gets a number of its own', async () => {
    await foundOffice();
    await backup();
    await foundOffice().catch(() => undefined); // the second version of the plan; the account exists
    await office.issue();
    await office.close();
    await writeFile(file(), 'nothing');
    await office.openAgain();
    expect(office.store.restored).toMatchObject({ plan: { has: 1, had: 2 } });
    expect(await office.store.database.read(currentPlan)).toMatchObject({ version: 3 });
  });
});

test('an alarm stands until a head takes note of it, once', async () => {
  await office.issue();
  await office.close();
  await rm(file());
  await office.openAgain();
  const [alarm] = await office.store.database.read(openAlarms);
  const by = { actor: 'head-1' as StaffId, now: office.now as EpochMs };
  const note = () => office.store.database.write((trx) => acknowledgeAlarm(trx, alarm?.id ?? '', by));
  expect(await note()).toMatchObject([{ kind: 'office.alarm-acknowledged', actor: 'head-1' }]);
  expect(await note()).toEqual([]);
  expect(await office.store.database.read(openAlarms)).toEqual([]);
});

test('a backup of another past is passed over, and so is one whose key is not here', async () => {
  await many(2, () => office.issue());
  await backup();
  const other = await LedgerOffice.open();
  await many(3, () => other.issue());
  const { backups } = office.place;
  if (!backups) throw new Error('the place has backups');
  await makeBackup(other.place.dataDir, backups, office.now + 1000);
  await other.remove();
  await office.issue();
  await office.close();
  await writeFile(file(), 'nothing');
  await office.openAgain();
  expect(office.store.restored).toMatchObject({
    base: { kind: 'backup', seq: 2 },
    passedOver: [{ why: 'another-past' }],
  });
  await office.close();
  await rm(backups.keyFile);
  await writeFile(file(), 'nothing');
  await office.openAgain();
  expect(office.store.restored).toMatchObject({
    base: { kind: 'nothing' },
    passedOver: [{ why: 'no-key' }, { why: 'no-key' }],
  });
});

test('a disk that takes nothing is no damage: nothing is restored, nothing goes aside', async () => {
  await office.issue();
  await office.close();
  const before = (await readdir(office.place.dataDir)).sort();
  const place = { ...office.place, dataDir: join(office.place.dataDir, 'office.lock', 'no-folder') };
  await expect(openStore(place)).rejects.toThrow('ENOTDIR');
  expect((await readdir(office.place.dataDir)).sort()).toEqual(before);
});
