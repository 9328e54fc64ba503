import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClassId, EpochMs } from '../../../../server/domain/ids.ts';
import type { Plan, Service } from '../../../../server/domain/plan.ts';
import { isScarce, outlook, promiseMs, startOfClock } from '../../../../server/domain/promise.ts';
import { at, aPlan } from '../../../support/books.ts';

const MINUTE_MS = 60_000;
const PLAN = aPlan();
const INFANT = 'infant' as ClassId;

function service(id: string, changes: Partial<Service> = {}): Service {
  const found = PLAN.services.find((one) => one.id === id);
  if (!found) throw new Error(`no service ${id}`);
  return { ...found, ...changes };
}

function minutes(
  of: Service,
  standing: Parameters<typeof promiseMs>[1]['standing'],
  { classId = null, plan = PLAN, scarce = false }: { classId?: ClassId | null; plan?: Plan; scarce?: boolean } = {},
): number {
  return promiseMs(of, { standing, classId }, plan, scarce) / MINUTE_MS;
}

describe('what a visitor is promised', () => {
  test('depends on the service and on the standing', () => {
    expect(minutes(service('info'), 'walk-in')).toBe(10);
    expect(minutes(service('pension'), 'walk-in')).toBe(20);
    expect(minutes(service('pension'), 'priority')).toBe(10);
    expect(minutes(service('pension'), 'booked')).toBe(5);
    expect(minutes(service('pension'), 'returning')).toBe(5);
  });

  test('who has priority, and how much, is the office’s setting', () => {
    const classes = [{ id: INFANT, names: { et: 'a', en: 'a', ru: 'a' }, promiseMs: 3 * MINUTE_MS }];
    const plan = { ...PLAN, classes };
    expect(minutes(service('pension'), 'priority', { classId: INFANT, plan })).toBe(3);
    expect(minutes(service('pension'), 'priority', { plan })).toBe(10);
  });

  test('a service may promise a class something of its own', () => {
    const own = service('pension', { ownPromises: { [INFANT]: 7 * MINUTE_MS, booked: 2 * MINUTE_MS } });
    expect(minutes(own, 'priority', { classId: INFANT })).toBe(7);
    expect(minutes(own, 'booked')).toBe(2);
    expect(minutes(own, 'returning')).toBe(5);
  });

  test('a class the office no longer has is promised what priority is', () => {
    expect(minutes(service('pension'), 'priority', { classId: 'gone' as ClassId })).toBe(10);
  });

  test('scarce skill: ten minutes less for those who walk in, never less than priority, and never more than else', () => {
    expect(minutes(service('pension'), 'walk-in', { scarce: true })).toBe(10);
    expect(minutes(service('pension', { promiseMs: 30 * MINUTE_MS }), 'walk-in', { scarce: true })).toBe(20);
    expect(minutes(service('pension', { promiseMs: 15 * MINUTE_MS }), 'walk-in', { scarce: true })).toBe(10);
    expect(minutes(service('pension', { promiseMs: 5 * MINUTE_MS }), 'walk-in', { scarce: true })).toBe(5);
    expect(minutes(service('pension'), 'priority', { scarce: true })).toBe(10);
  });

  test('nobody with priority is promised more than whoever walks in', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 90 }),
        fc.integer({ min: 1, max: 90 }),
        fc.boolean(),
        (walk, own, scarce) => {
          const any = service('pension', { promiseMs: walk * MINUTE_MS, ownPromises: { [INFANT]: own * MINUTE_MS } });
          expect(minutes(any, 'priority', { classId: INFANT })).toBeLessThanOrEqual(minutes(any, 'walk-in'));
          expect(minutes(any, 'walk-in', { scarce })).toBeLessThanOrEqual(walk);
        },
      ),
    );
  });
});

describe('a skill is scarce', () => {
  test.each([
    [1, 4, true],
    [2, 8, true],
    [1, 3, false],
    [2, 4, false],
    [0, 4, false],
  ])('with %i of %i open desks: %s', (can, open, expected) => {
    expect(isScarce(can, open)).toBe(expected);
  });
});

describe('the clock of a booked visitor', () => {
  const promised = 5 * MINUTE_MS;

  test('aims at the slot: coming early gains nothing', () => {
    expect(startOfClock(at(0), at(30), promised)).toBe(at(25));
    expect(startOfClock(at(20), at(30), promised)).toBe(at(25));
  });

  test('starts at the arrival of whoever comes late', () => {
    expect(startOfClock(at(40), at(30), promised)).toBe(at(40));
  });

  test('starts at once without a booking', () => {
    expect(startOfClock(at(7), null, promised)).toBe(at(7));
  });
});

describe('the office sees that it will break its word', () => {
  const ticket = { clock: at(0), callBy: at(20) };

  test('before the time is over: when those ahead take longer, or the time is nearly over', () => {
    expect(outlook(ticket, at(15), at(5))).toBe('kept');
    expect(outlook(ticket, at(25), at(5))).toBe('at-risk');
    expect(outlook(ticket, at(18), at(17))).toBe('at-risk');
    expect(outlook(ticket, null, at(5))).toBe('kept');
  });

  test('and says so afterwards', () => {
    expect(outlook(ticket, at(21), at(20))).toBe('at-risk');
    expect(outlook(ticket, at(21), (at(20) + 1) as EpochMs)).toBe('broken');
  });
});
