import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { pino } from 'pino';
import type { EpochMs } from '../../../../server/domain/ids.ts';
import { DaySeals } from '../../../../server/live/day-seals.ts';
import { dayHeads } from '../../../../server/store/day-heads.ts';
import { appendToJournal, journalFrom } from '../../../../server/store/journal.ts';
import { LedgerOffice, PLAN } from '../../../support/ledgers.ts';

const MINUTE_MS = 60_000;

let office: LedgerOffice;
let seals: DaySeals;

beforeEach(async () => {
  office = await LedgerOffice.open();
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  seals = new DaySeals({
    database: office.store.database,
    now: () => office.now as EpochMs,
    plan: () => PLAN,
    onLines: (lines) => office.ledger.follow(lines),
    log: pino({ level: 'silent' }),
  });
  seals.start();
});

afterEach(async () => {
  await seals.stop();
  vi.useRealTimers();
  await office.remove();
});

/** The clock in Tallinn (winter: two hours ahead of UTC), and the next look of the timer. */
async function clockShows(instant: string): Promise<void> {
  office.now = Date.parse(instant);
  vi.advanceTimersByTime(MINUTE_MS);
  // Finishes what the timer has begun; the new start looks once more, which changes nothing.
  await seals.stop();
  seals.start();
}

function heads() {
  return office.store.database.read((trx) => dayHeads(trx, 10));
}

describe('the timer that seals a day', () => {
  test('seals the day that is over once the date has moved on in the office, and only once', async () => {
    await office.issue();
    await clockShows('2026-11-24T21:59:00Z');
    expect(await heads()).toEqual([]);
    await clockShows('2026-11-24T22:00:00Z');
    expect(await heads()).toMatchObject([{ day: '2026-11-24', seq: 1, sealedAt: Date.parse('2026-11-24T22:00:00Z') }]);
    await clockShows('2026-11-24T22:05:00Z');
    await clockShows('2026-11-25T12:00:00Z');
    expect(await heads()).toHaveLength(1);
  });

  test('keeps the hash of the last line, and the journal says so in its next one', async () => {
    await office.issue();
    await office.issue();
    await clockShows('2026-11-25T00:30:00Z');
    const [head] = await heads();
    const [last, seal] = await office.store.database.read((trx) => journalFrom(trx, 2, 2));
    expect(head).toMatchObject({ seq: 2, hash: last?.hash });
    expect(seal).toMatchObject({
      kind: 'journal.sealed',
      actor: 'system',
      body: { day: '2026-11-24', sealedSeq: 2, sealedHash: last?.hash },
    });
  });

  test('after days without a line there is one seal, for the last of them; with nothing new there is none', async () => {
    await clockShows('2026-11-26T08:00:00Z');
    expect(await heads()).toEqual([]);
    await office.issue();
    await clockShows('2026-11-30T08:00:00Z');
    await clockShows('2026-12-01T08:00:00Z');
    expect(await heads()).toMatchObject([{ day: '2026-11-29' }]);
  });

  test('an office that closes for the night is sealed at the end of its day, without waiting for midnight', async () => {
    await office.issue();
    const at = Date.parse('2026-11-24T15:00:00Z') as EpochMs;
    office.now = at;
    const entry = { kind: 'office.day-closed', at, actor: 'system', ticket: null, body: {} } as const;
    const lines = await office.store.database.write((trx) => appendToJournal(trx, [entry]));
    seals.follow(lines);
    await seals.stop();
    expect(await heads()).toMatchObject([{ day: '2026-11-24', seq: 2, sealedAt: at }]);
  });
});
