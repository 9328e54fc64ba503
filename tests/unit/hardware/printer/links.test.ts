import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { linkFor } from '../../../../hardware/printer/link-for.ts';
import { fileLink, openingProblem, usbLink } from '../../../../hardware/printer/links/device-link.ts';
import { createTicketPrinter } from '../../../../hardware/printer/ticket-printer.ts';
import { aProfile, aSlip } from '../../../support/printer-rig.ts';

const NEVER = new AbortController().signal;
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'printer-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('where a printer is', () => {
  test.each([
    ['virtual:', true, 'epson', 'raster'],
    ['tcp://printer.example:9101', true, 'epson', 'raster'],
    ['tcp://[::1]?profile=clone-80', true, 'clone-80', 'raster'],
    ['usb:/dev/usb/lp0?profile=star-escpos&print=fonts', true, 'star-escpos', 'fonts'],
    ['file:paper/out.bin?print=fonts', false, 'epson', 'fonts'],
  ])('%s is understood', (text, answers, profile, printAs) => {
    const place = linkFor(text);
    expect(place).toMatchObject({ ok: true, value: { answers, printAs, profile: { name: profile } } });
  });

  test.each([
    ['', /none of virtual: · tcp:\/\/host:9100/],
    ['lp0', /none of/],
    ['tcp://', /none of/],
    ['tcp://host:99999', /none of/],
    ['tcp://host/queue', /none of/],
    ['usb:', /none of/],
    ['file://host/x', /none of/],
    ['virtual:?profile=brother', /no profile "brother"; there are epson/],
    ['virtual:?print=letters', /raster or fonts, not "letters"/],
    ['virtual:?colour=red', /no printer option "colour"/],
  ])('%s is refused with the reason', (text, reason) => {
    const place = linkFor(text);
    expect(place.ok ? '' : place.error).toMatch(reason);
  });
});

describe('a device', () => {
  test('is written and read without blocking', async () => {
    const path = join(folder, 'lp0');
    execFileSync('mkfifo', [path]);
    const link = await usbLink(path)(NEVER);
    await link.write(Uint8Array.of(1, 2, 3), NEVER);
    const [first] = await firstOf(link.bytes());
    expect([...(first ?? [])]).toEqual([1, 2, 3]);
    await link.close();
    expect(await link.closed).toBe('closed');
  });

  test('that is not there says so', async () => {
    await expect(usbLink(join(folder, 'lp9'))(NEVER)).rejects.toThrow(/no printer at .*lp9: it is unplugged/);
  });

  test('that may not be opened names the missing rule', () => {
    const cause = Object.assign(new Error('EACCES'), { code: 'EACCES' });
    expect(openingProblem('/dev/usb/lp0', cause)).toMatch(/udev rule 70-infolett-printer\.rules/);
  });
});

describe('a file', () => {
  test('takes a slip, which is then assumed printed', async () => {
    const path = join(folder, 'paper.bin');
    const printer = createTicketPrinter({
      openLink: fileLink(path),
      answers: false,
      profile: aProfile('epson'),
      printAs: 'fonts',
      journal: { begun: () => Promise.resolve(), ended: () => undefined },
      roll: { lengthMm: 80_000, usedMm: 0, onChange: () => undefined },
      now: Date.now,
      onStatus: () => undefined,
      onOutcome: () => undefined,
      onTrace: () => undefined,
    });
    printer.start();
    expect(await printer.print({ id: 'a', lines: aSlip('K001') })).toEqual({ state: 'printed', how: 'assumed' });
    await printer.stop();
    const bytes = readFileSync(path);
    expect(bytes.subarray(0, 4)).toEqual(Buffer.of(0x1b, 0x40, 0x1c, 0x2e));
    expect(bytes.includes('Algus K001')).toBe(true);
    expect(bytes.subarray(-4)).toEqual(Buffer.of(0x1d, 0x56, 0x42, 24));
  });
});

async function firstOf<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  for await (const item of items) return [item];
  return [];
}
