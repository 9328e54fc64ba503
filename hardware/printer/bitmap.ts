/** Black-and-white dots, row by row, eight to a byte, the leftmost in the highest bit: as printers take them. */
export interface Bitmap {
  /** Dots; a multiple of 8. */
  readonly width: number;
  readonly height: number;
  /** `width / 8 * height` bytes; a set bit is black. */
  readonly data: Uint8Array;
}

export function emptyBitmap(width: number, height: number): Bitmap {
  return { width, height, data: new Uint8Array((width / 8) * height) };
}

export function isBlack({ width, height, data }: Bitmap, x: number, y: number): boolean {
  if (x < 0 || y < 0 || x >= width || y >= height) return false;
  return ((data[y * (width / 8) + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;
}

/** Makes one dot black; dots outside the paper are left out. */
export function blacken({ width, height, data }: Bitmap, x: number, y: number): void {
  if (x < 0 || y < 0 || x >= width || y >= height) return;
  const at = y * (width / 8) + (x >> 3);
  data[at] = (data[at] ?? 0) | (0x80 >> (x & 7));
}

export function blackenBox(bitmap: Bitmap, left: number, top: number, width: number, height: number): void {
  for (let y = top; y < top + height; y++) for (let x = left; x < left + width; x++) blacken(bitmap, x, y);
}

/** One under the other; all as wide as the first. */
export function stacked(parts: readonly Bitmap[], width: number): Bitmap {
  const height = parts.reduce((sum, part) => sum + part.height, 0);
  const all = emptyBitmap(width, height);
  let at = 0;
  for (const part of parts) {
    all.data.set(part.data, at);
    at += part.data.length;
  }
  return all;
}

/** Lays the rows of one bitmap over another of the same width, from row `top` on. */
export function copyRows(from: Bitmap, to: Bitmap, top: number): void {
  to.data.set(from.data, (top * to.width) / 8);
}

/** The same dots on paper of another width, cut off or filled with white on the right. */
export function widened(bitmap: Bitmap, width: number): Bitmap {
  if (bitmap.width === width) return bitmap;
  const wide = emptyBitmap(width, bitmap.height);
  const stride = Math.min(bitmap.width, width) / 8;
  for (let y = 0; y < bitmap.height; y++) {
    const from = y * (bitmap.width / 8);
    wide.data.set(bitmap.data.subarray(from, from + stride), y * (width / 8));
  }
  return wide;
}
