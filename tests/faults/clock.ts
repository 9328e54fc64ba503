import { mustHold, type Fault } from './fault.ts';
import { text, type LogRecord } from './invariants/log.ts';
import { inOffice, type TriedOffice } from './tried-office.ts';
import type { WitnessedDesk, WitnessedKiosk } from './witnessed-clients.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** The dock moves the clock by at most this much at once. */
const STEP_AT_MOST_MS = 390 * DAY_MS;

/** F16: the machine's clock jumps while people wait. */
export const clockJumps: Fault = {
  name: 'clock-jumps',
  of: 'F16',
  says: 'the clock jumps by an hour and a day, forth and back, and back across midnight',
  run: () =>
    inOffice(OFFICE, async (office) => {
      const hall = await openHall(office);
      const jumps = [HOUR_MS, -HOUR_MS, DAY_MS, -DAY_MS, -HOUR_MS, 2 * DAY_MS, -10 * MINUTE_MS];
      for (const ms of jumps) {
        await turnClock(office, ms);
        await visitAround(hall);
      }
      await clockTo(office, Date.now(), 'over midnight', nextLocalMidnight(Date.now() + 20 * DAY_MS) - MINUTE_MS);
      await visitAround(hall);
      await turnClock(office, 2 * MINUTE_MS);
      await visitAround(hall);
      await turnClock(office, -2 * MINUTE_MS);
      await visitAround(hall);
      await office.process.kill();
      await office.process.start(); // the demonstration's clock starts anew: the largest step back of all
      await visitAround(hall);
      return [noNegativeTimes(await office.check()), `${jumps.length + 4} jumps`];
    }),
};

/** F17: both changes of the clocks, midnight, a leap day and the turn of a year, with people waiting. */
export const calendar: Fault = {
  name: 'calendar',
  of: 'F17, F18',
  says: 'both changes of the clocks, 29 February and the turn of the year, with people waiting over midnight',
  run: () =>
    inOffice(OFFICE, async (office) => {
      const hall = await openHall(office);
      const started = Date.now();
      const moments: readonly (readonly [string, number])[] = [
        ['the turn of the year', Date.parse('2026-12-31T21:58:00Z')],
        ['summer time begins', Date.parse('2027-03-28T00:58:00Z')],
        ['summer time ends', Date.parse('2027-10-31T00:58:00Z')],
        ['the leap day begins', Date.parse('2028-02-28T21:58:00Z')],
        ['the leap day ends', Date.parse('2028-02-29T21:58:00Z')],
      ];
      for (const [what, at] of moments.filter(([, moment]) => moment > started)) {
        await clockTo(office, started, what, at);
        await visitAround(hall);
        const waits = await hall.kiosk.take(); // waits over the change
        await turnClock(office, 4 * MINUTE_MS);
        await visitAround(hall);
        await turnClock(office, HOUR_MS);
        await visitAround(hall);
        mustHold(waits.length > 0, what);
      }
      const log = await office.check();
      const days = new Set(log.filter(({ type }) => type === 'issued').map((record) => text(record, 'day')));
      return [noNegativeTimes(log), `numbers on ${[...days].sort().join(', ')}`];
    }),
};

const OFFICE = { desks: 1, kiosks: 1, displays: 1, settings: { PRINTER: 'none:' } };

export interface Hall {
  readonly office: TriedOffice;
  readonly kiosk: WitnessedKiosk;
  readonly desk: WitnessedDesk;
}

async function openHall(office: TriedOffice): Promise<Hall> {
  const kiosk = office.kiosk();
  const desk = await office.desk();
  await Promise.all([kiosk.connected(), office.display().connected()]);
  return { office, kiosk, desk };
}

/** Two come, one is called and served. */
export async function visitAround({ kiosk, desk }: Hall): Promise<void> {
  await kiosk.take();
  await kiosk.take();
  const called = await desk.callNext();
  if (called === null) return;
  await desk.nextBoardShows(called);
  await desk.finishCurrent();
}

/** How far the office's clock was moved, per office. */
const ahead = new WeakMap<TriedOffice, number>();

async function turnClock(office: TriedOffice, advanceMs: number): Promise<void> {
  const response = await fetch(`${office.process.url}/dock/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: office.process.url },
    body: JSON.stringify({ advanceMs }),
  });
  mustHold(response.ok, `the dock refused to move the clock: ${response.status}`);
  ahead.set(office, (ahead.get(office) ?? 0) + advanceMs);
}

/** Moves the clock to a moment, in steps that the dock takes. */
async function clockTo(office: TriedOffice, started: number, what: string, at: number): Promise<void> {
  for (let left = at - Date.now() - (ahead.get(office) ?? 0); Math.abs(left) > 1_000;) {
    const step = Math.max(-STEP_AT_MOST_MS, Math.min(STEP_AT_MOST_MS, Math.round(left)));
    await turnClock(office, step);
    left = at - Date.now() - (ahead.get(office) ?? 0);
  }
  mustHold(at > started, `${what} lies behind`);
}

function nextLocalMidnight(after: number): number {
  const day = new Date(after + 2 * HOUR_MS).toISOString().slice(0, 10);
  return Date.parse(`${day}T22:00:00Z`);
}

/** F17: no wait and no service was ever shorter than nothing. @returns what was looked at */
export function noNegativeTimes(log: readonly LogRecord[]): string {
  const times = log.flatMap(({ seq, waitedMs, servedMs }) =>
    [waitedMs, servedMs].flatMap((ms) => (typeof ms === 'number' ? [{ seq, ms }] : [])),
  );
  const negative = times.filter(({ ms }) => ms < 0);
  mustHold(
    negative.length === 0,
    `records with negative times: ${negative
      .slice(0, 5)
      .map(({ seq, ms }) => `${seq}: ${ms} ms`)
      .join(', ')}`,
  );
  return `${times.length} waits and services, none negative`;
}
