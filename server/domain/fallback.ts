import type { TicketNumber } from './ids.ts';
import { numberText } from './number.ts';
import type { Plan } from './plan.ts';

/** Letters for numbers on paper, the first that no service uses. */
const LETTERS = ['V', 'X', 'Z', 'W', 'Q', 'Y'];

/** The letter of the numbers printed in advance: one that no service gives, so that no two ever meet. `null`: none is left. */
export function fallbackLetter(plan: Plan): string | null {
  const used = new Set(plan.services.map(({ letter }) => letter));
  return LETTERS.find((letter) => !used.has(letter)) ?? null;
}

/** The next numbers of the roll. They go on over days and years: a ticket printed in spring may be taken in autumn. */
export function nextOnRoll(letter: string, last: number, count: number): readonly TicketNumber[] {
  return Array.from({ length: count }, (_, i) => numberText(letter, last + 1 + i));
}
