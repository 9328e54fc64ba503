import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { checkedKeypadProfile } from '../../../../hardware/keypad/check-profile.ts';
import { Keypad, type UsbIds } from '../../../../hardware/keypad/keypad.ts';
import type { KeypadPress } from '../../../../hardware/keypad/keypad-press.ts';
import { KEYPAD_PROFILES, keypadProfileNamed, type KeypadProfile } from '../../../../hardware/keypad/profile.ts';
import { VirtualKeypad } from '../../../../hardware/keypad/virtual-keypad.ts';

interface Bench {
  readonly virtual: VirtualKeypad;
  readonly keypad: Keypad;
  readonly presses: KeypadPress[];
  readonly statuses: string[];
  readonly traces: string[];
}

let bench: Bench;

function aBench(profileName = 'storm-audionav', ids: UsbIds | null = null): Bench {
  const profile = named(profileName);
  const virtual = new VirtualKeypad(profile);
  const [presses, statuses, traces]: [KeypadPress[], string[], string[]] = [[], [], []];
  const keypad = new Keypad({
    port: virtual,
    profile,
    ids,
    onPress: (press) => presses.push(press),
    onHold: ({ status }) => statuses.push(status),
    onTrace: (text) => traces.push(text),
  });
  return { virtual, keypad, presses, statuses, traces };
}

function named(name: string): KeypadProfile {
  const profile = keypadProfileNamed(name);
  if (!profile.ok) throw new Error(profile.error);
  return profile.value;
}

/** Lets everything that was sent arrive. */
async function settled(ms = 0): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

beforeEach(async () => {
  vi.useFakeTimers();
  bench = aBench();
  await settled();
});

afterEach(async () => {
  await bench.keypad.stop();
  vi.useRealTimers();
});

describe('a keypad, driven through reports', () => {
  test('is opened when it is there, and its keys come out one by one', async () => {
    expect(bench.keypad.hold.status).toBe('ready');
    for (const key of ['up', 'down', 'select', 'select', 'help'] as const) bench.virtual.press(key);
    await settled();
    expect(bench.presses.map((press) => 'key' in press && press.key)).toEqual([
      'up',
      'down',
      'select',
      'select',
      'help',
    ]);
  });

  test('tells when headphones come and go', async () => {
    expect(bench.keypad.jack).toBeNull();
    bench.virtual.plugHeadphones('in');
    await settled();
    expect(bench.keypad.jack).toBe('in');
    bench.virtual.plugHeadphones('out');
    await settled();
    expect(bench.presses).toEqual([{ jack: 'in' }, { jack: 'out' }]);
  });

  test('pulled out it takes the headphones along, and plugged in again it works', async () => {
    bench.virtual.plugHeadphones('in');
    await settled();
    bench.virtual.set({ plugged: false });
    await settled();
    expect(bench.keypad.hold.status).toBe('absent');
    expect(bench.presses.at(-1)).toEqual({ jack: 'out' });
    bench.virtual.set({ plugged: true });
    await settled();
    bench.virtual.press('left');
    await settled();
    expect(bench.keypad.hold.status).toBe('ready');
    expect(bench.presses.at(-1)).toEqual({ key: 'left' });
  });

  test('a key held while it is pulled out is not held for ever', async () => {
    bench.virtual.say(Uint8Array.of(0, 0, 82, 0, 0, 0, 0, 0));
    await settled();
    bench.virtual.set({ plugged: false });
    await settled();
    bench.virtual.set({ plugged: true });
    await settled();
    bench.virtual.press('up');
    await settled();
    expect(bench.presses).toEqual([{ key: 'up' }, { key: 'up' }]);
  });

  test('without permission it says so, and works once it has it', async () => {
    bench.virtual.set({ plugged: false });
    bench.virtual.set({ denied: true, plugged: true });
    await settled();
    expect(bench.keypad.hold).toMatchObject({ status: 'denied', failures: 1 });
    bench.virtual.set({ denied: false });
    await settled(1_000);
    expect(bench.keypad.hold.status).toBe('ready');
  });

  test('its light is set again whenever it is plugged in', async () => {
    await bench.keypad.light(true);
    expect(bench.virtual.lit).toBe(true);
    bench.virtual.set({ plugged: false });
    await settled();
    bench.virtual.outputs.length = 0;
    bench.virtual.set({ plugged: true });
    await settled();
    expect(bench.virtual.lit).toBe(true);
    await bench.keypad.light(false);
    expect(bench.virtual.lit).toBe(false);
  });

  test('a code of no key is written into the trace', async () => {
    bench.virtual.say(Uint8Array.of(0, 0, 4, 0, 0, 0, 0, 0));
    await settled();
    expect(bench.presses).toEqual([]);
    expect(bench.traces).toEqual(['code 4 is no key of the profile']);
  });
});

test('a keypad whose ids the profile does not name is found by those of its setting, and only by them', async () => {
  const ours = aBench('arrow-keypad', { vendorId: 0x2047, productId: 1 });
  const other = aBench('arrow-keypad', { vendorId: 0x1234, productId: 1 });
  const unset = aBench('arrow-keypad');
  await settled();
  expect([ours, other, unset].map(({ keypad }) => keypad.hold.status)).toEqual(['ready', 'absent', 'absent']);
  for (const { keypad } of [ours, other, unset]) await keypad.stop();
});

describe('a profile file is checked when it is loaded', () => {
  test.each([
    ['name', 'Storm 1'],
    ['vendorId', 70_000],
    ['usage', -1],
    ['keys', [{ code: 82, key: 'up' }]],
    ['jack', { in: 106 }],
    ['light', { usagePage: 1, on: [], off: [0, 1] }],
  ])('"%s" that cannot be is named', (field, value) => {
    const checked = checkedKeypadProfile({ ...named('storm-audionav'), [field]: value });
    expect(checked).toMatchObject({ ok: false });
    expect(checked.ok ? '' : checked.error).toContain(`"${field}"`);
  });

  test('one code means one thing', () => {
    const checked = checkedKeypadProfile({ ...named('storm-audionav'), jack: { in: 82, out: 107 } });
    expect(checked).toEqual({ ok: false, error: 'storm-audionav: one code means two things' });
  });

  test('all that are shipped have five keys and help', () => {
    for (const { keys } of KEYPAD_PROFILES) {
      expect(keys.map(({ key }) => key)).toEqual(
        expect.arrayContaining(['up', 'down', 'left', 'right', 'select', 'help']),
      );
    }
  });
});

test('the light of a Storm keypad is switched by its own message: check byte over all before it', () => {
  const { light } = named('storm-audionav');
  for (const message of [light?.on ?? [], light?.off ?? []]) {
    const sent = message.slice(1);
    expect(sent.at(0)).toBe(0x02);
    expect(sent.at(-2)).toBe(0x03);
    expect(sent.at(-1)).toBe(sent.slice(0, -1).reduce((sum, byte) => sum ^ byte, 0));
  }
});
