import bodyData from './glyphs/body.json' with { type: 'json' };
import footData from './glyphs/foot.json' with { type: 'json' };
import headingData from './glyphs/heading.json' with { type: 'json' };
import largeData from './glyphs/large.json' with { type: 'json' };
import leadData from './glyphs/lead.json' with { type: 'json' };
import numberData from './glyphs/number.json' with { type: 'json' };
import titleData from './glyphs/title.json' with { type: 'json' };
import { blacken, type Bitmap } from './bitmap.ts';
import type { TextStyle } from './paper.ts';

type Drawing = readonly [advance: number, left: number, top: number, width: number, height: number, rows: string];

interface Glyph {
  /** Dots to the next letter. */
  readonly advance: number;
  readonly left: number;
  /** Dots from the baseline, upwards negative. */
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly rows: Uint8Array;
}

/** A type style: letters drawn once from Roboto, in dots. */
export interface Style {
  readonly size: number;
  /** From one baseline to the next (dots). */
  readonly line: number;
  readonly glyphOf: (letter: string) => Glyph;
}

export const STYLES: Readonly<Record<TextStyle | 'number', Style>> = {
  foot: styleOf(footData),
  body: styleOf(bodyData),
  lead: styleOf(leadData),
  heading: styleOf(headingData),
  large: styleOf(largeData),
  title: styleOf(titleData),
  number: styleOf(numberData),
};

/** Dots a text takes in a style. */
export function textWidth(style: Style, text: string): number {
  return [...text].reduce((sum, letter) => sum + style.glyphOf(letter).advance, 0);
}

/** Draws a text with its baseline at `baseline`; `squeeze` below 1 narrows it and keeps the height. */
export function drawText(
  bitmap: Bitmap,
  style: Style,
  text: string,
  at: { readonly left: number; readonly baseline: number },
  squeeze = 1,
): void {
  let pen = 0;
  for (const letter of text) {
    const glyph = style.glyphOf(letter);
    const stride = Math.ceil(glyph.width / 8);
    const width = Math.round(glyph.width * squeeze);
    for (let y = 0; y < glyph.height; y++) {
      for (let x = 0; x < width; x++) {
        const from = Math.min(glyph.width - 1, Math.floor(x / squeeze));
        const byte = glyph.rows[y * stride + (from >> 3)] ?? 0;
        if ((byte & (0x80 >> (from & 7))) === 0) continue;
        blacken(bitmap, at.left + Math.round((pen + glyph.left) * squeeze) + x, at.baseline + glyph.top + y);
      }
    }
    pen += glyph.advance;
  }
}

function styleOf(data: { readonly size: number; readonly line: number; readonly glyphs: object }): Style {
  const drawings = data.glyphs as Readonly<Record<string, Drawing>>;
  const made = new Map<string, Glyph>();
  const glyphOf = (letter: string): Glyph => {
    const known = made.get(letter);
    if (known) return known;
    const glyph = decoded(drawingFor(drawings, letter), data.size);
    made.set(letter, glyph);
    return glyph;
  };
  return { size: data.size, line: data.line, glyphOf };
}

/** The letter itself, or its base letter without the mark, or nothing. */
function drawingFor(drawings: Readonly<Record<string, Drawing>>, letter: string): Drawing | undefined {
  return drawings[letter] ?? drawings[letter.normalize('NFD').charAt(0)];
}

/** A letter nobody drew leaves a hollow box, never a wrong letter. */
function decoded(drawing: Drawing | undefined, size: number): Glyph {
  if (!drawing) return hollowBox(Math.round(size * 0.5));
  const [advance, left, top, width, height, rows] = drawing;
  return { advance, left, top, width, height, rows: Uint8Array.from(Buffer.from(rows, 'base64')) };
}

function hollowBox(side: number): Glyph {
  const stride = Math.ceil(side / 8);
  const rows = new Uint8Array(stride * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const edge = x < 2 || y < 2 || x >= side - 2 || y >= side - 2;
      const at = y * stride + (x >> 3);
      if (edge) rows[at] = (rows[at] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return { advance: side + 4, left: 2, top: -side, width: side, height: side, rows };
}
