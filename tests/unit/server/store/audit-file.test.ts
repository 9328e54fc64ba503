import { appendFile, copyFile, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { demonstrationPlan } from '../../../../server/content/demonstration.ts';
import type { EpochMs } from '../../../../server/domain/ids.ts';
import { Outage } from '../../../../server/basics/outage.ts';
import { tell } from '../../../../server/store/accounts.ts';
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

  test('with nothing whole in it is damage, and is left as it is', async () => {
    await office.close();
    await writeFile(path(), 'not a line\nnot a line either\n');
    await expect(openStore(office.place)).rejects.toThrow('audit.jsonl is damaged');
    expect(await readFile(path(), 'utf8')).toBe('not a line\nnot a line either\n');
    await rm(path());
    await office.openAgain();
  });
});

describe('a database that lost acknowledged lines is not served: no number is given twice', () => {
  test('when an older copy stands in its place', async () => {
    await office.issue();
    await office.close();
    await copyFile(database(), database('.old'));
    await office.openAgain();
    await office.issue();
    await office.close();
    await copyFile(database('.old'), database());
    await expect(openStore(office.place)).rejects.toThrow(DatabaseBehind);
  });

  test('when an older copy went on without its audit file', async () => {
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
    await expect(openStore(office.place)).rejects.toThrow('another past');
  });

  test('when the write-ahead log lost its end, which SQLite itself calls sound', async () => {
    await many(3, () => office.issue());
    await office.issue();
    await copyFile(database(), database('.cut'));
    await copyFile(database('-wal'), database('.cut-wal'));
    await office.close();
    await copyFile(database('.cut'), database());
    await copyFile(database('.cut-wal'), database('-wal'));
    await truncate(database('-wal'), (await stat(database('-wal'))).size - 100);
    await expect(openStore(office.place)).rejects.toThrow(DatabaseBehind);
  });

  test('and what refused to start gives everything back', async () => {
    await office.issue();
    await office.close();
    const audit = await readFile(path());
    await rm(database());
    await expect(openStore(office.place)).rejects.toThrow(DatabaseBehind);
    await rm(path());
    await office.openAgain();
    expect(audit.length).toBeGreaterThan(0);
  });
});

test('two processes cannot serve the same office', async () => {
  await expect(openStore(office.place)).rejects.toThrow('another process serves');
});
