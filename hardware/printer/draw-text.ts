import { emptyBitmap, type Bitmap } from './bitmap.ts';
import { drawText, textWidth, type Style } from './glyphs.ts';
import { foldedForPaper } from './printable.ts';

/** Where a block of text stands on paper `width` dots wide: from `left`, `room` dots for each row. */
export interface Place {
  readonly width: number;
  readonly left: number;
  readonly room: number;
  readonly align: 'left' | 'center';
}

/** From the top of a row to its baseline, as a share of the letters' size. */
const ASCENT = 0.98;
const SOFT_HYPHEN = '\u00ad';

/** Draws a text, broken into as many rows as it needs. */
export function drawBlock(text: string, style: Style, { width, left, room, align }: Place): Bitmap {
  const rows = wrapped(foldedForPaper(text), style, room);
  const bitmap = emptyBitmap(width, rows.length * style.line);
  rows.forEach((row, i) => {
    const start = align === 'center' ? left + Math.floor((room - textWidth(style, row)) / 2) : left;
    drawText(bitmap, style, row, { left: start, baseline: i * style.line + Math.round(style.size * ASCENT) });
  });
  return bitmap;
}

/** Breaks at spaces and soft hyphens; a word longer than the line is broken where it must be. */
function wrapped(text: string, style: Style, room: number): readonly string[] {
  const rows: string[] = [];
  let row = '';
  for (const word of text.split(' ')) {
    const longer = row === '' ? word : `${row} ${word}`;
    if (textWidth(style, bare(longer)) <= room) {
      row = longer;
      continue;
    }
    if (row !== '') rows.push(bare(row));
    row = word;
    while (textWidth(style, bare(row)) > room) {
      const head = headThatFits(row, style, room);
      rows.push(head.shown);
      row = head.rest;
    }
  }
  return [...rows, bare(row)];
}

function bare(text: string): string {
  return text.replaceAll(SOFT_HYPHEN, '');
}

function headThatFits(word: string, style: Style, room: number): { readonly shown: string; readonly rest: string } {
  const parts = word.split(SOFT_HYPHEN);
  for (let count = parts.length - 1; count > 0; count--) {
    const head = `${parts.slice(0, count).join('')}-`;
    if (textWidth(style, head) <= room) return { shown: head, rest: parts.slice(count).join(SOFT_HYPHEN) };
  }
  const letters = [...bare(word)];
  let count = letters.length - 1;
  while (count > 1 && textWidth(style, letters.slice(0, count).join('')) > room) count -= 1;
  return { shown: letters.slice(0, count).join(''), rest: letters.slice(count).join('') };
}
