import type { Bitmap } from './bitmap.ts';

/** Rows of one raster command: small enough for any printer's buffer. */
const ROWS_AT_ONCE = 128;

/**
 * A picture as raster commands (`GS v 0`).
 *
 * Printers act on real-time codes even inside image data, so where two bytes of a picture happen to read `DLE EOT`,
 * `DLE ENQ` or `DLE DC4`, one dot of the second is left white.
 *
 * @source Epson ESC/POS, `GS v 0` (print raster bit image)
 */
export function rasterCommands({ width, height, data }: Bitmap): Buffer {
  const stride = width / 8;
  const safe = withoutRealTimeCodes(data);
  const parts: Buffer[] = [];
  for (let top = 0; top < height; top += ROWS_AT_ONCE) {
    const rows = Math.min(ROWS_AT_ONCE, height - top);
    const head = Buffer.of(0x1d, 0x76, 0x30, 0, stride & 0xff, stride >> 8, rows & 0xff, rows >> 8);
    parts.push(head, Buffer.from(safe.subarray(top * stride, (top + rows) * stride)));
  }
  return Buffer.concat(parts);
}

const DLE = 0x10;
/** The second byte, and what it becomes without its lowest dot. */
const REAL_TIME: Readonly<Record<number, number>> = { 0x04: 0x00, 0x05: 0x01, 0x14: 0x10 };

function withoutRealTimeCodes(data: Uint8Array): Uint8Array {
  const safe = Uint8Array.from(data);
  for (let i = 1; i < safe.length; i++) {
    const second = safe[i] ?? 0;
    if (safe[i - 1] === DLE) safe[i] = REAL_TIME[second] ?? second;
  }
  return safe;
}
