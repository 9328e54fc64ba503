import { unreachable } from '#basics/assert.ts';
import { blacken, blackenBox, copyRows, emptyBitmap, stacked, type Bitmap } from './bitmap.ts';
import { drawBlock } from './draw-text.ts';
import { drawText, STYLES, type Style } from './glyphs.ts';
import type { PaperLine } from './paper.ts';
import { foldedForPaper } from './printable.ts';
import { drawQr, moduleThatFits, qrCode, qrSide } from './qr.ts';

const MARGIN = 8;
const RULE_DOTS = 4;
const INDENT = 36;
const QR_COLUMN = 264;
/** Below this width text and code stand one under the other. */
const SIDE_BY_SIDE_FROM = 480;
const PARAGRAPH_GAP = 16;
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

/** One line as a picture. A `cut` has no height: the printer cuts between pictures. */
export function drawLine(line: PaperLine, width: number): Bitmap {
  const whole = { width, left: MARGIN, room: width - 2 * MARGIN };
  switch (line.kind) {
    case 'top-edge':
      return topEdge(width);
    case 'text':
      return drawBlock(line.text, STYLES[line.style], { ...whole, align: line.align });
    case 'banner':
      return banner(line.text, width);
    case 'number':
      return bigNumber(line.text, width);
    case 'rule':
      return rule(width);
    case 'space':
      return emptyBitmap(width, line.dots);
    case 'tick':
      return marked(line.text, STYLES[line.style ?? 'body'], width, drawTickBox);
    case 'bullet':
      return marked(line.text, STYLES[line.style ?? 'body'], width, drawBullet);
    case 'qr':
      return qrAlone(line.data, width);
    case 'text-and-qr':
      return textAndQr(line.texts, line.data, STYLES[line.style ?? 'body'], width);
    case 'cut':
      return emptyBitmap(width, 0);
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
  const inner = drawBlock(text, STYLES.body, { width, left: MARGIN, room: width - 2 * MARGIN, align: 'center' });
  const bitmap = emptyBitmap(width, inner.height + 16);
  copyRows(inner, bitmap, 8);
  for (const [i, dots] of bitmap.data.entries()) bitmap.data[i] = ~dots & 0xff;
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

/** Text with a mark in front of its first row; further rows begin under the text. */
function marked(text: string, style: Style, width: number, draw: (bitmap: Bitmap, style: Style) => void): Bitmap {
  const left = MARGIN + INDENT;
  const bitmap = drawBlock(text, style, { width, left, room: width - MARGIN - left, align: 'left' });
  draw(bitmap, style);
  return bitmap;
}

function drawTickBox(bitmap: Bitmap, style: Style): void {
  const side = 22;
  const left = MARGIN + 3;
  const top = Math.round(style.line * 0.5) - side / 2 + 2;
  blackenBox(bitmap, left, top, side, 2);
  blackenBox(bitmap, left, top + side - 1, side + 1, 2);
  blackenBox(bitmap, left, top, 2, side);
  blackenBox(bitmap, left + side - 1, top, 2, side);
}

function drawBullet(bitmap: Bitmap, style: Style): void {
  const radius = 5;
  const middle = Math.round(style.line * 0.5) + 2;
  for (let y = -radius; y <= radius; y++) {
    const half = Math.floor(Math.sqrt(radius * radius - y * y));
    blackenBox(bitmap, MARGIN + 14 - half, middle + y, 2 * half + 1, 1);
  }
}

function qrAlone(data: string, width: number): Bitmap {
  const code = qrCode(data);
  const moduleDots = moduleThatFits(code, Math.min(QR_COLUMN, width));
  const side = qrSide(code, moduleDots);
  const bitmap = emptyBitmap(width, side);
  drawQr(bitmap, code, { left: Math.floor((width - side) / 2), top: 0, moduleDots });
  return bitmap;
}

function textAndQr(texts: readonly string[], data: string, style: Style, width: number): Bitmap {
  if (width < SIDE_BY_SIDE_FROM) {
    return stacked([paragraphs(texts, style, width, width - 2 * MARGIN), qrAlone(data, width)], width);
  }
  const code = qrCode(data);
  const moduleDots = moduleThatFits(code, QR_COLUMN);
  const side = qrSide(code, moduleDots);
  const text = paragraphs(texts, style, width, width - QR_COLUMN - 2 * MARGIN);
  const bitmap = emptyBitmap(width, Math.max(side, text.height));
  copyRows(text, bitmap, Math.floor((bitmap.height - text.height) / 2));
  drawQr(bitmap, code, { left: width - side, top: Math.floor((bitmap.height - side) / 2), moduleDots });
  return bitmap;
}

function paragraphs(texts: readonly string[], style: Style, width: number, room: number): Bitmap {
  const gap = emptyBitmap(width, PARAGRAPH_GAP);
  const blocks = texts.map((text) => drawBlock(text, style, { width, left: MARGIN, room, align: 'left' }));
  return stacked(
    blocks.flatMap((block, i) => (i === 0 ? [block] : [gap, block])),
    width,
  );
}
