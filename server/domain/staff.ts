import { err, ok, type Result } from '../basics/result.ts';
import type { StaffId } from './ids.ts';
import type { Refusal } from './refusal.ts';

/** What counts of a person when somebody changes who may do what. */
export interface Standing {
  readonly id: StaffId;
  readonly role: 'specialist' | 'head' | 'admin';
  readonly disabled: boolean;
  /** There is a way in: a passphrase or a link to an outside identity. */
  readonly canSignIn: boolean;
}

/** Who may make accounts, give roles and end sessions. */
export function managesStaff({ role, disabled, canSignIn }: Standing): boolean {
  return role !== 'specialist' && !disabled && canSignIn;
}

/** Nobody can take away the last person who manages the staff: the office would lock itself out. */
export function keepsAManager(
  everybody: readonly Standing[],
  id: StaffId,
  change: Partial<Omit<Standing, 'id'>>,
): Result<null, Refusal> {
  const after = everybody.map((one) => (one.id === id ? { ...one, ...change } : one));
  const had = everybody.some(managesStaff);
  return had && !after.some(managesStaff) ? err({ code: 'last-head' }) : ok(null);
}

const USERNAME = /^[\p{Ll}\p{Lo}\p{Nd}][\p{Ll}\p{Lo}\p{Nd}._-]{1,63}$/u;
/** Scripts with letters that look alike. */
const ALIKE: readonly RegExp[] = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u];

/**
 * User names: small letters, digits, `.`, `-` and `_`; two to 64 of them, the letters of one script. A Latin name with one
 * Cyrillic letter would be another account that nobody can tell from the first.
 *
 * @param folded as `foldUsername` makes it
 */
export function isUsername(folded: string): boolean {
  return USERNAME.test(folded) && ALIKE.filter((script) => script.test(folded)).length <= 1;
}

/** The form in which user names are kept and compared. */
export function foldUsername(typed: string): string {
  return typed.trim().normalize('NFC').toLowerCase();
}
