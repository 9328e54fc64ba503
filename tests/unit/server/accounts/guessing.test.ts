import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Guessing, type Try } from '../../../../server/accounts/guessing.ts';
import { knownBrowserOf, rememberAccount } from '../../../../server/accounts/known-browser.ts';
import { OfficeKeys } from '../../../../server/accounts/office-keys.ts';
import type { EpochMs } from '../../../../server/domain/ids.ts';

const OFFICE = '193.40.0.1';
const at = (ms: number): EpochMs => ms as EpochMs;
const stranger = (username: string, address = OFFICE): Try => ({ username, address, knownBrowser: null });
const atHome = (username: string): Try => ({ username, address: OFFICE, knownBrowser: 'tablet-1' });

function failTimes(guessing: Guessing, one: Try, times: number): void {
  for (let i = 0; i < times; i++) guessing.failed(one, at(0));
}

describe('guessing is slowed down', () => {
  test('five wrong tries are free, then the wait doubles up to five minutes', () => {
    const guessing = new Guessing();
    failTimes(guessing, stranger('mari'), 4);
    expect(guessing.waitMs(stranger('mari'), at(0))).toBe(0);
    const waits = [1, 2, 3].map(() => {
      guessing.failed(stranger('mari'), at(0));
      return guessing.waitMs(stranger('mari'), at(0));
    });
    expect(waits).toEqual([2_000, 4_000, 8_000]);
    failTimes(guessing, stranger('mari'), 30);
    expect(guessing.waitMs(stranger('mari'), at(0))).toBe(300_000);
    expect(guessing.waitMs(stranger('mari'), at(31 * 60_000))).toBe(0);
  });

  test('from many addresses at one account it is slowed down too', () => {
    const guessing = new Guessing();
    for (let i = 0; i < 40; i++) guessing.failed(stranger('mari', `10.0.0.${i}`), at(0));
    expect(guessing.waitMs(stranger('mari', '10.9.9.9'), at(0))).toBeGreaterThan(1_000);
    expect(guessing.waitMs(stranger('mari', '10.9.9.9'), at(0))).toBeLessThanOrEqual(60_000);
  });
});

describe('a try counts from its start', () => {
  const wrong = () => Promise.resolve(null);
  const right = () => Promise.resolve('in');

  test('of a hundred sent at once, five are looked at', async () => {
    const guessing = new Guessing();
    let looked = 0;
    const check = async () => {
      looked += 1;
      await Promise.resolve();
      return null;
    };
    await Promise.all(Array.from({ length: 100 }, () => guessing.attempt(stranger('mari'), at(0), check)));
    expect(looked).toBe(5);
  });

  test('right ones, and those that could not be looked at, count for nothing', async () => {
    const guessing = new Guessing();
    for (let i = 0; i < 200; i++) {
      await guessing.attempt(stranger('mari'), at(0), right);
      await guessing.attempt(stranger('mari'), at(0), () => Promise.reject(new Error('no turn'))).catch(() => null);
    }
    for (let i = 0; i < 4; i++) await guessing.attempt(stranger('mari'), at(0), wrong);
    expect(await guessing.attempt(stranger('mari'), at(0), right)).toEqual({ ok: true, value: 'in' });
    await guessing.attempt(stranger('mari'), at(0), wrong);
    expect(await guessing.attempt(stranger('mari'), at(0), right)).toEqual({ ok: false, error: 2_000 });
  });
});

describe('nobody locks out an office', () => {
  test('whatever is tried from the address all share, a colleague waits two seconds at most, and not at all at the usual tablet', () => {
    const name = fc.stringMatching(/^[a-z]{2,8}$/);
    fc.assert(
      fc.property(fc.array(name, { maxLength: 600 }), (names) => {
        const guessing = new Guessing();
        for (const one of names) if (one !== 'mari') guessing.failed(stranger(one), at(0));
        expect(guessing.waitMs(stranger('mari'), at(0))).toBeLessThanOrEqual(2_000);
        expect(guessing.waitMs(atHome('mari'), at(0))).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  test('guesses at one’s own account from elsewhere do not reach the tablet where one signs in every day', () => {
    const guessing = new Guessing();
    failTimes(guessing, stranger('mari'), 1_000);
    expect(guessing.waitMs(atHome('mari'), at(0))).toBe(0);
    failTimes(guessing, atHome('mari'), 6);
    expect(guessing.waitMs(atHome('mari'), at(0))).toBe(4_000);
  });

  test('success clears the account from here, and pays for no guesses at others', () => {
    const guessing = new Guessing();
    failTimes(guessing, stranger('mari'), 6);
    for (let i = 0; i < 200; i++) guessing.failed(stranger(`n${i}`), at(0));
    guessing.succeeded(stranger('mari'));
    expect(guessing.waitMs(stranger('mari'), at(0))).toBe(2_000);
  });
});

describe('the mark of a known browser', () => {
  const keys = new OfficeKeys(Buffer.alloc(32, 7));

  test('is known for the account that signed in there and for no other, and only in this office', () => {
    const mark = rememberAccount(null, 'mari', keys);
    const id = knownBrowserOf(mark, 'mari', keys);
    expect(id).not.toBeNull();
    expect(knownBrowserOf(mark, 'jaan', keys)).toBeNull();
    expect(knownBrowserOf(mark, 'mari', new OfficeKeys(Buffer.alloc(32, 8)))).toBeNull();
    expect(knownBrowserOf(mark.slice(0, -2), 'mari', keys)).toBeNull();
  });

  test('keeps a few accounts, each once, and never grows', () => {
    let mark: string | null = null;
    for (let i = 0; i < 20; i++) mark = rememberAccount(mark, `n${i % 10}`, keys);
    expect((mark ?? '').split('~')).toHaveLength(8);
    expect(knownBrowserOf(mark, 'n9', keys)).not.toBeNull();
    expect(knownBrowserOf(mark, 'n0', keys)).toBeNull();
  });
});
