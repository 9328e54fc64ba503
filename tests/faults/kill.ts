import { FAILPOINTS } from '../../server/basics/failpoint.ts';
import { until } from '../support/waiting.ts';
import { mustHold, spread, type Fault, type Trial } from './fault.ts';
import { inOffice, type TriedOffice } from './tried-office.ts';
import type { WitnessedDesk, WitnessedKiosk } from './witnessed-clients.ts';

const KILLS = 200;
const KIOSKS = 4;
const DESKS = 2;
/** The kill comes this long after the taps at most (milliseconds). */
const KILL_WITHIN_MS = 50;
const CHECK_EVERY = 40;
/** From kill -9 to serving again. */
const SERVING_WITHIN_MS = 5_000;

/** The printer's answer to the newest slip. */
const SETTLED_WITHIN_MS = 10_000;

/** F1: the server is killed at random moments while visitors press and specialists call. */
export const killAtRandom: Fault = {
  name: 'kill',
  of: 'F1, F2',
  says: `kill -9 at ${KILLS} random points 0–${KILL_WITHIN_MS} ms after the tap`,
  run: (trial) =>
    inOffice({ desks: DESKS, kiosks: KIOSKS, displays: 1 }, async (office) => {
      const kiosks = Array.from({ length: KIOSKS }, (_, i) => office.kiosk(i));
      const desks = await Promise.all(Array.from({ length: DESKS }, (_, i) => office.desk(i)));
      await office.display(0).connected();
      const starts: number[] = [];
      const rounds = trial.times(KILLS);
      for (let round = 1; round <= rounds; round++) {
        starts.push(await killOnce(office, kiosks, desks, trial));
        if (round % CHECK_EVERY !== 0 && round !== rounds) continue;
        await office.checkState(desks[0] ?? raise());
        await office.check();
      }
      const log = await office.check();
      const sorted = [...starts].sort((a, b) => a - b);
      mustHold(
        !trial.isWhole || (sorted[Math.floor(sorted.length / 2)] ?? 0) <= SERVING_WITHIN_MS,
        `half of the starts took over ${SERVING_WITHIN_MS} ms`,
      );
      return [
        spread('kill -9 until serving', starts),
        `${rounds} kills, ${log.filter(({ type }) => type === 'issued').length} numbers, ${log.length} records`,
      ];
    }),
};

/** One round. @returns from the kill to serving again (milliseconds) */
async function killOnce(
  office: TriedOffice,
  kiosks: readonly WitnessedKiosk[],
  desks: readonly WitnessedDesk[],
  { chance }: Trial,
): Promise<number> {
  const visitors = kiosks.map((kiosk) => kiosk.take());
  const calls = desks.map((desk) => (chance.happens(0.5) ? desk.callNext() : desk.finishCurrent()));
  await new Promise((resolve) => setTimeout(resolve, chance.fraction() * KILL_WITHIN_MS));
  const at = performance.now();
  await office.process.kill();
  await office.process.start();
  const taken = performance.now() - at;
  await Promise.all([...visitors, ...calls]);
  for (const desk of desks) await desk.finishCurrent();
  return taken;
}

/** F1: the server ends itself at every named point of a change's way. */
export const killAtFailpoints: Fault = {
  name: 'failpoints',
  of: 'F1, F9',
  says: `killed at each of ${FAILPOINTS.length} named points between decision and paper`,
  run: (trial) =>
    inOffice({ desks: 1, kiosks: 1, displays: 1 }, async (office) => {
      const kiosk = office.kiosk();
      const desk = await office.desk();
      await office.display().connected();
      const passes = trial.isWhole ? [1, 2, 3] : [1];
      const points = FAILPOINTS.filter((_, i) => trial.isWhole || i % 2 === 0);
      for (const point of points) {
        for (const pass of passes) await killAt(office, kiosk, desk, `${point}:${pass}`);
      }
      await office.checkState(desk);
      await office.check();
      return [`${points.length * passes.length} kills`];
    }),
};

async function killAt(
  office: TriedOffice,
  kiosk: WitnessedKiosk,
  desk: WitnessedDesk,
  failpoint: string,
): Promise<void> {
  // a slip left open would be settled at the start, and pass the point before any visitor comes
  await until(
    `the newest slip is settled before ${failpoint}, not as in ${kiosk.slipsShown}`,
    () => kiosk.isPaperSettled,
    SETTLED_WITHIN_MS,
  );
  await office.process.kill();
  await office.process.start({ FAILPOINT: failpoint, NODE_ENV: 'test' });
  await Promise.all([kiosk.connected(), desk.connected()]);
  const visitors: Promise<string>[] = [];
  const calls: Promise<unknown>[] = [];
  const gone = office.process.exited();
  // visitors come one by one, and one is called, until the point has been passed often enough
  for (let i = 0; i < 8 && office.process.isRunning; i++) {
    visitors.push(kiosk.take());
    if (i === 0) calls.push(desk.callNext());
    await Promise.race([gone, Promise.all(visitors).then(() => new Promise((resolve) => setTimeout(resolve, 150)))]);
  }
  mustHold(!office.process.isRunning, `the server never passed ${failpoint}`);
  await office.process.start();
  await Promise.all([...visitors, ...calls]);
  await desk.finishCurrent();
}

function raise(): never {
  throw new Error('there is no desk');
}
