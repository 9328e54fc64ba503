import Printer from 'escpos/printer.js';
import { encodingOf } from './code-tables.ts';
import type { Run } from './font-text.ts';
import { bold, DOUBLE_BYTE_OFF, tableSelection } from './printer-commands.ts';
import type { Profile } from './profile.ts';

/** Letters of font A, so many times as wide and as high. */
export interface LetterSize {
  readonly wide: number;
  readonly high: number;
  readonly bold: boolean;
}

/** Dots from the top of a letter of single height to the next row's: 24 of the letter, 6 between. */
const LETTER_DOTS = 24;
const GAP_DOTS = 6;

/**
 * The only file that knows npm `escpos`, used as an encoder of bytes into memory, and only in what it does right: start,
 * alignment, size, line spacing, reverse, text of a table already chosen. Its adapters, QR codes, barcodes, drawer pulses,
 * `cut`, `close` and `flush` are never called.
 */
export class TicketEncoder {
  readonly #printer = new Printer(NOWHERE, {});
  readonly #profile: Profile;
  /** The table selected last; a reset forgets it. */
  #table: number | null = null;

  constructor(profile: Profile) {
    this.#profile = profile;
  }

  init(): this {
    this.#printer.hardware('init');
    this.#table = null;
    return this.raw(DOUBLE_BYTE_OFF);
  }

  raw(bytes: Uint8Array): this {
    this.#printer.print(Buffer.from(bytes));
    return this;
  }

  align(side: 'left' | 'center'): this {
    this.#printer.align(side === 'left' ? 'lt' : 'ct');
    return this;
  }

  /** Size first: setting it clears bold. */
  letters(size: LetterSize): this {
    this.#printer.size(size.wide, size.high);
    this.#printer.lineSpace(rowDots(size));
    return this.raw(bold(size.bold));
  }

  reversed(on: boolean): this {
    this.#printer.setReverseColors(on);
    return this;
  }

  /** One row, ended by a line feed. */
  row(runs: readonly Run[]): this {
    for (const { table, text } of runs) {
      if (table && table.number !== this.#table) {
        this.raw(tableSelection(this.#profile.select, table.number));
        this.#table = table.number;
      }
      this.#printer.pureText(text, table ? encodingOf(table.name) : 'ascii');
    }
    this.#printer.control('lf');
    return this;
  }

  /** The bytes since the last call. */
  take(): Uint8Array {
    return Uint8Array.from(this.#printer.buffer.flush());
  }
}

/** Dots of paper that a row of such letters takes. */
export function rowDots({ high }: LetterSize): number {
  return LETTER_DOTS * high + GAP_DOTS;
}

/** An adapter that goes nowhere: nothing is written through the package. */
const NOWHERE = {
  open: (): void => undefined,
  write: (): void => undefined,
  close: (): void => undefined,
};
