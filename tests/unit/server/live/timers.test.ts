import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { closeLeftOver } from '../../../../server/commands/office-day.ts';
import { takeFallback } from '../../../../server/commands/take-fallback.ts';
import type { EpochMs, ServiceId, StaffId, TicketNumber } from '../../../../server/domain/ids.ts';
import type { Plan } from '../../../../server/domain/plan.ts';
import { keepTime } from '../../../../server/live/timers.ts';
import { LedgerOffice, PLAN } from '../../../support/ledgers.ts';
import { until } from '../../../support/waiting.ts';

const HOUR_MS = 3_600_000;
/** Every day from eight to five, by the clock of the office; the office's morning in these tests is at ten. */
const NINE_HOURS: Plan = {
  ...PLAN,
  office: {
    ...PLAN.office,
    hours: { kind: 'weekly', week: Array(7).fill([{ from: '08:00', until: '17:00' }]), exceptions: {} },
  },
};

let office: LedgerOffice;
let stop: () => void = () => undefined;
beforeEach(async () => {
  office = await LedgerOffice.open();
  office.plan = NINE_HOURS;
});
afterEach(async () => {
  stop();
  await office.remove();
});

function keepOfficeTime(): void {
  const { ledger } = office;
  const live = { ledger, now: () => office.now as EpochMs, plan: () => office.plan };
  stop = keepTime(live, () => undefined, pino({ level: 'silent' }));
}

async function kinds(): Promise<readonly string[]> {
  return (await office.lines()).map(({ kind }) => kind);
}

test('the office day ends by the clock, and an end that met an outage is tried again', async () => {
  await office.issue();
  keepOfficeTime();
  let fails = 1;
  office.ledger.onPassing = (point) => {
    if (point !== 'before_commit' || fails === 0) return;
    fails -= 1;
    throw Object.assign(new Error('no room'), { code: 'SQLITE_FULL' });
  };
  office.now += 8 * HOUR_MS;
  await until('the day is closed', async () => (await kinds()).includes('office.day-closed'));
  expect(await kinds()).toEqual(['ticket.issued', 'ticket.expired', 'office.day-closed']);
  expect(office.book.open.size).toBe(0);
});

test('a server that was away at closing time closes what the day has left over when it is back, and nothing newer', async () => {
  await office.seatAll();
  await office.issue();
  await office.issue();
  await office.callTo(0);
  await office.close(); // the power is gone from noon till the next morning
  office.now += 22 * HOUR_MS;
  await office.openAgain();
  expect(office.book.open.size).toBe(2);
  const today = await office.issue();
  keepOfficeTime();
  await until('yesterday is over', () => Promise.resolve(office.book.open.size === 1));
  expect([...office.book.open.values()].map(({ number }) => number)).toEqual([today.ok && today.value.reply.number]);
  expect([...office.book.desks.values()].map(({ ticketId }) => ticketId).filter(Boolean)).toEqual([]);
  expect((await kinds()).filter((kind) => kind === 'ticket.expired')).toHaveLength(2);
  expect((await kinds()).includes('office.day-closed')).toBe(false);
});

test("a number on paper from the evening of an outage, entered the next morning, waits as anybody's", async () => {
  office.now += 22 * HOUR_MS;
  const taken = { takenAt: (office.now - 16 * HOUR_MS) as EpochMs, language: 'et', needId: null } as const;
  const [service] = PLAN.services;
  const number = 'V001' as TicketNumber;
  await office.ask(takeFallback, { ...taken, number, serviceId: service?.id as ServiceId }, 'head-1' as StaffId);
  await office.issue();
  await office.ask(closeLeftOver, {}, 'system');
  expect(office.book.open.size).toBe(2);
  office.now += 9 * HOUR_MS;
  await office.ask(closeLeftOver, {}, 'system');
  expect(office.book.open.size).toBe(0);
});
