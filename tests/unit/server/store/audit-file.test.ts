import { appendFile, copyFile, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { demonstrationPlan } from '../../../../server/content/demonstration.ts';
import type { EpochMs } from '../../../../server/domain/ids.ts';
import { Outage } from '../../../../server/basics/outage.ts';
import { tell } from '../../../../server/store/accounts.ts';
import { openAlarms } from '../../../../server/store/alarms.ts';
import { DatabaseBehind, openStore } from '../../../../server/store/opening.ts';
import { savePlan } from '../../../../server/store/plan-store.ts';
import { LedgerOffice, many } from '../../../support/ledgers.ts';

let office: LedgerOffice;
const path = (): string => join(office.place.dataDir, 'audit.jsonl');
const database = (suffix = ''): string => join(office.place.dataDir, `office.sqlite${suffix}`);

beforeEach(async () => {
  office = await LedgerOffice.open();
});

afterEach(async () => {
  vi.restoreAllMocks();
  await office.remove();
});

async function written(): Promise<readonly { readonly seq: number; readonly hash: string }[]> {
  const lines = (await readFile(path(), 'utf8')).trimEnd().split('\n');
  return lines.map((text) => JSON.parse(text) as { seq: number; hash: string });
}

async function expectWhole(): Promise<void> {
  const journal = (await office.lines()).map(({ seq, hash }) => ({ seq, hash }));
  expect((await written()).map(({ seq, hash }) => ({ seq, hash }))).toEqual(journal);
}

/** Makes the next flush of the audit file fail after its bytes were written, as a full disk can. */
async function failNextFlush(): Promise<void> {
  const { open } = await import('node:fs/promises');
  const handle = await open(path());
  const prototype = Object.getPrototypeOf(handle) as typeof handle;
  await handle.close();
  vi.spyOn(prototype, 'datasync').mockRejectedValueOnce(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
}

describe('the audit file', () => {
  test('has the journal line for line, and no need', async () => {
    await many(20, () => office.issue());
    await expectWhole();
    expect(await readFile(path(), 'utf8')).not.toContain('papers.submit');
  });

  test('is for its owner alone, like the rest of the data', async () => {
    await office.issue();
    for (const file of [path(), database(), database('-wal'), join(office.place.dataDir, 'office.lock')]) {
      expect((await stat(file)).mode & 0o777, file).toBe(0o600);
    }
  });

  test('gets the lines of registers in the order of the journal, whoever brings them first', async () => {
    const { database: db } = office.store;
    const at = { now: office.now as EpochMs, actor: 'system' } as const;
    await savePlan(db, demonstrationPlan(), at); // nobody brings these lines
    const late = await db.write((trx) => tell(trx, 'staff.signed-in', at));
    await office.issue(); // overtakes the line before
    await office.ledger.follow(late);
    await expectWhole();
  });

  test('a line that a full disk kept out comes with the next group, once', async () => {
    await office.issue();
    await failNextFlush();
    const faults: unknown[] = [];
    office.ledger.onAuditFault = (cause) => faults.push(cause);
    expect(await office.issue()).toMatchObject({ ok: true });
    expect(faults).toEqual([expect.any(Outage)]);
    expect(office.store.audit.head.seq).toBe(1);
    await office.issue();
    await expectWhole();
  });

  test('that is behind is brought up to date at the next start', async () => {
    await many(5, () => office.issue());
    const whole = await readFile(path(), 'utf8');
    await office.close();
    await writeFile(path(), whole.split('\n').slice(0, 3).join('\n')); // three lines, the last of them cut short
    await office.openAgain();
    expect(await readFile(path(), 'utf8')).toBe(whole);
  });

  test('loses what a power cut left of a group that nobody was answered for', async () => {
    await many(5, () => office.issue());
    const whole = await readFile(path(), 'utf8');
    await office.close();
    await appendFile(path(), `${'\0'.repeat(300)}\n{"seq":7,"hash":"00`);
    await office.openAgain();
    expect(await readFile(path(), 'utf8')).toBe(whole);
  });

  test('has its last line written again when the disk damaged it', async () => {
    await many(5, () => office.issue());
    const whole = await readFile(path(), 'utf8');
    await office.close();
    await writeFile(path(), whole.replace('"number":"A005"', '"number":"A006"'));
    await office.openAgain();
    expect(await readFile(path(), 'utf8')).toBe(whole);
  });

  test('with nothing whole in it is kept aside and written again from the journal, and numbers go on far above', async () => {
    await many(5, () => office.issue());
    await office.close();
    const whole = await readFile(path(), 'utf8');
    await writeFile(path(), 'not a line\nnot a line either\n');
    await office.openAgain();
    expect((await readFile(path(), 'utf8')).startsWith(whole)).toBe(true);
    const kept = (await readdir(office.place.dataDir)).filter((name) => name.startsWith('audit.jsonl.damaged-'));
    expect(await readFile(join(office.place.dataDir, kept[0] ?? ''), 'utf8')).toContain('not a line either');
    expect(await office.store.database.read(openAlarms)).toMatchObject([{ kind: 'audit-rebuilt' }]);
    expect(await office.issue()).toMatchObject({ value: { reply: { number: 'A601' } } });
    await expectWhole();
  });
});

test('a database that went on without its audit file is another past: a person must decide', async () => {
  await office.issue();
  await office.close();
  await copyFile(database(), database('.old'));
  await office.openAgain();
  await office.issue();
  await office.close();
  const audit = await readFile(path());
  await copyFile(database('.old'), database());
  await rm(path());
  await office.openAgain();
  office.now += 1;
  await many(3, () => office.issue());
  await office.close();
  await writeFile(path(), audit);
  await expect(openStore(office.place)).rejects.toThrow(DatabaseBehind);
  await expect(openStore(office.place)).rejects.toThrow('another past');
});

test('two processes cannot serve the same office', async () => {
  await expect(openStore(office.place)).rejects.toThrow('another process serves');
});
