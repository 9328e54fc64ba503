import type { KeypadPress } from './keypad-press.ts';
import type { KeypadProfile } from './profile.ts';

/** Codes that were down in the last report: a key is told when it goes down, once, however long it is held. */
export type HeldCodes = readonly number[];

export interface Decoded {
  readonly held: HeldCodes;
  readonly presses: readonly KeypadPress[];
  /** Codes that no key of the profile has: they change nothing, and say that the profile does not fit. */
  readonly unknown: readonly number[];
}

/** modifiers, reserved, six codes */
const REPORT_BYTES = 8;
const FIRST_CODE_AT = 2;
/** Usages 1 to 3: too many keys at once, a failed self-test. */
const LAST_ERROR = 3;

/**
 * Reads one report of a boot keyboard against the one before.
 *
 * @returns the codes held as before when the report says nothing: too short, or the keyboard's own error
 * @source USB HID 1.11, appendix B.1 and F; HID usage tables, keyboard page 07h
 */
export function decodeReport(profile: KeypadProfile, held: HeldCodes, report: Uint8Array): Decoded {
  const codes = [...report.subarray(FIRST_CODE_AT, REPORT_BYTES)].filter((code) => code !== 0);
  if (report.length < REPORT_BYTES || codes.some((code) => code <= LAST_ERROR))
    return { held, presses: [], unknown: [] };
  const down = [...new Set(codes)].filter((code) => !held.includes(code));
  const meant = down.map((code) => ({ code, press: pressOf(profile, code) }));
  return {
    held: codes,
    presses: meant.flatMap(({ press }) => (press ? [press] : [])),
    unknown: meant.flatMap(({ code, press }) => (press ? [] : [code])),
  };
}

function pressOf({ keys, jack }: KeypadProfile, code: number): KeypadPress | null {
  if (jack && code === jack.in) return { jack: 'in' };
  if (jack && code === jack.out) return { jack: 'out' };
  const known = keys.find((key) => key.code === code);
  return known ? { key: known.key } : null;
}
