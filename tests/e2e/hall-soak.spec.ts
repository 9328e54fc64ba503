import { expect, test } from '@playwright/test';
import { expectedRecordings } from '../hall/recordings.ts';
import { soakDisplay } from '../hall/soak.ts';

/** Twenty minutes of a busy display; `npm run soak:display` plays eight hours. */
const DAY = { calls: 40, everyMs: 30_000, burstEvery: 10, together: 5, parts: 4 };

test('every call is shown and said whole exactly once, and the page does not grow', async () => {
  test.setTimeout(300_000);
  const { made, shown, spoken, weights } = await soakDisplay(DAY, () => undefined);
  expect(shown).toEqual(made.map(({ number }) => number));
  expect(spoken).toEqual(made.map(expectedRecordings));
  const [, second, , last] = weights;
  expect(last?.nodes).toBeLessThanOrEqual((second?.nodes ?? 0) * 1.1);
  expect(last?.listeners).toBeLessThanOrEqual((second?.listeners ?? 0) * 1.1);
});
