import type { Bitmap } from './bitmap.ts';

/** Bytes of one raster command at most: fewer than what ends a picture cut short (8 KB), and small for any buffer. */
const BAND_BYTES = 7 * 1024;

/**
 * A picture as raster commands (`GS v 0`), one for each band.
 *
 * Printers act on real-time codes even inside image data, so where two bytes of a picture happen to read `DLE EOT`,
 * `DLE ENQ` or `DLE DC4`, one dot of the second is left white.
 *
 * @source Epson ESC/POS, `GS v 0` (print raster bit image)
 */
export function rasterBands({ width, height, data }: Bitmap): readonly Uint8Array[] {
  const stride = width / 8;
  const rowsAtOnce = Math.floor(BAND_BYTES / stride);
  const safe = withoutRealTimeCodes(data);
  const bands: Uint8Array[] = [];
  for (let top = 0; top < height; top += rowsAtOnce) {
    const rows = Math.min(rowsAtOnce, height - top);
    const head = Uint8Array.of(0x1d, 0x76, 0x30, 0, stride & 0xff, stride >> 8, rows & 0xff, rows >> 8);
    bands.push(Buffer.concat([head, safe.subarray(top * stride, (top + rows) * stride)]));
  }
  return bands;
}

/** Rows of a raster command. */
export function rowsOfBand(band: Uint8Array): number {
  return (band[6] ?? 0) + (band[7] ?? 0) * 256;
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
