import { emptyBitmap, stacked, widened, type Bitmap } from './bitmap.ts';

/** What the next bytes of a job were. */
export type Step =
  | { readonly kind: 'more' }
  | { readonly kind: 'done'; readonly used: number }
  | { readonly kind: 'cut'; readonly used: number }
  | { readonly kind: 'in-order'; readonly used: number };

/** Commands with a fixed number of bytes after the two that name them. */
const FIXED: Readonly<Record<string, number>> = {
  '1b40': 0,
  '1c2e': 0,
  '1b32': 0,
  '1b33': 1,
  '1b45': 1,
  '1b2d': 1,
  '1b4d': 1,
  '1b61': 1,
  '1b64': 1,
  '1b21': 1,
  '1b74': 1,
  '1d21': 1,
  '1d42': 1,
  '1d61': 1,
  '1d49': 1,
};
const LINE_DOTS = 30;

/**
 * Reads a job as a printer's firmware does and keeps what would be on the paper: pictures dot by dot, and the text
 * printed in the printer's own letters by its code tables.
 */
export class PaperDecoder {
  readonly #width: number;
  #parts: Bitmap[] = [];
  #lines: string[] = [];
  #line: number[] = [];
  #table = 0;
  #seen: number[] = [];

  constructor(width: number) {
    this.#width = width;
  }

  /** Dots of paper printed since the last cut. */
  get height(): number {
    return this.#parts.reduce((sum, { height }) => sum + height, 0);
  }

  /** Forgets the slip begun: the buffer was cleared. */
  reset(): void {
    this.#parts = [];
    this.#lines = [];
    this.#line = [];
    this.#seen = [];
  }

  /** The slip since the last cut. */
  take(): { readonly picture: Bitmap; readonly text: readonly string[]; readonly bytes: Uint8Array } {
    this.#endLine();
    const slip = {
      picture: stacked(this.#parts, this.#width),
      text: this.#lines,
      bytes: Uint8Array.from(this.#seen),
    };
    this.reset();
    return slip;
  }

  /** Reads one command or letter from the start of the bytes. */
  step(bytes: readonly number[]): Step {
    const step = this.#read(bytes);
    if (step.kind !== 'more') this.#seen.push(...bytes.slice(0, step.used));
    return step;
  }

  #read(bytes: readonly number[]): Step {
    const [first = 0, second] = bytes;
    if (first === 0x0a) {
      this.#endLine(true);
      return { kind: 'done', used: 1 };
    }
    if (first !== 0x1b && first !== 0x1d && first !== 0x1c) {
      if (first >= 0x20) this.#line.push(first);
      return { kind: 'done', used: 1 };
    }
    if (second === undefined) return { kind: 'more' };
    const name = first.toString(16) + second.toString(16).padStart(2, '0');
    if (name === '1d76') return this.#raster(bytes);
    if (name === '1d56') return this.#cut(bytes);
    if (name === '1d72') return bytes.length < 3 ? { kind: 'more' } : { kind: 'in-order', used: 3 };
    if (name === '1d28') return sized(bytes);
    const rest = FIXED[name] ?? 0;
    if (bytes.length < 2 + rest) return { kind: 'more' };
    if (name === '1b74') this.#changeTable(bytes[2] ?? 0);
    return { kind: 'done', used: 2 + rest };
  }

  /** `GS v 0 m xL xH yL yH d…` */
  #raster(bytes: readonly number[]): Step {
    if (bytes.length < 8) return { kind: 'more' };
    const stride = (bytes[4] ?? 0) + (bytes[5] ?? 0) * 256;
    const rows = (bytes[6] ?? 0) + (bytes[7] ?? 0) * 256;
    const used = 8 + stride * rows;
    if (bytes.length < used) return { kind: 'more' };
    const picture = { width: stride * 8, height: rows, data: Uint8Array.from(bytes.slice(8, used)) };
    this.#parts.push(widened(picture, this.#width));
    return { kind: 'done', used };
  }

  /** `GS V m` or `GS V m n`. */
  #cut(bytes: readonly number[]): Step {
    const mode = bytes[2];
    if (mode === undefined) return { kind: 'more' };
    const used = mode >= 65 ? 4 : 3;
    if (bytes.length < used) return { kind: 'more' };
    return { kind: 'cut', used };
  }

  #changeTable(table: number): void {
    this.#flushRun();
    this.#table = table;
  }

  #run = '';

  #flushRun(): void {
    this.#run += this.#line.map((byte) => letterOf(byte, this.#table)).join('');
    this.#line = [];
  }

  #endLine(always = false): void {
    this.#flushRun();
    if (this.#run === '' && !always) return;
    this.#lines.push(this.#run);
    this.#run = '';
    this.#parts.push(emptyBitmap(this.#width, LINE_DOTS));
  }
}

/** `GS ( X pL pH …` */
function sized(bytes: readonly number[]): Step {
  if (bytes.length < 5) return { kind: 'more' };
  const used = 5 + (bytes[3] ?? 0) + (bytes[4] ?? 0) * 256;
  return bytes.length < used ? { kind: 'more' } : { kind: 'done', used };
}

/** Table numbers as most printers have them. */
const ENCODINGS: Readonly<Record<number, string>> = { 16: 'windows-1252', 17: 'ibm866', 46: 'windows-1251' };

/** The letter a printer would print for a byte, by tables of the platform, not of the encoder. */
function letterOf(byte: number, table: number): string {
  if (byte < 0x80) return String.fromCharCode(byte);
  return new TextDecoder(ENCODINGS[table] ?? 'windows-1252').decode(Uint8Array.of(byte));
}
