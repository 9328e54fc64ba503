import type { Fault } from './fault.ts';
import { killAtFailpoints, killAtRandom } from './kill.ts';
import { modelBased } from './model/runs.ts';
import { lostAnswers } from './retries.ts';
import { slowConsumer } from './slow-consumer.ts';
import { SPLITS } from './splits.ts';
import { reconnectStorm } from './storm.ts';

/** Every fault that `npm run test:faults` makes, the quick ones first. */
export const FAULTS: readonly Fault[] = [
  killAtFailpoints,
  killAtRandom,
  lostAnswers,
  reconnectStorm,
  slowConsumer,
  ...SPLITS,
  modelBased,
];
