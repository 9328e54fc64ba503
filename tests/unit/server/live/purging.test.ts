import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EpochMs } from '../../../../server/domain/ids.ts';
import { Purging } from '../../../../server/live/purging.ts';
import { lastPurge } from '../../../../server/store/purge.ts';
import { LedgerOffice, PLAN } from '../../../support/ledgers.ts';

const DAY_MS = 24 * 3_600_000;

let office: LedgerOffice;
beforeEach(async () => {
  office = await LedgerOffice.open();
});
afterEach(() => office.remove());

test('a day when the clock was wrong keeps no later day from deleting what is kept no longer', async () => {
  const { database } = office.store;
  const now = (): EpochMs => office.now as EpochMs;
  const purging = new Purging({
    ...{ database, dataDir: office.place.dataDir, now, realNow: now, plan: () => PLAN },
    onLines: office.ledger.follow.bind(office.ledger),
    log: pino({ level: 'silent' }),
  });
  const runs = (): Promise<number> =>
    database.read(async (trx) => (await trx.selectFrom('purge_run').select('at').execute()).length);
  const ran = async (count: number): Promise<void> => {
    purging.look();
    await purging.stop();
    expect(await runs()).toBe(count);
  };
  office.now += 900 * DAY_MS;
  await ran(1);
  office.now -= 900 * DAY_MS; // somebody has set the clock right
  await ran(2);
  await ran(2); // once a day
  expect(await database.read((trx) => lastPurge(trx, now()))).toMatchObject({ at: office.now });
  office.now += DAY_MS;
  await ran(3);
});
