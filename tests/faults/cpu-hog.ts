import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { mustHold, spread, type Fault } from './fault.ts';
import { inOffice } from './tried-office.ts';

const ROUNDS = 60;
/** So many programs to each core, none of them nicer than the office. */
const HOGS_PER_CORE = 3;
const ANSWERED_WITHIN_MS = 30_000;

/** F22: other programs take the machine's processor; the office is slower, and nothing else. */
export const cpuHog: Fault = {
  name: 'cpu-hog',
  of: 'F22',
  says: `${HOGS_PER_CORE} programs to a core that never rest, beside ${ROUNDS} presses and calls`,
  alone: true,
  run: (trial) =>
    inOffice({ desks: 2, kiosks: 2, displays: 1 }, async (office) => {
      office.display();
      const kiosks = [office.kiosk(0), office.kiosk(1)];
      const desks = [await office.desk(0), await office.desk(1)];
      const { bootId } = await office.process.health();
      const hogs = Array.from({ length: HOGS_PER_CORE * availableParallelism() }, () =>
        spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
      );
      const taken: number[] = [];
      const rounds = trial.times(ROUNDS);
      try {
        for (let round = 0; round < rounds; round++) {
          const at = performance.now();
          await Promise.all(kiosks.map((kiosk) => kiosk.take()));
          taken.push(performance.now() - at);
          await Promise.all(desks.map((desk) => desk.callNext()));
          await Promise.all(desks.map((desk) => desk.finishCurrent()));
        }
      } finally {
        for (const hog of hogs) hog.kill('SIGKILL');
      }
      const log = await office.check();
      const issued = log.filter(({ type }) => type === 'issued').length;
      mustHold(issued === rounds * kiosks.length, `${rounds * kiosks.length} presses made ${issued} tickets`);
      mustHold((await office.process.health()).bootId === bootId, 'the server had to start anew');
      mustHold(Math.max(...taken) < ANSWERED_WITHIN_MS, 'a press was not answered in time');
      return [spread('two presses at once beside them', taken)];
    }),
};
