/**
 * A device is paired by a short code: the screen shows it, the head types it into the console. The code alone opens
 * nothing: the token goes only to the device that asked for the code.
 */

/** A code that nobody used is dropped after this long (milliseconds). */
export const PAIRING_LASTS_MS = 10 * 60_000;

/** Letters and digits that nobody takes for one another, on a screen, on paper or by ear: no B/8, I/L/1, O/0, S/5, Z/2. */
const LETTERS = 'ACDEFGHJKMNPQRTUVWXY34679';
const GROUP = 4;
/** 25⁸ codes: with 200 of them alive, ten thousand guesses find one with a chance of one in seventy thousand. */
const LENGTH = 8;

/** @param below a uniform random whole number from 0 up to, not including, its argument */
export function newCode(below: (bound: number) => number): string {
  const letters = Array.from({ length: LENGTH }, () => LETTERS.charAt(below(LETTERS.length)));
  return shown(letters.join(''));
}

/** The code as it stands on the screen, whatever way it was typed; `null` when it can be none. */
export function typedCode(text: string): string | null {
  const letters = text.toUpperCase().replace(/[\s\-–]/gu, '');
  return letters.length === LENGTH && [...letters].every((letter) => LETTERS.includes(letter)) ? shown(letters) : null;
}

function shown(letters: string): string {
  return `${letters.slice(0, GROUP)}-${letters.slice(GROUP)}`;
}
