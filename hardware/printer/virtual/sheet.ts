import { blackenBox, copyRows, emptyBitmap, isBlack, stacked, widened, type Bitmap } from '../bitmap.ts';
import { drawText, STYLES, textWidth } from '../glyphs.ts';
import { drawQr, QR_QUIET_MODULES, qrCode } from '../qr.ts';

/** One letter as the printer sets it. */
export interface Cell {
  readonly letter: string;
  readonly wide: number;
  readonly high: number;
  readonly bold: boolean;
  readonly reversed: boolean;
}

export type Align = 'left' | 'center' | 'right';

/** Font A. */
export const CELL_WIDE = 12;
const CELL_HIGH = 24;
const BASELINE = 19;

/** Paper as it comes out: what is on it stays on it, whatever happens to the printer's memory. */
export class Sheet {
  readonly #width: number;
  #parts: Bitmap[] = [];
  #lines: string[] = [];
  #codes: string[] = [];

  constructor(width: number) {
    this.#width = width;
  }

  /** Dots since the last cut. */
  get height(): number {
    return this.#parts.reduce((sum, { height }) => sum + height, 0);
  }

  /** A row of letters; `spacing` is the least distance to the next row (dots). */
  row(cells: readonly Cell[], align: Align, spacing: number): void {
    const high = Math.max(0, ...cells.map((cell) => cell.high * CELL_HIGH));
    const bitmap = emptyBitmap(this.#width, Math.max(high, spacing));
    let left = startOf(align, this.#width, cellsWide(cells));
    for (const cell of cells) {
      drawCell(bitmap, cell, left, high);
      left += cell.wide * CELL_WIDE;
    }
    this.#parts.push(bitmap);
    this.#lines.push(cells.map(({ letter }) => letter).join(''));
  }

  picture(picture: Bitmap, align: Align): void {
    const placed = emptyBitmap(this.#width, picture.height);
    if (align === 'left' || picture.width >= this.#width) copyRows(widened(picture, this.#width), placed, 0);
    else stamp(picture, placed, startOf(align, this.#width, picture.width));
    this.#parts.push(placed);
  }

  code(data: string, moduleDots: number, align: Align): void {
    const code = qrCode(data);
    const side = code.modules * moduleDots;
    const bitmap = emptyBitmap(this.#width, side);
    const quiet = QR_QUIET_MODULES * moduleDots;
    drawQr(bitmap, code, { left: startOf(align, this.#width, side) - quiet, top: -quiet, moduleDots });
    this.#parts.push(bitmap);
    this.#codes.push(data);
  }

  feed(dots: number): void {
    this.#parts.push(emptyBitmap(this.#width, dots));
  }

  /** Cuts the paper. */
  take(): { readonly picture: Bitmap; readonly text: readonly string[]; readonly codes: readonly string[] } {
    const slip = { picture: stacked(this.#parts, this.#width), text: this.#lines, codes: this.#codes };
    this.#parts = [];
    this.#lines = [];
    this.#codes = [];
    return slip;
  }
}

export function cellsWide(cells: readonly Cell[]): number {
  return cells.reduce((sum, { wide }) => sum + wide * CELL_WIDE, 0);
}

function startOf(align: Align, width: number, wide: number): number {
  if (align === 'left') return 0;
  return align === 'center' ? Math.floor((width - wide) / 2) : width - wide;
}

function drawCell(bitmap: Bitmap, { letter, wide, high, bold, reversed }: Cell, left: number, rowHigh: number): void {
  const small = emptyBitmap(16, CELL_HIGH);
  const natural = Math.max(1, textWidth(STYLES.foot, letter));
  const squeeze = Math.min(1, CELL_WIDE / natural);
  const start = Math.floor((CELL_WIDE - natural * squeeze) / 2);
  for (const shift of bold ? [0, 1] : [0]) {
    drawText(small, STYLES.foot, letter, { left: start + shift, baseline: BASELINE }, squeeze);
  }
  const top = rowHigh - high * CELL_HIGH;
  for (let y = 0; y < CELL_HIGH; y++) {
    for (let x = 0; x < CELL_WIDE; x++) {
      if (isBlack(small, x, y) !== reversed) blackenBox(bitmap, left + x * wide, top + y * high, wide, high);
    }
  }
}

function stamp(picture: Bitmap, onto: Bitmap, left: number): void {
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) if (isBlack(picture, x, y)) blackenBox(onto, left + x, y, 1, 1);
  }
}
