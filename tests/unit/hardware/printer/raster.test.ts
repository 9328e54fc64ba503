import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isBlack, type Bitmap } from '../../../../hardware/printer/bitmap.ts';
import { drawPaper } from '../../../../hardware/printer/draw-paper.ts';
import { encodeJob } from '../../../../hardware/printer/encode-job.ts';
import type { PaperLine } from '../../../../hardware/printer/paper.ts';
import { pngOf } from '../../../../hardware/printer/png.ts';
import { rasterBands } from '../../../../hardware/printer/raster.ts';
import { printed } from '../../../support/printer-paper.ts';
import { aProfile } from '../../../support/printer-rig.ts';

describe('pictures as bytes', () => {
  test('no bytes of a picture read as a real-time command', () => {
    const risky = fc.array(fc.constantFrom(0x10, 0x04, 0x05, 0x14, 0x01, 0x02, 0x08, 0xff), {
      minLength: 72,
      maxLength: 720,
    });
    fc.assert(
      fc.property(risky, (dots) => {
        const height = Math.floor(dots.length / 72);
        const [band] = rasterBands({ width: 576, height, data: Uint8Array.from(dots.slice(0, height * 72)) });
        const bytes = Buffer.from(band ?? []).subarray(8);
        for (const second of [0x04, 0x05, 0x14]) expect(bytes.includes(Buffer.of(0x10, second))).toBe(false);
      }),
    );
  });

  test('at most one dot of a byte is lost to that', () => {
    const data = Uint8Array.from([0x10, 0x04, 0x10, 0x05, 0x10, 0x14, 0x10, 0xff, ...new Uint8Array(64)]);
    const [band] = rasterBands({ width: 576, height: 1, data });
    expect([...(band ?? [])].slice(8, 16)).toEqual([0x10, 0x00, 0x10, 0x01, 0x10, 0x10, 0x10, 0xff]);
  });
});

describe('the number', () => {
  test.each([
    ['K042', 576],
    ['K1042', 576],
    ['K1042', 384],
    ['M999', 512],
  ])('%s is 168 dots high on paper %i dots wide, and stays on it', (text, width) => {
    const { top, bottom, left, right } = inkOf(drawPaper([{ kind: 'number', text }], width));
    expect(bottom - top).toBeGreaterThanOrEqual(168);
    expect(bottom - top).toBeLessThanOrEqual(176);
    expect(left).toBeGreaterThanOrEqual(0);
    expect(right).toBeLessThanOrEqual(width);
  });
});

test('a PNG of a slip can be read by anything', () => {
  const png = pngOf(drawPaper([{ kind: 'rule' }], 576));
  expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  expect([png.readUInt32BE(16), png.readUInt32BE(20), png[24]]).toEqual([576, 36, 1]);
});

const hasReader = spawnSync('zbarimg', ['--version']).status === 0;

describe.runIf(hasReader)('codes are read back from the paper (Debian zbar-tools)', () => {
  const data = 'https://queue.example.ee/t/k7Qz3mXw9RtBv2LpN8sYcA';
  const narrow: readonly PaperLine[] = [
    { kind: 'text-and-qr', data, texts: ['Skannige QR-kood ja jälgige järjekorda.'] },
  ];

  test.each([
    ['epson', 'raster'],
    ['epson', 'fonts'],
    ['epson-512', 'raster'],
    ['clone-80', 'fonts'],
  ] as const)('%s, %s', (name, printAs) => {
    const profile = aProfile(name);
    const job = encodeJob({ id: 'x', lines: narrow }, profile, printAs);
    const [slip] = printed(job, { rom: name === 'clone-80' ? 'clone' : 'epson', dots: profile.dots });
    const folder = mkdtempSync(join(tmpdir(), 'slip-'));
    try {
      writeFileSync(join(folder, 'slip.png'), pngOf(withMargin(slip?.picture)));
      const { stdout } = spawnSync('zbarimg', ['-q', '--raw', join(folder, 'slip.png')], { encoding: 'utf8' });
      expect(stdout.trim()).toBe(data);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** White round the paper, as on a table. */
function withMargin(picture: Bitmap | undefined): Bitmap {
  if (!picture) throw new Error('no slip came out');
  const margin = 8;
  const stride = picture.width / 8;
  const wide = stride + 2 * margin;
  const data = new Uint8Array(wide * (picture.height + 16 * margin));
  for (let y = 0; y < picture.height; y++) {
    data.set(picture.data.subarray(y * stride, (y + 1) * stride), (y + 8 * margin) * wide + margin);
  }
  return { width: wide * 8, height: picture.height + 16 * margin, data };
}

function inkOf(bitmap: Bitmap): { top: number; bottom: number; left: number; right: number } {
  const ink = { top: bitmap.height, bottom: 0, left: bitmap.width, right: 0 };
  for (let y = 0; y < bitmap.height; y++) {
    for (let x = 0; x < bitmap.width; x++) {
      if (!isBlack(bitmap, x, y)) continue;
      ink.top = Math.min(ink.top, y);
      ink.bottom = Math.max(ink.bottom, y + 1);
      ink.left = Math.min(ink.left, x);
      ink.right = Math.max(ink.right, x + 1);
    }
  }
  return ink;
}
