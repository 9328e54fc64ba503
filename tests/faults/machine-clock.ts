import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noNegativeTimes, visitAround, type Hall } from './clock.ts';
import { mustHold, Skipped, type Fault } from './fault.ts';
import { text } from './invariants/log.ts';
import { inOffice, type TriedOffice } from './tried-office.ts';

/** Debian's package `faketime`, by machine. */
const LIBRARIES = ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketime.so.1`);
const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;

/**
 * F16: the clock of the machine itself jumps, as after a dead battery or a first answer of a time server. Every part of the
 * server sees it, not only what is given the office's clock; what measures durations goes on evenly.
 */
export const machineClock: Fault = {
  name: 'machine-clock',
  of: 'F16',
  says: "the machine's own clock jumps by 20 minutes, an hour and a day, forth and back, and the server starts anew in between",
  run: async () => {
    const library = LIBRARIES.find((path) => existsSync(path));
    if (library === undefined) throw new Skipped('needs libfaketime (Debian: faketime)');
    const folder = await mkdtemp(join(tmpdir(), 'infolett-clock-'));
    const offset = join(folder, 'offset');
    // From noon on, whenever the trial is made: an hour more is the same day, a day and an hour more the next one.
    const noon = -secondsSinceNoon(Date.now());
    const turnTo = (seconds: number): Promise<void> => {
      const by = noon + seconds;
      return writeFile(offset, `${by < 0 ? '' : '+'}${by}\n`);
    };
    await turnTo(0);
    const settings = {
      PRINTER: 'none:',
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: offset,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    };
    try {
      return await inOffice({ desks: 1, kiosks: 1, displays: 1, settings }, async (office) => jump(office, turnTo));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** Since the last noon of the office's clock, in winter; an hour off in summer matters to nobody here. */
function secondsSinceNoon(now: number): number {
  return Math.floor(now / 1000 - 10 * HOUR_S) % DAY_S;
}

async function jump(office: TriedOffice, turnTo: (seconds: number) => Promise<void>): Promise<readonly string[]> {
  const kiosk = office.kiosk();
  await Promise.all([kiosk.connected(), office.display().connected()]);
  let hall: Hall = { office, kiosk, desk: await office.desk() };
  await visitAround(hall);
  for (const seconds of [20 * MINUTE_S, 0, -20 * MINUTE_S, 0]) {
    await turnTo(seconds);
    await visitAround(hall);
  }
  // Far ahead a session has rightly ended: visitors come meanwhile, and the desk again when the clock is back.
  let restarts = 0;
  for (const seconds of [HOUR_S, 0, -HOUR_S, 0, DAY_S + HOUR_S, 0, -DAY_S, 0]) {
    await turnTo(seconds);
    await kiosk.take();
    await kiosk.take();
    if (seconds !== 0) {
      await office.process.kill();
      await office.process.start();
      restarts += 1;
      await kiosk.take();
    } else if (restarts <= 2) {
      hall.desk.close();
      hall = { ...hall, desk: await office.desk() };
      await visitAround(hall);
    }
  }
  const log = await office.check();
  const days = new Set(log.filter(({ type }) => type === 'issued').map((record) => text(record, 'day')));
  mustHold(days.size <= 2, `${days.size} days were begun, though only one followed`);
  return [noNegativeTimes(log), `12 jumps, ${restarts} starts in between, numbers on ${[...days].sort().join(', ')}`];
}
