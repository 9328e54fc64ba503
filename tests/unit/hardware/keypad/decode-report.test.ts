import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeReport, type HeldCodes } from '../../../../hardware/keypad/decode-report.ts';
import { KEYPAD_KEYS } from '../../../../hardware/keypad/keypad-press.ts';
import { keypadProfileNamed, type KeypadProfile } from '../../../../hardware/keypad/profile.ts';

const STORM = named('storm-audionav');

function named(name: string): KeypadProfile {
  const profile = keypadProfileNamed(name);
  if (!profile.ok) throw new Error(profile.error);
  return profile.value;
}

/** modifiers, reserved, up to six codes */
function report(...codes: readonly number[]): Uint8Array {
  return Uint8Array.of(0, 0, ...Array.from({ length: 6 }, (_, i) => codes[i] ?? 0));
}

function after(held: HeldCodes, bytes: Uint8Array) {
  return decodeReport(STORM, held, bytes);
}

describe('reports of a boot keyboard', () => {
  test.each([
    [82, 'up'],
    [81, 'down'],
    [80, 'left'],
    [79, 'right'],
    [40, 'select'],
    [58, 'help'],
    [104, 'volume'],
    [105, 'rate'],
  ] as const)('code %i is %s', (code, key) => {
    expect(after([], report(code)).presses).toEqual([{ key }]);
  });

  test('every key there is can be pressed', () => {
    expect(new Set(STORM.keys.map(({ key }) => key))).toEqual(new Set(KEYPAD_KEYS));
  });

  test('headphones plugged in and pulled out are codes of their own', () => {
    expect(after([], report(106)).presses).toEqual([{ jack: 'in' }]);
    expect(after([], report(107)).presses).toEqual([{ jack: 'out' }]);
  });

  test('a key held down is told once, and again only after it was up', () => {
    const down = after([], report(82));
    expect(after(down.held, report(82)).presses).toEqual([]);
    expect(after(after(down.held, report()).held, report(82)).presses).toEqual([{ key: 'up' }]);
  });

  test('a second key while one is held is told alone', () => {
    const first = after([], report(82));
    const both = after(first.held, report(82, 40));
    expect(both.presses).toEqual([{ key: 'select' }]);
    expect(after(both.held, report(40)).presses).toEqual([]);
  });

  test('too many keys at once, or a report that is none, changes nothing', () => {
    const held = after([], report(82)).held;
    expect(after(held, report(1, 1, 1, 1, 1, 1))).toEqual({ held, presses: [], unknown: [] });
    expect(after(held, Uint8Array.of(0, 0, 40))).toEqual({ held, presses: [], unknown: [] });
    expect(after(held, new Uint8Array(0))).toEqual({ held, presses: [], unknown: [] });
  });

  test('a code of no key is named and breaks nothing', () => {
    expect(after([], report(4, 82))).toEqual({ held: [4, 82], presses: [{ key: 'up' }], unknown: [4] });
  });

  test('modifiers and whatever follows the eighth byte say nothing', () => {
    expect(after([], Uint8Array.of(0xff, 9, 82, 0, 0, 0, 0, 0, 40)).presses).toEqual([{ key: 'up' }]);
  });
});

test('whatever a device sends: nothing throws, and only keys of the profile come out', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 12 })), (reports) => {
      let held: HeldCodes = [];
      for (const bytes of reports) {
        const decoded = decodeReport(STORM, held, bytes);
        for (const press of decoded.presses) {
          if ('key' in press) expect(KEYPAD_KEYS).toContain(press.key);
          else expect(['in', 'out']).toContain(press.jack);
        }
        ({ held } = decoded);
      }
    }),
  );
});
