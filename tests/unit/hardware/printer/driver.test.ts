import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { aRig, answerTo, aSlip, FAKED, print, ready, slipsOf, until } from '../../../support/printer-rig.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: FAKED });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('what a printer can do is found out', () => {
  test('automatic status and process ids', async () => {
    const { printer } = await ready(aRig());
    expect(printer.status().identity).toMatchObject({
      maker: 'Infolett',
      model: 'Virtual',
      serial: 'V0000001',
      profile: 'epson',
      capabilities: { automaticStatus: true, acknowledges: 'process-id', nearEnd: false },
    });
  });

  test('process ids alone', async () => {
    const { printer } = await ready(aRig({ knobs: { knowsAutomaticStatus: false } }));
    expect(printer.status().identity.capabilities).toMatchObject({
      automaticStatus: false,
      acknowledges: 'process-id',
    });
  });

  test('answers in order, where process ids are unknown', async () => {
    const rig = await ready(aRig({ knobs: { knowsProcessId: false } }));
    expect(rig.printer.status().identity.capabilities?.acknowledges).toBe('in-order');
    expect(await answerTo(print(rig, 'K001'))).toEqual({ state: 'printed', how: 'in-order' });
  });

  test('neither: a slip is assumed printed when the printer is well two seconds later', async () => {
    const rig = await ready(aRig({ knobs: { knowsProcessId: false, knowsInOrder: false } }));
    expect(await answerTo(print(rig, 'K001'))).toEqual({ state: 'printed', how: 'assumed' });
    expect(slipsOf(rig.virtual, 'K001')).toEqual({ whole: 1, parts: 0 });
  });

  test('unknown firmware is not asked what it might print', async () => {
    const rig = await ready(aRig({ profile: 'clone-80', knobs: { knowsProcessId: false, startsDoubleByte: true } }));
    await answerTo(print(rig, 'K001'));
    expect(rig.virtual.slips.map(({ text }) => text[0])).toEqual(['Algus K001']);
  });

  test('a sensor for the end of the roll is known once it has spoken', async () => {
    const rig = await ready(aRig());
    rig.virtual.set({ paper: 'low' });
    await until(() => rig.printer.status().condition === 'paper-low');
    expect(rig.printer.status().identity.capabilities?.nearEnd).toBe(true);
    expect(rig.printer.status().ready).toBe(true);
  });

  test('a printer that stands still at the start is asked once it is well', async () => {
    const rig = aRig({ knobs: { paper: 'out' } });
    rig.printer.start();
    await until(() => rig.printer.status().condition === 'paper-out');
    expect(rig.printer.status().identity.capabilities).toBeNull();
    rig.virtual.set({ paper: 'enough' });
    await until(() => rig.printer.status().ready);
    expect(rig.printer.status().identity.capabilities?.acknowledges).toBe('process-id');
  });
});

describe('conditions', () => {
  test.each([
    ['paper-out', { paper: 'out' }],
    ['cover-open', { coverOpen: true }],
    ['cutter-error', { cutterError: true }],
    ['cooling', { headHot: true }],
    ['fault', { fault: true }],
    ['offline', { offline: true }],
    ['disconnected', { unplugged: true }],
    ['not-answering', { silent: true }],
  ] as const)('%s is known within two seconds, and nothing is printed', async (condition, knobs) => {
    for (const knowsAutomaticStatus of [true, false]) {
      const rig = await ready(aRig({ knobs: { knowsAutomaticStatus } }));
      rig.virtual.set(knobs);
      await vi.advanceTimersByTimeAsync(2_000);
      expect(rig.printer.status()).toMatchObject({ condition, ready: false });
      expect(await answerTo(print(rig, 'K001'))).toEqual({ state: 'not-printed', reason: condition });
      expect(rig.journal).toEqual(['not-printed K001']);
    }
  });

  test('the worst is told first, all are kept', async () => {
    const rig = await ready(aRig());
    rig.virtual.set({ paper: 'out', coverOpen: true, cutterError: true });
    await until(() => !rig.printer.status().ready);
    expect(rig.printer.status().all).toEqual(['cutter-error', 'cover-open', 'paper-out']);
  });

  test('the drawer pin says nothing about the printer', async () => {
    const rig = await ready(aRig({ knobs: { drawerPinHigh: true } }));
    expect(rig.printer.status().condition).toBe('ok');
    expect(await answerTo(print(rig, 'K001'))).toMatchObject({ state: 'printed' });
  });

  test('low paper is counted in millimetres where nothing feels it; a new roll begins anew', async () => {
    const rig = await ready(aRig({ usedMm: 74_990, knobs: { nearEndSensor: false } }));
    await answerTo(print(rig, 'K001'));
    expect(rig.printer.status()).toMatchObject({ condition: 'paper-low', ready: true });
    rig.virtual.set({ paper: 'out' });
    await until(() => rig.printer.status().condition === 'paper-out');
    rig.virtual.set({ paper: 'enough' });
    await until(() => rig.printer.status().condition === 'ok');
    expect(rig.printer.status().rollUsedMm).toBe(0);
  });

  test('an unplugged printer is found again when it is back', async () => {
    const rig = await ready(aRig());
    rig.virtual.set({ unplugged: true });
    await until(() => rig.printer.status().link === 'down');
    rig.virtual.set({ unplugged: false });
    await until(() => rig.printer.status().ready);
    expect(await answerTo(print(rig, 'K001'))).toMatchObject({ state: 'printed' });
  });

  test('attempts to reconnect are further and further apart', async () => {
    let attempts = 0;
    const rig = aRig({
      openLink: async () => {
        attempts += 1;
        throw new Error('no such device');
      },
    });
    rig.printer.start();
    await vi.advanceTimersByTimeAsync(59_000);
    expect(attempts).toBe(7);
    expect(rig.printer.status()).toMatchObject({ condition: 'disconnected', lastError: 'no such device' });
  });
});

describe('every attempt', () => {
  test('is journaled before its first byte, and its outcome after', async () => {
    let atBegin: number | null = null;
    const rig = aRig({
      begun: async () => {
        atBegin = rig.virtual.slips.length;
      },
    });
    await ready(rig);
    await answerTo(print(rig, 'K001'));
    expect(atBegin).toBe(0);
    expect(rig.journal).toEqual(['begun K001', 'printed K001']);
  });

  test('that cannot be journaled sends nothing', async () => {
    const rig = await ready(aRig({ begun: () => Promise.reject(new Error('disk full')) }));
    expect(await answerTo(print(rig, 'K001'))).toEqual({ state: 'not-printed', reason: 'not-journaled' });
    expect(rig.virtual.slips).toEqual([]);
  });

  test('is traced by hash and length, never by content', async () => {
    const rig = await ready(aRig());
    await answerTo(print(rig, 'K001'));
    expect(rig.traces.some((line) => /^job K001: \d+ bytes, sha256 [0-9a-f]{12}$/.test(line))).toBe(true);
    expect(rig.traces.join()).not.toContain('Algus');
  });
});

describe('many jobs', () => {
  test('twenty at once come out once each, in order', async () => {
    const rig = await ready(aRig({ knobs: { slowMs: 300 } }));
    const numbers = Array.from({ length: 20 }, (_, i) => `K${String(i + 1).padStart(3, '0')}`);
    const outcomes = await answerTo(Promise.all(numbers.map((number) => print(rig, number))));
    expect(new Set(outcomes.map(({ state }) => state))).toEqual(new Set(['printed']));
    expect(rig.virtual.slips.map(({ text }) => text[0])).toEqual(numbers.map((number) => `Algus ${number}`));
  });

  test('more than twenty that wait are refused', async () => {
    const rig = await ready(aRig({ knobs: { slowMs: 300 } }));
    const outcomes = await answerTo(Promise.all(Array.from({ length: 23 }, (_, i) => print(rig, `N${i}`))));
    expect(outcomes.slice(21)).toEqual(Array(2).fill({ state: 'not-printed', reason: 'queue-full' }));
    expect(rig.virtual.slips).toHaveLength(21);
  });

  test('one that waited a minute is not printed any more', async () => {
    const rig = await ready(aRig({ knobs: { slowMs: 18_000 } }));
    const outcomes = await answerTo(Promise.all(Array.from({ length: 6 }, (_, i) => print(rig, `N${i}`))));
    expect(outcomes.map((outcome) => (outcome.state === 'not-printed' ? outcome.reason : outcome.state))).toEqual([
      ...Array<string>(4).fill('printed'),
      ...Array<string>(2).fill('too-old'),
    ]);
    expect(rig.virtual.slips).toHaveLength(4);
  });
});

test('a stopped driver says what it does not know', async () => {
  const rig = await ready(aRig({ knobs: { loseAnswer: true } }));
  const first = print(rig, 'K001');
  const second = print(rig, 'K002');
  await until(() => rig.virtual.slips.length === 1);
  await answerTo(rig.printer.stop());
  expect(await first).toEqual({ state: 'unknown', reason: 'stopped' });
  expect(await second).toEqual({ state: 'not-printed', reason: 'stopped' });
  expect(await print(rig, 'K003')).toEqual({ state: 'not-printed', reason: 'stopped' });
  expect(vi.getTimerCount()).toBe(0);
});

test('both test sheets print, and the sheet of tables shows which letters each has', async () => {
  const rig = await ready(aRig());
  expect(await answerTo(rig.printer.testSheet('code-tables'))).toMatchObject({ state: 'printed' });
  expect(await answerTo(rig.printer.testSheet('alignment'))).toMatchObject({ state: 'printed' });
  const [tables, alignment] = rig.virtual.slips;
  expect(tables?.text).toContain(' 16 PC1252 õäöüšžÕÄÖÜŠŽ------€-');
  expect(tables?.text).toContain(' 17 PC866  ------------ЖЩЫЯёЁ-№');
  expect(alignment?.picture.height).toBeGreaterThan(300);
});

test('jobs in pictures say nothing in letters', async () => {
  const rig = await ready(aRig({ printAs: 'raster' }));
  await answerTo(rig.printer.print({ id: 'K001', lines: aSlip('K001') }));
  expect(rig.virtual.slips).toHaveLength(1);
  expect(rig.virtual.slips[0]?.text).toEqual([]);
});
