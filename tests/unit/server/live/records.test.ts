import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../../../../server/contract/events.ts';
import type { EpochMs } from '../../../../server/domain/ids.ts';
import { sealDay } from '../../../../server/store/day-heads.ts';
import { openStore } from '../../../../server/store/opening.ts';
import { SqliteConnection } from '../../../../server/store/sqlite-connection.ts';
import { databaseFile } from '../../../../server/store/sqlite-file.ts';
import type { OfficeSocket } from '../../../support/clients.ts';
import { must } from '../../../support/must.ts';
import { startRolesOffice, type RolesOffice } from '../../../support/roles-office.ts';
import { until } from '../../../support/waiting.ts';

let roles: RolesOffice;
let head: OfficeSocket;
let paper = '';

beforeAll(async () => {
  paper = join(await mkdtemp(join(tmpdir(), 'infolett-paper-')), 'paper.bin');
  roles = await startRolesOffice({ PRINTER: `file:${paper}?print=fonts` });
  head = await roles.connect('head');
});

afterAll(async () => {
  head.disconnect();
  await roles.office.stop();
  await rm(dirname(paper), { recursive: true, force: true });
});

const ask = () => ({ requestId: randomUUID() });

async function journal(): Promise<Answer<'journal:look'>> {
  return must(await head.emitWithAck('journal:look', ask()));
}

/** Does something to the stopped office's file; then the office is opened again. */
async function whileClosed(work: (dataDir: string) => Promise<void>): Promise<void> {
  head.disconnect();
  await roles.office.kill();
  await work(roles.office.dataDir);
  await roles.office.start();
  head = await roles.connect('head');
}

describe("the journal's seals, as the head asks for them", () => {
  test('before the first day has ended there is none to show and none to print', async () => {
    await until('the look at the start', async () => (await journal()).looked !== null);
    const { lines, sealed, looked } = await journal();
    expect(sealed).toEqual([]);
    expect(looked).toMatchObject({ from: 'last-seal', brokenAt: null });
    expect(lines).toBeGreaterThanOrEqual(looked?.lines ?? Number.NaN);
    expect(await head.emitWithAck('journal:print-seal', ask())).toMatchObject({ error: { code: 'nothing-sealed' } });
  });

  test('a sealed day is shown with the hash of its last line, and comes on paper whole', async () => {
    await whileClosed(async (dataDir) => {
      const store = await openStore({ dataDir, databaseUrl: null, office: 'office' });
      await store.database.write((trx) => sealDay(trx, '2026-11-24', Date.now() as EpochMs));
      await store.close();
    });
    await until('the look at the start', async () => (await journal()).looked !== null);
    const { sealed, looked } = await journal();
    expect(sealed).toMatchObject([{ day: '2026-11-24', hash: expect.stringMatching(/^[\da-f]{64}$/) as string }]);
    expect(looked).toMatchObject({ from: 'last-seal', brokenAt: null });
    expect(await head.emitWithAck('journal:print-seal', ask())).toEqual({ ok: true, value: null });
    const [seal] = sealed;
    const printed = async (): Promise<string> => (await readFile(paper)).toString('latin1');
    await until('the sheet', async () => (await printed()).includes(`${seal?.seq}:${seal?.hash}`));
  });

  test('looking the whole journal through is remembered as the newest look', async () => {
    const verified = must(await head.emitWithAck('journal:verify', ask()));
    expect(verified.brokenAt).toBeNull();
    expect((await journal()).looked).toMatchObject({ from: 'beginning', lines: verified.lines, brokenAt: null });
  });

  test('a line that is not the sealed one any more is found at the start and told, with its number; visitors are still served', async () => {
    const [seal] = (await journal()).sealed;
    // A changed line of the journal alone is put back from audit.jsonl; this is what is left to find.
    await whileClosed(async (dataDir) => {
      const connection = await SqliteConnection.open(databaseFile(dataDir), 'read-write');
      await connection.exec(`update day_head set hash = '${'0'.repeat(64)}'`);
      await connection.close();
    });
    await until('the look at the start', async () => (await journal()).looked !== null);
    expect((await journal()).looked).toMatchObject({ from: 'last-seal', brokenAt: seal?.seq });
    expect((await roles.office.health()).ok).toBe(true);
  });
});

describe('how long data is kept, as the head asks for it', () => {
  test('is told with the longest that may be set, and with the last deleting', async () => {
    const look = async () => must(await head.emitWithAck('retention:look', ask()));
    await until('the first deleting', async () => (await look()).lastPurge !== null, 30_000);
    expect(await look()).toMatchObject({
      ...{ detailsDays: 30, ticketsDays: 90, most: { detailsDays: 30, ticketsDays: 90 } },
      lastPurge: { details: 0, tickets: 0 },
    });
  });

  test('is changed by the head, for whoever looks next, and never beyond the longest nor upside down', async () => {
    const admin = await roles.connect('admin');
    const { planVersion } = must(await admin.emitWithAck('retention:look', ask()));
    const set = (days: { detailsDays: number; ticketsDays: number }) =>
      head.emitWithAck('retention:set', { ...ask(), planVersion, ...days });
    expect(await set({ detailsDays: 31, ticketsDays: 90 })).toMatchObject({ error: { code: 'malformed' } });
    expect(await set({ detailsDays: 20, ticketsDays: 10 })).toMatchObject({ error: { code: 'kept-too-short' } });
    expect(must(await set({ detailsDays: 7, ticketsDays: 60 }))).toEqual({ planVersion: planVersion + 1 });
    expect(await set({ detailsDays: 8, ticketsDays: 60 })).toMatchObject({ error: { code: 'plan-changed' } });
    expect(must(await admin.emitWithAck('retention:look', ask()))).toMatchObject({ detailsDays: 7, ticketsDays: 60 });
    admin.disconnect();
  });
});
