import type { Fault } from './fault.ts';
import { killAtFailpoints, killAtRandom } from './kill.ts';

/** Every fault that `npm run test:faults` makes, the quick ones first. */
export const FAULTS: readonly Fault[] = [killAtFailpoints, killAtRandom];
