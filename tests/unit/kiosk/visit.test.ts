import { describe, expect, test } from 'vitest';
import { NOBODY, back, begin, canGoBack, choose, finish, nextPage, press, settle, shown } from '#kiosk/visit.ts';
import type { Issued, Need, Tap, Visit } from '#kiosk/visit.ts';

const PENSION = { id: 'pension' as Need['id'], kind: 'topic' } as const;
const OLD_AGE = { id: 'pension.old_age' as Need['id'], kind: 'leaf' } as const;
const UNSURE = { id: 'unsure' as Need['id'], kind: 'way' } as const;
const TAP: Tap = { requestId: 'first' as Tap['requestId'], needId: OLD_AGE.id, language: 'ru' };
const ISSUED: Issued = {
  ticketId: 'ticket' as Issued['ticketId'],
  number: 'K042' as Issued['number'],
  ahead: 7,
  phoneToken: 'token',
  phoneUrl: 'https://office.example/t/token',
  slip: 'printing',
};
const AT_LEAF: Visit = choose(choose(begin(NOBODY), PENSION), OLD_AGE);

describe('a visit', () => {
  test('goes from the topic to the sub-need to what is to know before taking a number', () => {
    expect(AT_LEAF.trail.map(({ kind }) => kind)).toEqual(['start', 'topics', 'sub-needs', 'leaf']);
  });

  test('a way without topic goes straight to the number', () => {
    expect(shown(choose(begin(NOBODY), UNSURE))).toEqual({ kind: 'leaf', needId: 'unsure', page: 0 });
  });

  test('touching the start twice begins one visit', () => {
    expect(begin(begin(NOBODY))).toEqual(begin(NOBODY));
  });

  test('back takes one page first, then one step', () => {
    const second = nextPage(AT_LEAF);
    expect(shown(second)).toMatchObject({ kind: 'leaf', page: 1 });
    expect(back(second)).toEqual(AT_LEAF);
    expect(shown(back(AT_LEAF)).kind).toBe('sub-needs');
    expect(back(NOBODY)).toEqual(NOBODY);
  });

  test('a second press while a number is asked for is none', () => {
    const once = press(AT_LEAF, TAP);
    expect(press(once, { ...TAP, requestId: 'second' as Tap['requestId'] })).toBe(once);
    expect(back(once)).toBe(once);
    expect(choose(once, UNSURE)).toBe(once);
  });

  test('the number is the end of the way: nothing leads back from it', () => {
    const there = settle(press(AT_LEAF, TAP), TAP.requestId, { kind: 'issued', issued: ISSUED });
    expect(shown(there)).toEqual({ kind: 'ticket', needId: OLD_AGE.id, issued: ISSUED, page: 0 });
    expect(canGoBack(there)).toBe(false);
    expect(shown(finish(there)).kind).toBe('thanks');
  });

  test('an answer to another request changes nothing', () => {
    const once = press(AT_LEAF, TAP);
    expect(settle(once, 'other' as Tap['requestId'], { kind: 'issued', issued: ISSUED })).toBe(once);
    expect(settle(AT_LEAF, TAP.requestId, { kind: 'issued', issued: ISSUED })).toBe(AT_LEAF);
  });

  test('a refusal stays at the key that asked', () => {
    const refused = settle(press(AT_LEAF, TAP), TAP.requestId, { kind: 'refused', refusal: { code: 'unknown-need' } });
    expect(shown(refused).kind).toBe('leaf');
    expect(refused.refused).toEqual({ code: 'unknown-need' });
    expect(back(refused).refused).toBeNull();
  });

  test('without an answer the kiosk says so, keeps the request, and a second failure does not pile up', () => {
    const failed = settle(press(AT_LEAF, TAP), TAP.requestId, { kind: 'failed', reference: '7f3a' });
    expect(shown(failed)).toMatchObject({ kind: 'cannot', tap: TAP, reference: '7f3a' });
    const again = settle(press(failed, TAP), TAP.requestId, { kind: 'failed', reference: null });
    expect(again.trail.filter(({ kind }) => kind === 'cannot')).toHaveLength(1);
    expect(back(again)).toEqual(AT_LEAF);
    expect(shown(settle(press(again, TAP), TAP.requestId, { kind: 'issued', issued: ISSUED })).kind).toBe('ticket');
  });
});
