import QRCode from 'qrcode';
import { unreachable } from '../../server/basics/assert.ts';
import { blacken, blackenBox, emptyBitmap, stacked, type Bitmap } from './bitmap.ts';
import { drawText, STYLES, textWidth, type Style } from './glyphs.ts';
import type { PaperLine } from './paper.ts';
import { foldedForPaper } from './printable.ts';

const MARGIN = 8;
const RULE_DOTS = 4;
const TICK_INDENT = 36;
const QR_COLUMN = 264;
/** A real reader wants four white modules around the code. */
const QR_QUIET_MODULES = 4;
/** Five signs are narrowed to this share of their width. */
const LONG_NUMBER_SQUEEZE = 0.8;
const LETTER_SPACING = -0.02;

/**
 * Draws the lines as one picture: the same on every printer, with every letter.
 *
 * @param width dots across the paper, a multiple of 8
 */
export function drawPaper(lines: readonly PaperLine[], width: number): Bitmap {
  return stacked(
    lines.map((line) => drawLine(line, width)),
    width,
  );
}

function drawLine(line: PaperLine, width: number): Bitmap {
  switch (line.kind) {
    case 'top-edge':
      return topEdge(width);
    case 'text':
      return textBlock(line.text, STYLES[line.style], line.align, width, MARGIN, width - 2 * MARGIN);
    case 'banner':
      return banner(line.text, width);
    case 'number':
      return bigNumber(line.text, width);
    case 'rule':
      return rule(width);
    case 'space':
      return emptyBitmap(width, line.dots);
    case 'tick':
      return tick(line.text, width);
    case 'text-and-qr':
      return textAndQr(line.texts, line.data, width);
    default:
      return unreachable(line);
  }
}

function topEdge(width: number): Bitmap {
  const bitmap = emptyBitmap(width, 44);
  const middle = width / 2;
  for (let y = 0; y < 34; y++) {
    const half = Math.round(24 * (1 - y / 34));
    for (let x = middle - half; x < middle + half; x++) blacken(bitmap, x, y + 4);
  }
  blackenBox(bitmap, 0, 0, middle - 38, RULE_DOTS);
  blackenBox(bitmap, middle + 38, 0, middle - 38, RULE_DOTS);
  return bitmap;
}

function rule(width: number): Bitmap {
  const bitmap = emptyBitmap(width, RULE_DOTS + 32);
  blackenBox(bitmap, 0, 16, width, RULE_DOTS);
  return bitmap;
}

function banner(text: string, width: number): Bitmap {
  const inner = textBlock(text, STYLES.body, 'center', width, MARGIN, width - 2 * MARGIN);
  const bitmap = emptyBitmap(width, inner.height + 16);
  for (let i = 0; i < bitmap.data.length; i++) {
    const dark = inner.data[i - (8 * width) / 8] ?? 0;
    bitmap.data[i] = ~dark & 0xff;
  }
  return bitmap;
}

function bigNumber(text: string, width: number): Bitmap {
  const style = STYLES.number;
  const letters = [...foldedForPaper(text)];
  const spacing = Math.round(style.size * LETTER_SPACING);
  const natural = letters.reduce((sum, letter) => sum + style.glyphOf(letter).advance + spacing, -spacing);
  const wanted = letters.length > 4 ? LONG_NUMBER_SQUEEZE : 1;
  const squeeze = Math.min(wanted, width / natural);
  const bitmap = emptyBitmap(width, style.line + 16);
  let left = (width - natural * squeeze) / 2;
  for (const letter of letters) {
    drawText(bitmap, style, letter, { left: Math.round(left), baseline: style.line - 8 }, squeeze);
    left += (style.glyphOf(letter).advance + spacing) * squeeze;
  }
  return bitmap;
}

function tick(text: string, width: number): Bitmap {
  const inner = textBlock(text, STYLES.body, 'left', width, MARGIN + TICK_INDENT, width - 2 * MARGIN - TICK_INDENT);
  const side = 22;
  for (let i = 0; i < side; i++) {
    for (const edge of [0, 1]) {
      blacken(inner, MARGIN + 3 + i, 10 + edge);
      blacken(inner, MARGIN + 3 + i, 10 + side - edge);
      blacken(inner, MARGIN + 3 + edge, 10 + i);
      blacken(inner, MARGIN + 3 + side - edge, 10 + i);
    }
  }
  return inner;
}

function textAndQr(texts: readonly string[], data: string, width: number): Bitmap {
  const code = QRCode.create(data, { errorCorrectionLevel: 'M' }).modules;
  const module = Math.floor(QR_COLUMN / (code.size + 2 * QR_QUIET_MODULES));
  const qrSide = module * (code.size + 2 * QR_QUIET_MODULES);
  const left = texts.map((text) => textBlock(text, STYLES.body, 'left', width, MARGIN, width - QR_COLUMN - 2 * MARGIN));
  const gap = 16;
  const textHeight = left.reduce((sum, { height }) => sum + height + gap, -gap);
  const bitmap = emptyBitmap(width, Math.max(qrSide, textHeight));
  let y = Math.floor((bitmap.height - textHeight) / 2);
  for (const block of left) {
    bitmap.data.set(block.data, (y * width) / 8);
    y += block.height + gap;
  }
  const qrLeft = width - qrSide;
  const qrTop = Math.floor((bitmap.height - qrSide) / 2);
  for (let row = 0; row < code.size; row++) {
    for (let column = 0; column < code.size; column++) {
      if (!code.get(row, column)) continue;
      const x = qrLeft + (column + QR_QUIET_MODULES) * module;
      blackenBox(bitmap, x, qrTop + (row + QR_QUIET_MODULES) * module, module, module);
    }
  }
  return bitmap;
}

function textBlock(
  text: string,
  style: Style,
  align: 'left' | 'center',
  width: number,
  left: number,
  room: number,
): Bitmap {
  const rows = wrapped(foldedForPaper(text), style, room);
  const bitmap = emptyBitmap(width, rows.length * style.line);
  rows.forEach((row, i) => {
    const start = align === 'center' ? left + Math.floor((room - textWidth(style, row)) / 2) : left;
    drawText(bitmap, style, row, { left: start, baseline: i * style.line + Math.round(style.size * 0.98) });
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

const SOFT_HYPHEN = '\u00ad';

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
