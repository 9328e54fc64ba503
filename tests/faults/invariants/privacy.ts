import { violation, type Violation } from './log.ts';

const PERSONAL_CODE = /(?<![\w-])[1-8]\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{4}(?![\w-])/g;
const E_MAIL = /[\w.+-]+@[\w-]+\.[a-z]{2,}/gi;
const PHONE = /\+372[\s-]?\d{3,4}[\s-]?\d{3,4}/g;
const FIRST_WEIGHTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1];
const SECOND_WEIGHTS = [3, 4, 5, 6, 7, 8, 9, 1, 2, 3];

/** I14: nothing that names a person: Estonian personal codes with a true check digit, e-mail addresses, phone numbers. */
export function privacyViolations(streams: readonly string[]): readonly Violation[] {
  const found = streams.flatMap((stream) => [
    ...(stream.match(PERSONAL_CODE) ?? []).filter(hasTrueCheckDigit),
    ...(stream.match(E_MAIL) ?? []),
    ...(stream.match(PHONE) ?? []),
  ]);
  return [...new Set(found)].map((one) => violation('I14', `personal data was seen: ${one.slice(0, 3)}…`));
}

/** @source EVS 585:2007, the personal code: two rounds of weights modulo 11 */
function hasTrueCheckDigit(code: string): boolean {
  const digits = [...code].map(Number);
  const rest = (weights: readonly number[]): number =>
    weights.reduce((sum, weight, i) => sum + weight * (digits[i] ?? 0), 0) % 11;
  const first = rest(FIRST_WEIGHTS);
  const second = rest(SECOND_WEIGHTS);
  return digits[10] === (first < 10 ? first : second < 10 ? second : 0);
}
