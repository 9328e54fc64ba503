import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EpochMs } from '../../../../server/domain/ids.ts';
import { canonicalJson, chainHash } from '../../../../server/domain/chain.ts';
import { exportRecord, type JournalLine } from '../../../../server/domain/journal.ts';
import { lookThrough } from '../../../../server/store/chain-reading.ts';
import { Database } from '../../../../server/store/database.ts';
import { dayHeads, sealDay } from '../../../../server/store/day-heads.ts';
import { openToRead } from '../../../../server/store/opening.ts';
import { SqliteConnection } from '../../../../server/store/sqlite-connection.ts';
import { databaseFile } from '../../../../server/store/sqlite-file.ts';
import { LedgerOffice, many } from '../../../support/ledgers.ts';

const root = join(import.meta.dirname, '../../../..');

let office: LedgerOffice;

beforeEach(async () => {
  office = await LedgerOffice.open();
  await many(20, () => office.issue());
  await office.ledger.follow(
    await office.store.database.write((trx) => sealDay(trx, '2026-11-24', office.now as EpochMs)),
  );
  await many(20, () => office.issue());
});

afterEach(async () => {
  await office.remove();
});

/** Works on the office's file as somebody with the whole disk in hand would. */
async function tamper(...statements: string[]): Promise<void> {
  await office.close();
  const connection = await SqliteConnection.open(databaseFile(office.place.dataDir), 'read-write');
  for (const statement of statements) await connection.exec(statement);
  await connection.close();
}

/** `npm run verify-log`, as a person runs it. */
function verify(...options: string[]): { code: number | null; said: string } {
  const run = spawnSync(process.execPath, [join(root, 'server/verify-log.ts'), ...options], {
    env: { ...process.env, DATA_DIR: office.place.dataDir },
    encoding: 'utf8',
  });
  return { code: run.status, said: run.stdout + run.stderr };
}

describe('a journal that nobody touched', () => {
  test('is whole, from the beginning and from the last sealed day', async () => {
    expect(await lookThrough(office.store.database, 'beginning')).toEqual({ lines: 41, broken: null });
    expect(await lookThrough(office.store.database, 'last-seal')).toEqual({ lines: 22, broken: null });
    await office.close();
    expect(verify()).toMatchObject({ code: 0, said: expect.stringContaining('whole: 41 lines') as string });
  });
});

describe('verify-log finds', () => {
  test.each([
    ['a line that was edited', 5, `update journal set body = replace(body, '"et"', '"ru"') where seq = 5`],
    ['a line whose author was changed', 7, `update journal set actor = 'kiosk-9' where seq = 7`],
    ['a line that was removed', 9, 'delete from journal where seq = 9'],
    [
      'two lines that changed places',
      11,
      'update journal set seq = 1011 where seq = 11; update journal set seq = 11 where seq = 12; update journal set seq = 12 where seq = 1011',
    ],
    [
      'a line that was added',
      41,
      `insert into journal select 42, at, kind, ticket, actor, body, hash, hash from journal where seq = 41; delete from journal where seq = 41;
       update journal set seq = 41 where seq = 42`,
    ],
  ])('%s', async (_, seq, statement) => {
    await tamper(statement);
    const { code, said } = verify();
    expect(code).toBe(1);
    expect(said).toContain(`line ${seq}`);
  });

  test('a tail that was cut off', async () => {
    await tamper('delete from journal where seq > 30');
    expect(verify()).toMatchObject({ code: 1, said: expect.stringContaining('last lines are missing') as string });
  });

  test('a tail that was cut off, with the journal head set back to match', async () => {
    await tamper(
      'delete from journal where seq > 30',
      'update journal_head set seq = 30, hash = (select hash from journal where seq = 30)',
    );
    expect(verify()).toMatchObject({
      code: 1,
      said: expect.stringContaining('audit.jsonl differ at line 31') as string,
    });
  });

  test('a tail that was cut off in all places, against the head of the day that was kept elsewhere', async () => {
    const [head] = await office.store.database.read((trx) => dayHeads(trx, 1));
    const kept = `${head?.seq ?? 0}:${head?.hash ?? ''}`;
    await tamper(
      'delete from journal where seq > 15; delete from day_head',
      'update journal_head set seq = 15, hash = (select hash from journal where seq = 15)',
    );
    const file = join(office.place.dataDir, 'audit.jsonl');
    await writeFile(file, `${(await readFile(file, 'utf8')).split('\n').slice(0, 15).join('\n')}\n`);
    expect(verify().code).toBe(0);
    expect(verify('--head', kept)).toMatchObject({ code: 1, said: expect.stringContaining('line 20') as string });
  });

  test('a whole journal that was sealed anew after an edit, against the head that was kept elsewhere', async () => {
    const [head] = await office.store.database.read((trx) => dayHeads(trx, 1));
    const kept = join(office.place.dataDir, 'kept.jsonl');
    await writeFile(kept, `${JSON.stringify(head)}\n`);
    const forged = sealedAnew(await office.lines(), 5);
    const rows = forged.map(
      ({ seq, prevHash, hash, actor }) =>
        `update journal set prev_hash = '${prevHash}', hash = '${hash}', actor = '${actor}' where seq = ${seq}`,
    );
    const last = forged.at(-1);
    const twentieth = forged[19];
    await tamper(
      rows.join(';'),
      `update journal_head set hash = '${last?.hash ?? ''}'`,
      `update day_head set hash = '${twentieth?.hash ?? ''}'`,
    );
    const file = join(office.place.dataDir, 'audit.jsonl');
    await writeFile(
      file,
      forged.map((line) => `${canonicalJson({ ...exportRecord(line), hash: line.hash })}\n`).join(''),
    );
    expect(verify().code).toBe(0);
    expect(verify('--heads', kept)).toMatchObject({ code: 1, said: expect.stringContaining('line 20') as string });
  });

  test('a line of audit.jsonl that was edited', async () => {
    await office.close();
    const file = join(office.place.dataDir, 'audit.jsonl');
    const lines = (await readFile(file, 'utf8')).split('\n');
    lines[7] = (lines[7] ?? '').replace('"et"', '"en"');
    await writeFile(file, lines.join('\n'));
    expect(verify()).toMatchObject({ code: 1, said: expect.stringContaining('line 8') as string });
  });
});

test('the look from the last sealed day sees a change of the sealed line itself', async () => {
  await tamper(`update journal set body = replace(body, '"et"', '"ru"') where seq = 20`);
  const database = new Database(openToRead(office.place), 'sqlite');
  expect((await lookThrough(database, 'last-seal')).broken).toEqual({ seq: 20 });
  await database.close();
});

/** The journal as a forger with all the time in the world would leave it: one line changed, all after it sealed anew. */
function sealedAnew(lines: readonly JournalLine[], changed: number): readonly JournalLine[] {
  let prevHash = '';
  return lines.map((line) => {
    const actor = line.seq === changed ? ('kiosk-9' as JournalLine['actor']) : line.actor;
    const next = { ...line, actor, prevHash };
    prevHash = chainHash(prevHash, exportRecord(next));
    return { ...next, hash: prevHash };
  });
}
