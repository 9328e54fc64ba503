import { describe, expect, test } from 'vitest';
import { Trial, type Fault } from '../../faults/fault.ts';
import { killAtFailpoints, killAtRandom } from '../../faults/kill.ts';
import { modelBased } from '../../faults/model/runs.ts';
import { lostAnswers } from '../../faults/retries.ts';

/** A fixed seed: what is red here is red again. `npm run test:faults` rolls its own. */
const SEED = 20_261_125;

/** A busy machine may be slow, and slow is not wrong. */
const HANGS_AFTER_MS = 600_000;

/** A few of each; the whole is `npm run test:faults`. */
const QUICK: readonly (readonly [Fault, number])[] = [
  [killAtFailpoints, 0.01],
  [killAtRandom, 0.02],
  [lostAnswers, 0.03],
  [modelBased, 0.03],
];

describe('the office under faults, a quick selection', () => {
  test.each(QUICK.map(([fault, share]) => [fault.name, fault, share] as const))(
    '%s',
    async (_, fault, share) => {
      expect(await fault.run(new Trial(SEED, share))).not.toEqual([]);
    },
    HANGS_AFTER_MS,
  );
});
