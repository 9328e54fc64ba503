import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeFallback } from '../../../../server/commands/take-fallback.ts';
import { fallbackLetter } from '../../../../server/domain/fallback.ts';
import type { EpochMs, TicketNumber } from '../../../../server/domain/ids.ts';
import { leaseNumbers, markBrought, markTaken, numbersOnRoll } from '../../../../server/store/fallback-store.ts';
import { LedgerOffice, PLAN, staffAt } from '../../../support/ledgers.ts';

let office: LedgerOffice;
beforeEach(async () => {
  office = await LedgerOffice.open();
  await office.seatAll();
});
afterEach(() => office.remove());

const SERVICE = PLAN.services[0]?.id;
const lease = async (count: number) => {
  const at = { now: office.now as EpochMs, actor: staffAt(1) };
  const { numbers, lines } = await office.store.database.write((trx) => leaseNumbers(trx, 'V', count, at));
  await office.ledger.follow(lines);
  return numbers;
};
const take = (number: string, minutesAgo: number) => {
  if (SERVICE === undefined) throw new Error('the plan has services');
  const takenAt = (office.now - minutesAgo * 60_000) as EpochMs;
  const said = { number: number as TicketNumber, takenAt, serviceId: SERVICE, needId: null, language: 'ru' } as const;
  return office.ask(takeFallback, said, staffAt(1));
};
const onRoll = async () => (await office.store.database.read(numbersOnRoll)).map(({ number }) => number);

test('numbers of the roll are set aside once, whatever is printed, and have a letter that no service gives', async () => {
  expect(await lease(2)).toEqual(['V001', 'V002']);
  expect(await lease(1)).toEqual(['V003']);
  expect(PLAN.services.map(({ letter }) => letter)).not.toContain(fallbackLetter(PLAN));
  const all = [...'VXZWQY'].map((letter) => ({ ...PLAN.services[0], letter }));
  expect(fallbackLetter({ ...PLAN, services: all as unknown as typeof PLAN.services })).toBeNull();
});

test('whoever took a number from the holder before others came is called before them', async () => {
  await lease(1);
  await office.issue();
  office.now += 1_000;
  expect(await take('V001', 30)).toMatchObject({ ok: true, value: { reply: { number: 'V001' } } });
  const ticket = office.book.open.find(({ number }) => number === 'V001');
  expect(ticket).toMatchObject({ clock: office.now - 30 * 60_000, issuedAt: office.now - 30 * 60_000, language: 'ru' });
  expect(await office.callTo(3)).toMatchObject({ ok: true, value: { reply: { number: 'V001' } } });
});

test('a number is put in the queue once, and never with a time still to come', async () => {
  await lease(2);
  await take('V001', 5);
  expect(await take('V001', 5)).toEqual({ ok: false, error: { code: 'number-taken' } });
  expect(await take('V002', -5)).toEqual({ ok: false, error: { code: 'not-yet' } });
});

test('a kill between the ticket and its mark on the roll leaves no number to be brought a second time, not even the next day', async () => {
  await lease(2);
  await take('V001', 5); // and nobody marks it
  await office.close();
  office.now += 24 * 3_600_000;
  await office.openAgain();
  await office.store.database.commit((trx) => markBrought(trx, office.now as EpochMs)); // as a start after a kill does
  expect(await onRoll()).toEqual(['V002']);
});

test('a restore knows the roll: what was set aside is not given again, what was brought is not brought twice', async () => {
  await lease(3);
  const taken = await take('V002', 5);
  if (taken.ok) await office.store.database.write((trx) => markTaken(trx, [taken.value.reply], office.now as EpochMs));
  expect(await onRoll()).toEqual(['V001', 'V003']);
  await office.close();
  await rm(join(office.place.dataDir, 'office.sqlite'));
  await office.openAgain();
  expect(office.store.restored).not.toBeNull();
  expect(await onRoll()).toEqual(['V001', 'V003']);
  expect(await lease(1)).toEqual(['V004']);
  expect(office.book.open.find(({ number }) => number === 'V002')).toMatchObject({ issuedAt: office.now - 5 * 60_000 });
});
