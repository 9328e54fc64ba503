import { expect, test } from 'vitest';
import { minutesSince, minutesUntil, promiseUse } from '#console/promise.ts';

const MINUTE_MS = 60_000;
const PROMISE = { clock: 0, callBy: 20 * MINUTE_MS };

test('the bar is as long as the used part of the promise', () => {
  expect(promiseUse(PROMISE, 5 * MINUTE_MS)).toEqual({ percent: 25, level: 'used', minutes: 15 });
});

test('from four fifths on it warns', () => {
  expect(promiseUse(PROMISE, 15.9 * MINUTE_MS).level).toBe('near'); // 79.5 rounds to the 80 that is shown
  expect(promiseUse(PROMISE, 15.8 * MINUTE_MS).level).toBe('used');
  expect(promiseUse(PROMISE, 20 * MINUTE_MS)).toEqual({ percent: 100, level: 'near', minutes: 0 });
});

test('a broken promise fills the track and counts begun minutes', () => {
  expect(promiseUse(PROMISE, 20 * MINUTE_MS + 1)).toEqual({ percent: 100, level: 'over', minutes: 1 });
});

test('a clock set back never makes a bar of negative length', () => {
  expect(promiseUse(PROMISE, -MINUTE_MS).percent).toBe(0);
  expect(minutesSince(MINUTE_MS, 0)).toBe(0);
  expect(minutesUntil(0, MINUTE_MS)).toBe(0);
});
