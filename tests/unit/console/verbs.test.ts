import { describe, expect, test } from 'vitest';
import { mainVerb, pickOff, verbsOf } from '#console/verbs.ts';
import { aBoard, called, MINUTE_MS, nextOf, NOW, waiting } from './a-board.ts';

const NEXT = waiting('K042');
const FREE = aBoard({ waiting: [NEXT], next: nextOf(NEXT) });
const PAUSED = aBoard({ me: { ...FREE.me, pause: { reason: 'lunch', plannedEnd: null } }, next: FREE.next });

describe('the verbs at a desk', () => {
  test('a free desk calls, and nothing else', () => {
    const { callNext, pause, ...others } = verbsOf(FREE, NOW, null);
    expect([callNext, pause]).toEqual([null, null]);
    expect(Object.values(others).every((off) => off?.why === 'none')).toBe(true);
    expect(mainVerb(FREE)).toBe('callNext');
  });

  test('with nobody to serve, calling is off and says so', () => {
    expect(verbsOf(aBoard(), NOW, null).callNext).toEqual({ why: 'nobody' });
  });

  test('a paused desk does not call; going on is what comes next', () => {
    expect(verbsOf(PAUSED, NOW, null).callNext).toEqual({ why: 'paused' });
    expect(mainVerb(PAUSED)).toBe('resume');
  });

  test('a called visitor first: begin is the filled verb, calling says whom to finish', () => {
    const board = { ...FREE, current: called('A007') };
    expect(mainVerb(board)).toBe('begin');
    expect(verbsOf(board, NOW, null).callNext).toEqual({ why: 'finishFirst', number: 'A007' });
    expect(verbsOf(board, NOW, null).begin).toBeNull();
  });

  test('calling again waits for its time, and ends after as many calls as the office makes', () => {
    const once = { ...FREE, current: called('A007') };
    const twice = { ...FREE, current: called('A007', { calls: 2 }) };
    expect(verbsOf(once, NOW, null).recall).toEqual({ why: 'recallAt', at: NOW + 2 * MINUTE_MS });
    expect(verbsOf(once, NOW + 2 * MINUTE_MS, null).recall).toBeNull();
    expect(verbsOf(twice, NOW + 9 * MINUTE_MS, null).recall).toEqual({ why: 'calledEnough' });
  });

  test('a no-show needs all calls first', () => {
    expect(verbsOf({ ...FREE, current: called('A007') }, NOW, null).noShow).toEqual({ why: 'callAgainFirst' });
    expect(verbsOf({ ...FREE, current: called('A007', { calls: 2 }) }, NOW, null).noShow).toBeNull();
  });

  test('a visitor being served cannot be missed, called again or begun; everything else is on', () => {
    const verbs = verbsOf({ ...FREE, current: called('A007', { state: 'serving' }) }, NOW, null);
    expect([verbs.begin, verbs.recall, verbs.noShow].map((off) => off?.why)).toEqual(['none', 'none', 'none']);
    expect([verbs.finish, verbs.park, verbs.transfer, verbs.triage, verbs.note, verbs.withdraw]).toEqual(
      Array(6).fill(null),
    );
  });
});

describe('calling a particular ticket', () => {
  test('is on at a free desk, off while somebody is there', () => {
    expect(pickOff(FREE, 'id-other')).toBeNull();
    expect(pickOff({ ...FREE, current: called('A007') }, 'id-other')).toEqual({ why: 'finishFirst', number: 'A007' });
    expect(pickOff(PAUSED, 'id-other')).toEqual({ why: 'paused' });
  });

  test('where the head has switched it off, only the next one can be called', () => {
    const strict = { ...FREE, mayCallOutOfOrder: false };
    expect(pickOff(strict, 'id-other')).toEqual({ why: 'orderOnly' });
    expect(pickOff(strict, NEXT.ticketId)).toBeNull();
  });

  test('needs a desk', () => {
    expect(pickOff({ ...FREE, me: { ...FREE.me, deskId: null } }, NEXT.ticketId)).toEqual({ why: 'none' });
  });
});

test('where the office insists on a result, finishing waits for it; a call that nobody answered does not', () => {
  const serving = aBoard({ current: called('A007', { state: 'serving' }), resolutionRequired: true });
  expect(verbsOf(serving, NOW, null).finish).toEqual({ why: 'resolutionFirst' });
  expect(verbsOf(serving, NOW, 'solved').finish).toBeNull();
  expect(verbsOf({ ...serving, resolutionRequired: false }, NOW, null).finish).toBeNull();
});
