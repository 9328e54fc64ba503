import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { drawPaper } from '../../../../hardware/printer/draw-paper.ts';
import { encodeJob } from '../../../../hardware/printer/encode-job.ts';
import { tcpLink } from '../../../../hardware/printer/links/tcp-link.ts';
import { serveVirtualPrinter } from '../../../../hardware/printer/virtual/tcp-server.ts';
import { VirtualPrinter } from '../../../../hardware/printer/virtual-printer.ts';
import { aProfile, aRig, answerTo, aSlip, FAKED, print, ready, slipsOf, until } from '../../../support/printer-rig.ts';

const PROFILE = aProfile('epson');
const SLIP_BYTES = encodeJob({ id: 'x', lines: aSlip('K001') }, PROFILE, 'fonts').bytes;
const SLIP_DOTS = 520;

/** Printers that can prove less are tried as well. */
const KINDS = [
  ['process ids', {}],
  ['process ids without automatic status', { knowsAutomaticStatus: false }],
  ['answers in order', { knowsProcessId: false, knowsAutomaticStatus: false }],
] as const;

beforeEach(() => {
  vi.useFakeTimers({ toFake: FAKED });
});
afterEach(() => {
  vi.useRealTimers();
});

describe.each(KINDS)('a printer with %s', (_, knobs) => {
  test('paper out at any line: either it is proven printed, or it never comes out', async () => {
    for (let dots = 0; dots <= SLIP_DOTS; dots += 20) {
      const rig = await ready(aRig({ knobs }));
      rig.virtual.set({ outAfterDots: dots });
      const outcome = await answerTo(print(rig, 'K001'));
      if (outcome.state !== 'printed')
        expect(outcome, `${dots} dots`).toEqual({ state: 'not-printed', reason: 'paper-out' });
      rig.virtual.set({ paper: 'enough', outAfterDots: null });
      await until(() => rig.printer.status().ready);
      expect(await answerTo(print(rig, 'K002')), `${dots} dots`).toMatchObject({ state: 'printed' });
      expect(slipsOf(rig.virtual, 'K001').whole, `${dots} dots`).toBe(outcome.state === 'printed' ? 1 : 0);
      expect(slipsOf(rig.virtual, 'K002'), `${dots} dots`).toEqual({ whole: 1, parts: 0 });
    }
  });

  test.each([
    ['cover-open', { coverOpen: true }, { coverOpen: false }],
    ['cutter-error', { cutterError: true }, { cutterError: false }],
    ['fault', { fault: true }, { fault: false }],
    ['offline', { offline: true }, { offline: false }],
  ] as const)(
    '%s in the middle of a slip: proven not printed, and it never comes out',
    async (reason, trouble, mended) => {
      for (let bytes = 20; bytes < SLIP_BYTES; bytes += 200) {
        const rig = await ready(aRig({ knobs }));
        rig.after(bytes, () => rig.virtual.set(trouble));
        expect(await answerTo(print(rig, 'K001'))).toEqual({ state: 'not-printed', reason });
        rig.virtual.set(mended);
        await until(() => rig.printer.status().ready);
        expect(await answerTo(print(rig, 'K002'))).toMatchObject({ state: 'printed' });
        expect(slipsOf(rig.virtual, 'K001').whole).toBe(0);
        expect(slipsOf(rig.virtual, 'K002')).toEqual({ whole: 1, parts: 0 });
      }
    },
  );

  test('the link dropped at every tenth byte: nobody knows, nothing is printed twice, the next slip is whole', async () => {
    for (let bytes = 0; bytes < SLIP_BYTES; bytes += 10) {
      const rig = await ready(aRig({ knobs }));
      rig.after(1, () => rig.virtual.set({ cutAfterBytes: bytes }));
      const outcome = await answerTo(print(rig, 'K001'));
      expect(outcome.state, `${bytes} bytes`).not.toBe('printed');
      await until(() => rig.printer.status().ready);
      expect(await answerTo(print(rig, 'K002')), `${bytes} bytes`).toMatchObject({ state: 'printed' });
      expect(slipsOf(rig.virtual, 'K001').whole, `${bytes} bytes`).toBeLessThanOrEqual(1);
      expect(slipsOf(rig.virtual, 'K002'), `${bytes} bytes`).toEqual({ whole: 1, parts: 0 });
      await rig.printer.stop();
    }
  });

  test('power off and on in the middle of a slip: unknown, and the next slip is whole', async () => {
    for (let bytes = 20; bytes < SLIP_BYTES; bytes += 150) {
      const rig = await ready(aRig({ knobs }));
      rig.after(bytes, () => rig.virtual.powerCycle());
      expect(await answerTo(print(rig, 'K001'))).toMatchObject({ state: 'unknown' });
      await until(() => rig.printer.status().ready);
      expect(await answerTo(print(rig, 'K002'))).toMatchObject({ state: 'printed' });
      expect(slipsOf(rig.virtual, 'K001').whole).toBe(0);
      expect(slipsOf(rig.virtual, 'K002')).toEqual({ whole: 1, parts: 0 });
    }
  });

  test('the answer lost: unknown, one slip, and it is not sent again', async () => {
    const rig = await ready(aRig({ knobs }));
    rig.virtual.set({ loseAnswer: true });
    expect(await answerTo(print(rig, 'K001'))).toEqual({ state: 'unknown', reason: 'no-answer' });
    rig.virtual.set({ loseAnswer: false });
    expect(await answerTo(print(rig, 'K002'))).toMatchObject({ state: 'printed' });
    expect(slipsOf(rig.virtual, 'K001')).toEqual({ whole: 1, parts: 0 });
    expect(slipsOf(rig.virtual, 'K002')).toEqual({ whole: 1, parts: 0 });
  });

  test('jobs thrown away: unknown, never "printed"', async () => {
    const rig = await ready(aRig({ knobs }));
    rig.after(1, () => rig.virtual.set({ discards: true }));
    expect(await answerTo(print(rig, 'K001'))).toEqual({ state: 'unknown', reason: 'no-answer' });
    expect(rig.virtual.slips).toEqual([]);
  });

  test('a printer gone silent in the middle of a slip: unknown', async () => {
    const rig = await ready(aRig({ knobs }));
    rig.after(100, () => rig.virtual.set({ silent: true }));
    expect(await answerTo(print(rig, 'K001'))).toEqual({ state: 'unknown', reason: 'no-answer' });
    expect(rig.printer.status().condition).toBe('not-answering');
    rig.virtual.set({ silent: false });
    await until(() => rig.printer.status().ready);
    await answerTo(print(rig, 'K002'));
    expect(slipsOf(rig.virtual, 'K002')).toEqual({ whole: 1, parts: 0 });
  });

  test('noise between the answers: nothing is taken for what it is not', async () => {
    const rig = await ready(aRig({ knobs: { ...knobs, noisy: true } }));
    for (const number of ['K001', 'K002', 'K003']) {
      expect(await answerTo(print(rig, number))).toMatchObject({ state: 'printed' });
    }
    expect(rig.virtual.slips).toHaveLength(3);
    expect(rig.traces.some((line) => line.startsWith('noise'))).toBe(true);
  });

  test('a slow reader gets the whole slip', async () => {
    const rig = await ready(aRig({ knobs }));
    rig.virtual.set({ bytesPerSecond: 2_000 });
    expect(await answerTo(print(rig, 'K001'))).toMatchObject({ state: 'printed' });
    expect(slipsOf(rig.virtual, 'K001')).toEqual({ whole: 1, parts: 0 });
  });
});

test('paper back within three seconds: the slip goes on and is proven printed, once', async () => {
  const rig = await ready(aRig());
  rig.virtual.set({ outAfterDots: 100 });
  const outcome = print(rig, 'K001');
  await until(() => rig.printer.status().condition === 'paper-out');
  await vi.advanceTimersByTimeAsync(1_500);
  rig.virtual.set({ paper: 'enough' });
  expect(await answerTo(outcome)).toEqual({ state: 'printed', how: 'process-id' });
  expect(slipsOf(rig.virtual, 'K001')).toEqual({ whole: 1, parts: 0 });
});

test('a hot head is given time to cool', async () => {
  const rig = await ready(aRig());
  rig.after(200, () => rig.virtual.set({ headHot: true }));
  const outcome = print(rig, 'K001');
  await until(() => rig.printer.status().condition === 'cooling');
  await vi.advanceTimersByTimeAsync(10_000);
  rig.virtual.set({ headHot: false });
  expect(await answerTo(outcome)).toMatchObject({ state: 'printed' });
});

test('a printer that does not say that it dropped a slip: unknown, and it is told until it can', async () => {
  const rig = await ready(aRig({ knobs: { knowsClear: false } }));
  rig.virtual.set({ outAfterDots: 60 });
  expect(await answerTo(print(rig, 'K001'))).toEqual({ state: 'unknown', reason: 'no-answer' });
  rig.virtual.set({ knowsClear: true });
  await vi.advanceTimersByTimeAsync(3_000);
  rig.virtual.set({ paper: 'enough' });
  await until(() => rig.printer.status().ready);
  await answerTo(print(rig, 'K002'));
  expect(slipsOf(rig.virtual, 'K001').whole).toBe(0);
  expect(slipsOf(rig.virtual, 'K002')).toEqual({ whole: 1, parts: 0 });
});

test('a whole slip held by a printer that stands still is dropped before paper is back', async () => {
  const rig = await ready(aRig({ knobs: { knowsAutomaticStatus: false, knowsClear: false } }));
  rig.after(30, () => rig.virtual.set({ paper: 'out' }));
  expect(await answerTo(print(rig, 'K001'))).toEqual({ state: 'unknown', reason: 'no-answer' });
  rig.virtual.set({ knowsClear: true });
  await vi.advanceTimersByTimeAsync(3_000);
  rig.virtual.set({ paper: 'enough' });
  await until(() => rig.printer.status().ready);
  await answerTo(print(rig, 'K002'));
  expect(slipsOf(rig.virtual, 'K001')).toEqual({ whole: 0, parts: 0 });
  expect(slipsOf(rig.virtual, 'K002')).toEqual({ whole: 1, parts: 0 });
});

test('unplugged in the middle of a slip for good: unknown within eight seconds', async () => {
  const rig = await ready(aRig());
  rig.after(100, () => rig.virtual.set({ unplugged: true }));
  const outcome = print(rig, 'K001');
  await vi.advanceTimersByTimeAsync(9_000);
  expect(rig.journal).toEqual(['begun K001', 'unknown K001']);
  expect(await outcome).toEqual({ state: 'unknown', reason: 'link-lost' });
});

test('a picture cut short swallows nothing, even where the printer cannot be cleared', async () => {
  const rig = await ready(aRig({ printAs: 'raster', knobs: { knowsClear: false } }));
  rig.after(1, () => rig.virtual.set({ cutAfterBytes: 500 }));
  await answerTo(rig.printer.print({ id: 'K001', lines: aSlip('K001') }));
  await until(() => rig.printer.status().ready);
  expect(rig.printer.status().identity.capabilities?.acknowledges).toBe('process-id');
  expect(await answerTo(rig.printer.print({ id: 'K002', lines: aSlip('K002') }))).toMatchObject({ state: 'printed' });
});

test('the id of another job proves nothing', async () => {
  const rig = await ready(aRig());
  rig.virtual.set({ loseAnswer: true });
  const outcome = print(rig, 'K001');
  await until(() => rig.virtual.slips.length === 1);
  rig.virtual.say(Uint8Array.of(0x37, 0x22, 0x7e, 0x41, 0x41, 0x41, 0));
  expect(await answerTo(outcome)).toEqual({ state: 'unknown', reason: 'no-answer' });
});

test('the acknowledgement that comes on the next connection still proves the slip', async () => {
  const rig = await ready(aRig());
  rig.virtual.set({ slowMs: 3_000 });
  const outcome = print(rig, 'K001');
  await until(() => rig.virtual.slips.length === 1);
  rig.virtual.set({ unplugged: true });
  rig.virtual.set({ unplugged: false });
  expect(await answerTo(outcome)).toEqual({ state: 'printed', how: 'process-id' });
  await until(() => rig.printer.status().ready);
  await answerTo(print(rig, 'K002'));
  expect(rig.virtual.slips.map(({ text }) => text[0])).toEqual(['Algus K001', 'Algus K002']);
});

test('a person clears a stuck cutter and tries again', async () => {
  const rig = await ready(aRig());
  rig.after(100, () => rig.virtual.set({ cutterError: true }));
  const outcome = print(rig, 'K001');
  await until(() => rig.printer.status().condition === 'cutter-error');
  rig.printer.clear();
  expect(await answerTo(outcome)).toEqual({ state: 'not-printed', reason: 'cleared' });
  await until(() => rig.printer.status().ready);
  expect(await answerTo(print(rig, 'K002'))).toMatchObject({ state: 'printed' });
});

test('a driver started after a crash drops what the one before it left in the printer', async () => {
  const virtual = new VirtualPrinter();
  const before = await ready(aRig({ virtual }));
  virtual.set({ outAfterDots: 60 });
  void print(before, 'K001');
  await until(() => virtual.knobs.paper === 'out');
  await before.printer.stop();
  const after = aRig({ virtual });
  after.printer.start();
  await until(() => after.printer.status().condition === 'paper-out');
  await vi.advanceTimersByTimeAsync(2_000);
  virtual.set({ paper: 'enough' });
  await until(() => after.printer.status().ready);
  await answerTo(print(after, 'K002'));
  expect(slipsOf(virtual, 'K001').whole).toBe(0);
  expect(before.journal).toEqual(['begun K001', 'unknown K001']);
});

test('in pictures too: a link cut in the middle of one leaves the next whole and clean', async () => {
  const lines = aSlip('K002');
  const drawn = Buffer.from(drawPaper(lines, PROFILE.dots).data);
  for (const bytes of [10, 500, 5_000, 12_000]) {
    const rig = await ready(aRig({ printAs: 'raster' }));
    rig.after(1, () => rig.virtual.set({ cutAfterBytes: bytes }));
    expect(await answerTo(rig.printer.print({ id: 'K001', lines: aSlip('K001') }))).toMatchObject({ state: 'unknown' });
    await until(() => rig.printer.status().ready);
    expect(await answerTo(rig.printer.print({ id: 'K002', lines }))).toMatchObject({ state: 'printed' });
    const last = rig.virtual.slips.at(-1);
    expect(
      Buffer.from(last?.picture.data ?? [])
        .subarray(0, drawn.length)
        .equals(drawn),
      `${bytes} bytes`,
    ).toBe(true);
  }
});

describe('over the network', () => {
  let close: () => Promise<void> = async () => undefined;
  let other: Socket | null = null;
  beforeEach(() => {
    vi.useRealTimers();
  });
  afterEach(async () => {
    other?.destroy();
    await close();
  });

  test('a slip prints, and a second client is refused until the first has gone', async () => {
    const virtual = new VirtualPrinter();
    const server = await serveVirtualPrinter(virtual);
    ({ close } = server);
    other = connect(server.port, '127.0.0.1');
    await once(other, 'connect');
    await vi.waitUntil(() => virtual.isLinked);
    const rig = aRig({ virtual, openLink: tcpLink('127.0.0.1', server.port) });
    rig.printer.start();
    await vi.waitUntil(() => rig.statuses.some(({ lastError }) => lastError !== null));
    expect(await print(rig, 'K001')).toEqual({ state: 'not-printed', reason: 'disconnected' });
    other.destroy();
    await vi.waitUntil(() => rig.printer.status().ready, { timeout: 20_000 });
    expect(await print(rig, 'K002')).toEqual({ state: 'printed', how: 'process-id' });
    expect(virtual.slips.map(({ text }) => text[0])).toEqual(['Algus K002']);
    await rig.printer.stop();
  });
});
