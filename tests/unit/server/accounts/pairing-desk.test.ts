import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PairingDesk } from '../../../../server/accounts/pairing-desk.ts';
import type { EpochMs, StaffId } from '../../../../server/domain/ids.ts';
import { newCode, PAIRING_LASTS_MS, typedCode } from '../../../../server/domain/pairing.ts';
import { must } from '../../../support/must.ts';

const LIIS = 'liis' as StaffId;
const MART = 'mart' as StaffId;

/** A desk with a clock that stands still until it is moved. */
function aDesk(): { desk: PairingDesk; wait: (ms: number) => void } {
  let now = 1_000_000;
  return { desk: new PairingDesk(() => now as EpochMs), wait: (ms) => (now += ms) };
}

describe('a pairing code', () => {
  test('has eight letters and digits that nobody takes for one another', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(24), { minLength: 8, maxLength: 8 }), (rolls) => {
        const left = [...rolls];
        const code = newCode((bound) => (left.shift() ?? 0) % bound);
        expect(code).toMatch(/^[ACDEFGHJKMNPQRTUVWXY34679]{4}-[ACDEFGHJKMNPQRTUVWXY34679]{4}$/);
        expect(typedCode(code.toLowerCase().replace('-', ' '))).toBe(code);
      }),
    );
  });

  test.each(['', 'ABC', 'ACDE-FGH', 'ACDE-FGH0', 'ACDE-FGHJK', 'ACDE_FGHJ'])('"%s" can be none', (text) => {
    expect(typedCode(text)).toBeNull();
  });

  test('every letter comes up, and none far more often than another', () => {
    const { desk } = aDesk();
    const counts = new Map<string, number>();
    for (let i = 0; i < 200; i++) {
      const { waiting } = must(desk.open('kiosk', `10.0.0.${i}`));
      for (const letter of waiting.code.replace('-', '')) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
    expect(counts.size).toBe(25);
    for (const count of counts.values()) expect(count).toBeLessThan(64 * 2);
  });
});

describe('a screen is let in by its code', () => {
  test('the head sees which screen it is, and the screen fetches its approval once', () => {
    const { desk } = aDesk();
    const { secret, waiting } = must(desk.open('display', '192.168.1.7'));
    expect(desk.claim(secret, 'display')).toBeNull();
    expect(must(desk.lookUp(waiting.code, LIIS))).toMatchObject({ kind: 'display', address: '192.168.1.7' });
    must(desk.approve(waiting.code, '3', LIIS));
    expect(desk.claim(secret, 'kiosk')).toBeNull();
    expect(desk.claim(secret, 'display')).toEqual({ name: '3', by: LIIS });
    expect(desk.claim(secret, 'display')).toBeNull();
  });

  test('a code works once: approved again, it is unknown', () => {
    const { desk } = aDesk();
    const { waiting } = must(desk.open('kiosk', 'a'));
    must(desk.approve(waiting.code, '1', LIIS));
    expect(desk.approve(waiting.code, '2', LIIS)).toEqual({ ok: false, error: { code: 'unknown-code' } });
  });

  test('after ten minutes neither the code nor its approval is worth anything', () => {
    const { desk, wait } = aDesk();
    const { secret, waiting } = must(desk.open('kiosk', 'a'));
    wait(PAIRING_LASTS_MS - 1);
    must(desk.approve(waiting.code, '1', LIIS));
    wait(1);
    expect(desk.claim(secret, 'kiosk')).toBeNull();
    expect(desk.lookUp(waiting.code, LIIS)).toEqual({ ok: false, error: { code: 'unknown-code' } });
  });

  test('whoever has only read the code cannot fetch the token with it', () => {
    const { desk } = aDesk();
    const { waiting } = must(desk.open('kiosk', 'a'));
    must(desk.approve(waiting.code, '1', LIIS));
    expect(desk.claim(waiting.code, 'kiosk')).toBeNull();
  });
});

describe('an attacker', () => {
  test('gets nowhere with ten thousand guesses, and only a few are looked at', () => {
    const { desk } = aDesk();
    for (let i = 0; i < 200; i++) desk.open('kiosk', `10.0.0.${i}`);
    const answers = Array.from({ length: 10_000 }, () => desk.approve(newCode(dice()), 'x', LIIS));
    expect(answers.filter(({ ok }) => ok)).toEqual([]);
    const looked = answers.filter((answer) => !answer.ok && answer.error.code === 'unknown-code');
    expect(looked).toHaveLength(5);
  });

  test('in a whole day of patient guessing gets a few hundred tries', () => {
    const { desk, wait } = aDesk();
    let looked = 0;
    for (let ms = 0; ms < 86_400_000; ms += 1_000) {
      wait(1_000);
      const answer = desk.lookUp(newCode(dice()), LIIS);
      if (!answer.ok && answer.error.code === 'unknown-code') looked += 1;
    }
    expect(looked).toBeLessThan(400);
  });

  test('who guesses does not keep a colleague from pairing', () => {
    const { desk } = aDesk();
    const { waiting } = must(desk.open('kiosk', 'a'));
    for (let i = 0; i < 50; i++) desk.lookUp('ACDE-FGHJ', LIIS);
    must(desk.approve(waiting.code, '1', MART));
  });

  test('who asks for codes without end is told to wait, and other addresses still get theirs', () => {
    const { desk, wait } = aDesk();
    const opened = Array.from({ length: 1_000 }, () => desk.open('kiosk', 'evil'));
    expect(opened.filter(({ ok }) => ok)).toHaveLength(10);
    must(desk.open('kiosk', 'good'));
    wait(PAIRING_LASTS_MS);
    must(desk.open('kiosk', 'evil'));
  });
});

/** A fixed sequence that looks random: the test's attacker does not depend on luck. */
function dice(): (bound: number) => number {
  return (bound) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * bound);
  };
}
let seed = 42;
