import fc from 'fast-check';
import { expect, test } from 'vitest';
import { takenAt } from '../../../console/src/lib/safety/taken-at.ts';

const ZONE = 'Europe/Tallinn';
const at = (text: string): number => Date.parse(text);

test('a time typed after a fault is today, or late yesterday, never later than now', () => {
  expect(takenAt('10:42', at('2026-11-25T09:00:30Z'), ZONE)).toBe(at('2026-11-25T08:42:00Z'));
  expect(takenAt('23:50', at('2026-11-25T06:00:00Z'), ZONE)).toBe(at('2026-11-24T21:50:00Z'));
  expect(takenAt('9.05', at('2026-11-25T09:00:00Z'), ZONE)).toBe(at('2026-11-25T07:05:00Z'));
  expect(takenAt('9:5', at('2026-11-25T06:00:00Z'), ZONE)).toBeNull();
});

test('whatever is typed, the wall clock showed it within the last 25 hours', () => {
  const shown = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: ZONE,
  });
  const minutes = fc.integer({ min: 0, max: 1439 });
  // the nights when the clocks change are among these days, apart from the hour that does not exist
  const nows = fc.integer({ min: at('2026-10-24T12:00:00Z'), max: at('2026-10-26T12:00:00Z') });
  fc.assert(
    fc.property(minutes, nows, (minute, now) => {
      const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
      const found = takenAt(time, now, ZONE) ?? Number.NaN;
      expect(shown.format(found)).toBe(time);
      expect(found).toBeLessThanOrEqual(now);
      expect(now - found).toBeLessThan(25 * 3_600_000 + 60_000);
    }),
  );
});
