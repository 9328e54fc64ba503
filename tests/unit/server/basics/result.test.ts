import { expect, test } from 'vitest';
import { assert, unreachable } from '../../../../server/basics/assert.ts';
import { err, ok } from '../../../../server/basics/result.ts';

test('a result is the same after a journey over a socket', () => {
  expect(JSON.parse(JSON.stringify(ok({ number: 'M042' })))).toEqual({ ok: true, value: { number: 'M042' } });
  expect(JSON.parse(JSON.stringify(err({ code: 'queue-empty' })))).toEqual({
    ok: false,
    error: { code: 'queue-empty' },
  });
});

test('an assertion names what was broken', () => {
  expect(() => assert(true, 'never seen')).not.toThrow();
  expect(() => assert(false, 'a group is never empty')).toThrow('Assertion failed: a group is never empty');
});

test('a case that nobody handled is named when it comes anyway', () => {
  expect(() => unreachable({ kind: 'melted' } as never)).toThrow('{"kind":"melted"}');
});
