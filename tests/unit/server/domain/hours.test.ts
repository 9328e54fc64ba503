import { describe, expect, test } from 'vitest';
import { openingAt } from '../../../../server/domain/hours.ts';
import type { EpochMs } from '../../../../server/domain/ids.ts';
import { instantOf, localDay, localTime, nextMidnight } from '../../../../server/domain/local-time.ts';
import type { Hours } from '../../../../server/domain/plan.ts';

const ZONE = 'Europe/Tallinn';
const workday = [
  { from: '09:00', until: '12:00' },
  { from: '12:30', until: '17:00' },
];
const WEEK: Hours = {
  kind: 'weekly',
  week: [workday, workday, workday, workday, [{ from: '09:00', until: '15:00' }], [], []],
  exceptions: { '2026-12-24': [], '2026-12-23': [{ from: '09:00', until: '12:00' }] },
};

function local(text: string): EpochMs {
  const [day = '', time = ''] = text.split(' ');
  return instantOf(day, time, ZONE);
}

describe('opening hours in Tallinn', () => {
  test.each([
    ['2026-11-24 08:59', false, '2026-11-24 09:00'],
    ['2026-11-24 09:00', true, '2026-11-24 12:00'],
    ['2026-11-24 12:00', false, '2026-11-24 12:30'],
    ['2026-11-24 16:59', true, '2026-11-24 17:00'],
    ['2026-11-27 15:00', false, '2026-11-30 09:00'],
    ['2026-12-23 13:00', false, '2026-12-25 09:00'],
    ['2026-12-24 10:00', false, '2026-12-25 09:00'],
  ])('%s: open %s, changes %s', (moment, open, changes) => {
    expect(openingAt(WEEK, local(moment), ZONE)).toEqual({ open, changesAt: local(changes) });
  });

  test('an office that never closes has no next change', () => {
    expect(openingAt({ kind: 'always' }, local('2026-11-24 03:00'), ZONE)).toEqual({ open: true, changesAt: null });
  });

  test.each(['2026-10-26', '2027-03-29'])(
    'the Monday after a clock change (%s) opens at nine by the wall clock',
    (day) => {
      const sunday = (local(`${day} 09:00`) - 20 * 3_600_000) as EpochMs;
      expect(openingAt(WEEK, sunday, ZONE).changesAt).toBe(local(`${day} 09:00`));
      expect(localTime(local(`${day} 09:00`), ZONE).minute).toBe(9 * 60);
    },
  );
});

describe('the local day', () => {
  test('begins at midnight in Tallinn, two hours ahead of UTC in winter and three in summer', () => {
    expect(localDay(Date.parse('2026-11-24T21:59:59Z') as EpochMs, ZONE)).toBe('2026-11-24');
    expect(localDay(Date.parse('2026-11-24T22:00:00Z') as EpochMs, ZONE)).toBe('2026-11-25');
    expect(localDay(Date.parse('2026-07-01T20:59:59Z') as EpochMs, ZONE)).toBe('2026-07-01');
    expect(localDay(Date.parse('2026-07-01T21:00:00Z') as EpochMs, ZONE)).toBe('2026-07-02');
  });

  test('has 25 hours when summer time ends and 23 when it begins', () => {
    const autumn = local('2026-10-25 00:00');
    expect(nextMidnight(autumn, ZONE) - autumn).toBe(25 * 3_600_000);
    const spring = local('2027-03-28 00:00');
    expect(nextMidnight(spring, ZONE) - spring).toBe(23 * 3_600_000);
  });

  test('an hour that comes twice means its first passing', () => {
    expect(local('2026-10-25 03:30')).toBe(Date.parse('2026-10-25T00:30:00Z'));
  });
});
