import { letterAt, type Rom } from './rom.ts';
import { CELL_WIDE, cellsWide, Sheet, type Align, type Cell } from './sheet.ts';

/** What the next bytes were. `used` bytes are done with; `more`: a command is not complete. */
export type Step =
  | { readonly kind: 'more' }
  | { readonly kind: 'done' | 'cut' | 'in-order'; readonly used: number }
  | { readonly kind: 'process-id'; readonly used: number; readonly id: readonly number[] }
  | { readonly kind: 'information' | 'automatic-status'; readonly used: number; readonly n: number };

const DEFAULT_SPACING = 34;
const ESC = 0x1b;
const FS = 0x1c;
const GS = 0x1d;
const DLE = 0x10;
const MORE: Step = { kind: 'more' };
/** Commands with two bytes of name whose arguments matter to nobody here: how many there are. */
const PASSED: Readonly<Record<string, number>> = {
  [name(ESC, 0x2d)]: 1,
  [name(ESC, 0x4d)]: 1,
  [name(DLE, 0x04)]: 1,
  [name(DLE, 0x05)]: 1,
  [name(DLE, 0x14)]: 8,
};

/**
 * Reads a job as a printer does, command by command, and prints it on a sheet. Knows what the driver may send and a little
 * more; anything else prints as letters, which shows in tests.
 */
export class Firmware {
  readonly sheet: Sheet;
  readonly #rom: Rom;
  readonly #width: number;
  #row: Cell[] = [];
  #style = { wide: 1, high: 1, bold: false, reversed: false };
  #align: Align = 'left';
  #table = 0;
  #spacing = DEFAULT_SPACING;
  #doubleByte: boolean;
  #startsDoubleByte: boolean;
  #code = { moduleDots: 3, data: '' };

  constructor(width: number, rom: Rom, startsDoubleByte: boolean) {
    this.#width = width;
    this.#rom = rom;
    this.#startsDoubleByte = this.#doubleByte = startsDoubleByte;
    this.sheet = new Sheet(width);
  }

  /** Modes as after switching on; the row begun is forgotten. */
  reset(startsDoubleByte = this.#startsDoubleByte): void {
    this.#startsDoubleByte = this.#doubleByte = startsDoubleByte;
    this.#row = [];
    this.#style = { wide: 1, high: 1, bold: false, reversed: false };
    this.#align = 'left';
    this.#table = 0;
    this.#spacing = DEFAULT_SPACING;
  }

  /** Does one command or prints one letter. */
  step(bytes: Uint8Array): Step {
    const [first = 0, second] = bytes;
    if (first === 0x0a) return this.#lineFeed();
    if (first !== ESC && first !== GS && first !== FS && first !== DLE) return this.#letter(first, second);
    if (second === undefined) return MORE;
    const passed = PASSED[name(first, second)];
    if (passed !== undefined) return bytes.length < 2 + passed ? MORE : { kind: 'done', used: 2 + passed };
    if (first === ESC) return this.#escape(second, bytes);
    if (first === GS) return this.#group(second, bytes);
    if (first === FS && second === 0x2e) this.#doubleByte = false;
    return { kind: 'done', used: 2 };
  }

  #escape(second: number, bytes: Uint8Array): Step {
    if (second === 0x40) {
      this.reset();
      return { kind: 'done', used: 2 };
    }
    if (second === 0x32) {
      this.#spacing = DEFAULT_SPACING;
      return { kind: 'done', used: 2 };
    }
    if (second === GS) {
      const [, , third, n] = bytes;
      if (n === undefined) return MORE;
      if (third === 0x74) this.#table = n;
      return { kind: 'done', used: 4 };
    }
    const n = bytes[2];
    if (n === undefined) return MORE;
    if (second === 0x21) this.#setMode(n);
    else if (second === 0x33) this.#spacing = n;
    else if (second === 0x45) this.#style = { ...this.#style, bold: (n & 1) === 1 };
    else if (second === 0x61) this.#align = (['left', 'center', 'right'] as const)[n % 3] ?? 'left';
    else if (second === 0x64) this.sheet.feed(n * this.#spacing);
    else if (second === 0x4a) this.sheet.feed(n);
    else if (second === 0x74) this.#table = n;
    else return this.#letter(ESC, second);
    return { kind: 'done', used: 3 };
  }

  #group(second: number, bytes: Uint8Array): Step {
    if (second === 0x76) return this.#raster(bytes);
    if (second === 0x28) return this.#sized(bytes);
    const n = bytes[2];
    if (n === undefined) return MORE;
    switch (second) {
      case 0x21:
        this.#style = { ...this.#style, wide: (n >> 4) + 1, high: (n & 7) + 1 };
        return { kind: 'done', used: 3 };
      case 0x42:
        this.#style = { ...this.#style, reversed: (n & 1) === 1 };
        return { kind: 'done', used: 3 };
      case 0x49:
        return { kind: 'information', used: 3, n };
      case 0x56:
        return this.#cut(n, bytes);
      case 0x61:
        return { kind: 'automatic-status', used: 3, n };
      case 0x72:
        return { kind: 'in-order', used: 3 };
      default:
        return this.#letter(GS, second);
    }
  }

  /** `ESC ! n`: all modes at once. */
  #setMode(n: number): void {
    this.#style = { ...this.#style, bold: (n & 8) !== 0, high: n & 0x10 ? 2 : 1, wide: n & 0x20 ? 2 : 1 };
  }

  /** `GS v 0 m xL xH yL yH d…` */
  #raster(bytes: Uint8Array): Step {
    if (bytes.length < 8) return MORE;
    const stride = (bytes[4] ?? 0) + (bytes[5] ?? 0) * 256;
    const height = (bytes[6] ?? 0) + (bytes[7] ?? 0) * 256;
    const used = 8 + stride * height;
    if (bytes.length < used) return MORE;
    this.sheet.picture({ width: stride * 8, height, data: bytes.slice(8, used) }, this.#align);
    return { kind: 'done', used };
  }

  /** `GS ( X pL pH …`: process ids and QR codes. */
  #sized(bytes: Uint8Array): Step {
    if (bytes.length < 5) return MORE;
    const used = 5 + (bytes[3] ?? 0) + (bytes[4] ?? 0) * 256;
    if (bytes.length < used) return MORE;
    const content = bytes.subarray(5, used);
    if (bytes[2] === 0x48 && content[0] === 0x30) return { kind: 'process-id', used, id: [...content.slice(2, 6)] };
    if (bytes[2] === 0x6b) this.#codeCommand(content);
    return { kind: 'done', used };
  }

  #codeCommand(content: Uint8Array): void {
    const [, fn, n = 3] = content;
    if (fn === 0x43) this.#code.moduleDots = n;
    else if (fn === 0x50) this.#code.data = new TextDecoder().decode(content.slice(3));
    else if (fn === 0x51) this.sheet.code(this.#code.data, this.#code.moduleDots, this.#align);
  }

  /** `GS V m` or `GS V m n`. */
  #cut(mode: number, bytes: Uint8Array): Step {
    const feeds = mode >= 0x41;
    if (feeds && bytes.length < 4) return MORE;
    if (this.#row.length > 0) this.#lineFeed();
    if (feeds && this.sheet.height > 0) this.sheet.feed(bytes[3] ?? 0);
    return { kind: 'cut', used: feeds ? 4 : 3 };
  }

  #letter(byte: number, second: number | undefined): Step {
    if (byte < 0x20 && byte !== ESC && byte !== GS) return { kind: 'done', used: 1 };
    if (this.#doubleByte && byte >= 0x80) {
      if (second === undefined) return MORE;
      this.#set('囗');
      return { kind: 'done', used: 2 };
    }
    this.#set(letterAt(this.#rom, this.#table, byte));
    return { kind: 'done', used: 1 };
  }

  #set(letter: string): void {
    if (cellsWide(this.#row) + this.#style.wide * CELL_WIDE > this.#width) this.#lineFeed();
    this.#row.push({ letter, ...this.#style });
  }

  #lineFeed(): Step {
    this.sheet.row(this.#row, this.#align, this.#spacing);
    this.#row = [];
    return { kind: 'done', used: 1 };
  }
}

function name(first: number, second: number): string {
  return `${first} ${second}`;
}
