import { err, ok, type Result } from '#basics/result.ts';
import { checkedProfile } from './check-profile.ts';
import type { TableName } from './code-tables.ts';
import bixolon from './profiles/bixolon.json' with { type: 'json' };
import citizen from './profiles/citizen.json' with { type: 'json' };
import clone58 from './profiles/clone-58.json' with { type: 'json' };
import clone80 from './profiles/clone-80.json' with { type: 'json' };
import epson512 from './profiles/epson-512.json' with { type: 'json' };
import epson from './profiles/epson.json' with { type: 'json' };
import raster from './profiles/raster.json' with { type: 'json' };
import starEscpos from './profiles/star-escpos.json' with { type: 'json' };

/** As pictures of our own drawing, or in the printer's own letters. */
export type PrintAs = 'raster' | 'fonts';

/** A code table and the number by which this family of printers selects it. */
export interface TablePlace {
  readonly name: TableName;
  readonly number: number;
}

/** What differs between families of printers, as data. */
export interface Profile {
  readonly name: string;
  readonly says: string;
  /** Dots across the paper, a multiple of 8. */
  readonly dots: number;
  readonly dotsPerMm: number;
  /** Letters of font A across the paper. */
  readonly columns: number;
  /** The command that selects a table. */
  readonly select: 'ESC t' | 'ESC GS t';
  /** In order of preference; empty: its own letters are never used. */
  readonly tables: readonly TablePlace[];
  /** What the sheet of code tables prints, to find out where the tables of an unknown printer are. */
  readonly sheet: readonly TablePlace[];
  /** Typographic signs printed as they are, because the tables have them: all others are folded to plain ones. */
  readonly keeps: string;
  readonly printAs: PrintAs;
  readonly cutter: boolean;
  readonly nativeQr: boolean;
  /** Whether it may be asked for process ids and automatic status; unknown firmware might print the question. */
  readonly asksProcessId: boolean;
  /** Whether it may be asked for maker, model, firmware and serial number. */
  readonly asksIdentity: boolean;
}

const FILES: readonly unknown[] = [epson, epson512, bixolon, citizen, starEscpos, clone80, clone58, raster];

/** All profiles. @throws Error naming the profile and the field, when a profile file is wrong */
export const PROFILES: readonly Profile[] = FILES.map((file) => {
  const profile = checkedProfile(file);
  if (!profile.ok) throw new Error(`Printer profile: ${profile.error}`);
  return profile.value;
});

export function profileNamed(name: string): Result<Profile, string> {
  const found = PROFILES.find((profile) => profile.name === name);
  if (found) return ok(found);
  return err(`there is no profile "${name}"; there are ${PROFILES.map((profile) => profile.name).join(', ')}`);
}
