import { calendar, clockJumps } from './clock.ts';
import { damagedFiles } from './damage.ts';
import { fullDisk, lockedDatabase, readOnlyDisk } from './disks.ts';
import type { Fault } from './fault.ts';
import { killAtFailpoints, killAtRandom } from './kill.ts';
import { modelBased } from './model/runs.ts';
import { powerCut } from './power-cut.ts';
import { pressIntoSilence } from './pressing.ts';
import { lostAnswers } from './retries.ts';
import { slowConsumer } from './slow-consumer.ts';
import { SPLITS } from './splits.ts';
import { reconnectStorm } from './storm.ts';

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
  lockedDatabase,
  clockJumps,
  calendar,
  reconnectStorm,
  slowConsumer,
];
