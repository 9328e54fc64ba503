import { err, ok, type Result } from '#basics/result.ts';
import { pngOf } from '../printer/png.ts';
import { KNOBS, type PrintedSlip, type PrinterKnobs, type VirtualPrinter } from '../printer/virtual-printer.ts';
import { KNOB_TABLE } from './knob-table.ts';

/** A knob of a virtual device as it stands now: plain data for a page or a test. */
export interface Knob {
  readonly name: keyof PrinterKnobs;
  readonly says: string;
  readonly kind: 'flag' | 'choice' | 'count';
  /** Of a choice. */
  readonly choices: readonly string[];
  /** Of a count: its greatest value. */
  readonly most: number;
  readonly value: boolean | string | number | null;
}

export interface DockSlip {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** What was printed in the printer's own letters, row by row; empty when the slip is one picture. */
  readonly text: readonly string[];
  /** What the QR codes say that the printer drew itself. */
  readonly codes: readonly string[];
  readonly png: Uint8Array;
}

/** The dev dock: the same knobs for hands, tests and robots. Only virtual devices have it. */
export interface Dock {
  knobs(): readonly Knob[];
  /** @returns a sentence when there is no such knob or it has no such position */
  set(name: string, value: unknown): Result<null, string>;
  /** All knobs as at the start. */
  reset(): void;
  /** The newest last; at most 50 are kept. */
  slips(): readonly DockSlip[];
  /** Throws the slips away. */
  clear(): void;
}

export function createDock(printer: VirtualPrinter): Dock {
  const pictures = new WeakMap<PrintedSlip, Uint8Array>();
  const pictureOf = (slip: PrintedSlip): Uint8Array => {
    const known = pictures.get(slip);
    if (known) return known;
    const png = pngOf(slip.picture);
    pictures.set(slip, png);
    return png;
  };
  return {
    knobs: () => KNOB_TABLE.map((row) => ({ ...row, value: printer.knobs[row.name] })),
    set: (name, value) => setKnob(printer, name, value),
    reset: () => printer.set(KNOBS),
    slips: () => printer.slips.map((slip) => ({ ...textOf(slip), png: pictureOf(slip) })),
    clear: () => void printer.slips.splice(0),
  };
}

function textOf({ id, at, text, codes }: PrintedSlip): Omit<DockSlip, 'png'> {
  return { id, at, text, codes };
}

function setKnob(printer: VirtualPrinter, name: string, value: unknown): Result<null, string> {
  const row = KNOB_TABLE.find((knob) => knob.name === name);
  if (!row) return err(`there is no knob "${name}"`);
  if (!isPosition(row, value)) return err(`"${name}" cannot be ${JSON.stringify(value)}`);
  printer.set({ [row.name]: value });
  return ok(null);
}

function isPosition({ kind, choices, most, name }: Omit<Knob, 'value'>, value: unknown): boolean {
  switch (kind) {
    case 'flag':
      return typeof value === 'boolean';
    case 'choice':
      return typeof value === 'string' && choices.includes(value);
    case 'count':
      if (value === null) return KNOBS[name] === null;
      return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;
  }
}
