import { drawPaper } from './draw-paper.ts';
import { TicketEncoder } from './escpos-encoder.ts';
import { encodeFontLine, type Piece } from './encode-fonts.ts';
import type { PaperLine, PrintJob } from './paper.ts';
import { feedAndCut, feedDots } from './printer-commands.ts';
import type { PrintAs, Profile } from './profile.ts';
import { rasterBands, rowsOfBand } from './raster.ts';

/** A job as a printer takes it. */
export interface EncodedJob {
  readonly id: string;
  /** Each holds whole commands, so a status request may stand between two of them, and is shorter than 8 KB. */
  readonly chunks: readonly Uint8Array[];
  readonly bytes: number;
  /** Paper it takes (millimetres). */
  readonly paperMm: number;
}

/** White paper between the last line and the cut (dots). */
const FEED_BEFORE_CUT = 24;
/** Without a cutter the slip must come out so far that it can be torn off (dots). */
const FEED_TO_TEAR = 160;

export function encodeJob({ id, lines }: PrintJob, profile: Profile, printAs: PrintAs): EncodedJob {
  const encoder = new TicketEncoder(profile);
  const pieces: Piece[] = [{ bytes: encoder.init().take(), dots: 0 }];
  for (const part of betweenCuts(lines)) {
    pieces.push(...(printAs === 'raster' ? drawn(part, profile) : inFonts(part, encoder, profile)), ending(profile));
  }
  return jobOf(id, pieces, profile);
}

/** A job from bytes already made, such as a test sheet. */
export function jobOf(id: string, pieces: readonly Piece[], { dotsPerMm }: Profile): EncodedJob {
  const dots = pieces.reduce((sum, piece) => sum + piece.dots, 0);
  const chunks = pieces.map(({ bytes }) => bytes).filter(({ length }) => length > 0);
  const bytes = chunks.reduce((sum, { length }) => sum + length, 0);
  return { id, chunks, bytes, paperMm: dots / dotsPerMm };
}

/** Ends a piece of paper. */
export function ending({ cutter }: Profile): Piece {
  if (cutter) return { bytes: feedAndCut(FEED_BEFORE_CUT), dots: FEED_BEFORE_CUT };
  return { bytes: feedDots(FEED_TO_TEAR), dots: FEED_TO_TEAR };
}

export function drawn(lines: readonly PaperLine[], { dots }: Profile): readonly Piece[] {
  return rasterBands(drawPaper(lines, dots)).map((bytes) => ({ bytes, dots: rowsOfBand(bytes) }));
}

function inFonts(lines: readonly PaperLine[], encoder: TicketEncoder, profile: Profile): readonly Piece[] {
  return lines.flatMap((line) => encodeFontLine(line, encoder, profile) ?? drawn([line], profile));
}

function betweenCuts(lines: readonly PaperLine[]): readonly (readonly PaperLine[])[] {
  const parts: PaperLine[][] = [[]];
  for (const line of lines) {
    if (line.kind === 'cut') parts.push([]);
    else parts.at(-1)?.push(line);
  }
  return parts.filter(({ length }) => length > 0);
}
