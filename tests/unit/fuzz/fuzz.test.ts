import { expect, test } from 'vitest';
import { fuzz } from '../../fuzz/fuzz.ts';
import { ROUTES } from '../../fuzz/inputs.ts';

/** Fixed, so that a red test is red again; `npm run test:fuzz` throws other ones. */
const SEED = 20_261_125;

test('ten thousand broken messages, requests and frames: no crash, nobody unanswered, nothing told that is none of theirs', async () => {
  const { inputs, findings } = await fuzz(10_000, SEED);
  process.stdout.write(`${inputs} inputs with seed ${SEED}: ${findings.length} findings\n`);
  expect(inputs).toBeGreaterThanOrEqual(10_000);
  expect(findings.slice(0, 5)).toEqual([]);
});

test('every route of the office is among what is thrown at', () => {
  expect(ROUTES.length).toBeGreaterThan(30);
  for (const path of [
    '/api/sign-in',
    '/api/account/passphrase',
    '/api/pair',
    '/api/invitation/accept',
    '/waiting.json',
  ]) {
    expect(
      ROUTES.some((route) => route.test(path)),
      path,
    ).toBe(true);
  }
});
