import { calendar, clockJumps } from './clock.ts';
import { cpuHog } from './cpu-hog.ts';
import { damagedFiles } from './damage.ts';
import { diskTurnsReadOnly, fullDisk, lockedDatabase, readOnlyDisk } from './disks.ts';
import type { Fault } from './fault.ts';
import { killAtFailpoints, killAtRandom } from './kill.ts';
import { machineClock } from './machine-clock.ts';
import { modelBased } from './model/runs.ts';
import { powerCut } from './power-cut.ts';
import { pressIntoSilence } from './pressing.ts';
import { lostAnswers } from './retries.ts';
import { slowConsumer } from './slow-consumer.ts';
import { SPLITS } from './splits.ts';
import { standstill } from './standstill.ts';
import { reconnectStorm } from './storm.ts';
import { upgrade } from './upgrade.ts';

/** Every fault that `npm run test:faults` makes, the longest first. */
export const FAULTS: readonly Fault[] = [
  killAtRandom,
  modelBased,
  powerCut,
  lostAnswers,
  killAtFailpoints,
  damagedFiles,
  ...SPLITS,
  pressIntoSilence,
  fullDisk,
  readOnlyDisk,
  diskTurnsReadOnly,
  standstill,
  upgrade,
  lockedDatabase,
  clockJumps,
  machineClock,
  calendar,
  cpuHog,
  reconnectStorm,
  slowConsumer,
];
