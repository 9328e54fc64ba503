import { describe, expect, test } from 'vitest';
import { createDock } from '../../../../hardware/dock/dock.ts';
import { encodeJob } from '../../../../hardware/printer/encode-job.ts';
import { KNOBS, VirtualPrinter } from '../../../../hardware/printer/virtual-printer.ts';
import { aProfile, aSlip } from '../../../support/printer-rig.ts';

describe('the dock', () => {
  test('has a knob for everything that can be set', () => {
    const names = createDock(new VirtualPrinter())
      .knobs()
      .map(({ name }) => name);
    expect([...names].sort()).toEqual(Object.keys(KNOBS).sort());
  });

  test('turns knobs, and back', () => {
    const printer = new VirtualPrinter();
    const dock = createDock(printer);
    expect(dock.set('paper', 'out')).toEqual({ ok: true, value: null });
    expect(dock.set('cutAfterBytes', 100)).toEqual({ ok: true, value: null });
    expect(printer.knobs).toMatchObject({ paper: 'out', cutAfterBytes: 100 });
    expect(dock.knobs().find(({ name }) => name === 'paper')).toMatchObject({
      value: 'out',
      choices: ['enough', 'low', 'out'],
    });
    dock.reset();
    expect(printer.knobs).toEqual(KNOBS);
  });

  test.each([
    ['volume', 1],
    ['paper', 'plenty'],
    ['coverOpen', 'yes'],
    ['slowMs', -1],
    ['slowMs', null],
    ['slowMs', 1e9],
    ['__proto__', true],
  ])('refuses %s = %j', (name, value) => {
    const printer = new VirtualPrinter();
    expect(createDock(printer).set(name, value).ok).toBe(false);
    expect(printer.knobs).toEqual(KNOBS);
  });

  test('shows the slips as text and picture, and throws them away', () => {
    const printer = new VirtualPrinter();
    const dock = createDock(printer);
    const link = printer.attach();
    for (const number of ['K001', 'K002']) {
      const { chunks } = encodeJob({ id: number, lines: aSlip(number) }, aProfile('epson'), 'fonts');
      for (const chunk of chunks) void link.write(chunk, new AbortController().signal);
    }
    expect(dock.slips().map(({ id, text }) => [id, text[0]])).toEqual([
      [1, 'Algus K001'],
      [2, 'Algus K002'],
    ]);
    expect(
      Buffer.from(dock.slips()[0]?.png ?? [])
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    dock.clear();
    expect(dock.slips()).toEqual([]);
  });
});
