import { unreachable } from '#basics/assert.ts';
import { centred, rowsOf } from './columns.ts';
import { rowDots, type LetterSize, type TicketEncoder } from './escpos-encoder.ts';
import { foldedForFonts, fontRuns, type Run } from './font-text.ts';
import type { PaperLine, TextStyle } from './paper.ts';
import { foldedForPaper } from './printable.ts';
import { feedDots, qrCommands } from './printer-commands.ts';
import type { Profile } from './profile.ts';
import { moduleThatFits, qrCode, qrSide } from './qr.ts';

/** Bytes of whole commands and the paper they take. */
export interface Piece {
  readonly bytes: Uint8Array;
  readonly dots: number;
}

/** What comes nearest to the drawn styles in the printer's own letters, which are 24 dots (3 mm) high. */
const SIZES: Readonly<Record<TextStyle, LetterSize>> = {
  foot: { wide: 1, high: 1, bold: false },
  body: { wide: 1, high: 2, bold: false },
  lead: { wide: 1, high: 2, bold: true },
  heading: { wide: 2, high: 2, bold: true },
  large: { wide: 2, high: 2, bold: false },
  title: { wide: 2, high: 3, bold: true },
};
const TICK_BOX = '[ ] ';
const BULLET = '- ';
const QR_ROOM_DOTS = 264;
const MOST_FEED_DOTS = 255;

interface Block {
  readonly text: string;
  readonly size: LetterSize;
  readonly align: 'left' | 'center';
  /** In front of the first row; further rows are indented by as much. */
  readonly mark?: string;
  readonly reversed?: boolean;
}

/** One line in the printer's own letters. @returns `null` when the line must be drawn */
export function encodeFontLine(line: PaperLine, encoder: TicketEncoder, profile: Profile): readonly Piece[] | null {
  const block = (content: Block): readonly Piece[] | null => encodeBlock(content, encoder, profile);
  switch (line.kind) {
    case 'text':
      return block({ text: line.text, size: SIZES[line.style], align: line.align });
    case 'banner':
      return block({ text: line.text, size: SIZES.heading, align: 'center', reversed: true });
    case 'tick':
      return block({ text: line.text, size: SIZES[line.style ?? 'body'], align: 'left', mark: TICK_BOX });
    case 'bullet':
      return block({ text: line.text, size: SIZES[line.style ?? 'body'], align: 'left', mark: BULLET });
    case 'space':
      return feeds(line.dots);
    case 'qr':
      return profile.nativeQr ? [nativeQr(line.data, encoder)] : null;
    case 'text-and-qr':
      return textAndQr(line, encoder, profile);
    case 'top-edge':
    case 'number':
    case 'rule':
    case 'cut':
      return null;
    default:
      return unreachable(line);
  }
}

function textAndQr(
  line: Extract<PaperLine, { kind: 'text-and-qr' }>,
  encoder: TicketEncoder,
  profile: Profile,
): readonly Piece[] | null {
  if (!profile.nativeQr) return null;
  const size = SIZES[line.style ?? 'body'];
  const blocks = line.texts.map((text) => encodeBlock({ text, size, align: 'left' }, encoder, profile));
  const told = blocks.filter((block) => block !== null);
  return told.length === blocks.length ? [...told.flat(), nativeQr(line.data, encoder)] : null;
}

function encodeBlock(
  { text, size, align, mark = '', reversed = false }: Block,
  encoder: TicketEncoder,
  profile: Profile,
): readonly Piece[] | null {
  const columns = Math.floor(profile.columns / size.wide);
  const rows = rowsOf(foldedForFonts(text, profile), columns - mark.length);
  const laidOut = rows.map((row, i) => (i === 0 ? mark : ' '.repeat(mark.length)) + row);
  const runs = laidOut.map((row) => fontRuns(reversed ? centred(row, columns) : row, profile));
  const known = runs.filter((run): run is readonly Run[] => run !== null);
  if (known.length < runs.length || profile.tables.length === 0) return null;
  encoder.align(align).letters(size);
  if (reversed) encoder.reversed(true);
  for (const run of known) encoder.row(run);
  if (reversed) encoder.reversed(false);
  return [{ bytes: encoder.take(), dots: known.length * rowDots(size) }];
}

function nativeQr(data: string, encoder: TicketEncoder): Piece {
  const plain = foldedForPaper(data);
  const code = qrCode(plain);
  const moduleDots = Math.min(16, moduleThatFits(code, QR_ROOM_DOTS));
  const bytes = encoder.align('center').raw(qrCommands(plain, moduleDots)).take();
  return { bytes, dots: qrSide(code, moduleDots) };
}

function feeds(dots: number): readonly Piece[] {
  const whole = Math.floor(dots / MOST_FEED_DOTS);
  const lengths = [...new Array<number>(whole).fill(MOST_FEED_DOTS), dots % MOST_FEED_DOTS];
  return lengths.filter((length) => length > 0).map((length) => ({ bytes: feedDots(length), dots: length }));
}
