/** Code points. Short ones are guessed offline; there is no rule of composition, length is what counts. */
export const PASSPHRASE_AT_LEAST = 12;
export const PASSPHRASE_AT_MOST = 200;
/** What must be left when the words everybody here knows are taken away (code points). */
const OWN_AT_LEAST = 8;
/** Shorter context words are parts of too many others. */
const CONTEXT_WORD_AT_LEAST = 4;
const PRODUCT_WORDS: readonly string[] = ['infolett', 'password', 'passphrase', 'parool', 'пароль'];

/** Why a passphrase is refused. */
export type PassphraseFault =
  | { readonly code: 'passphrase-length'; readonly atLeast: number; readonly atMost: number }
  | { readonly code: 'passphrase-common' }
  | { readonly code: 'passphrase-context' };

/**
 * Whether a passphrase may be used: long enough, none that everybody guesses first, not made of words that belong to the
 * person or the office. No rule about kinds of characters.
 *
 * @param isCommon asks the list of the commonest passwords; it gets small letters
 * @param context names and words of the person, the office and its agency
 * @returns `null` when it may be used
 * @source OWASP ASVS 5.0, 6.2.1, 6.2.4, 6.2.5, 6.2.9, 6.2.11, 6.2.12
 */
export function passphraseFault(
  passphrase: string,
  context: readonly string[],
  isCommon: (folded: string) => boolean,
): PassphraseFault | null {
  const length = [...passphrase].length;
  if (length < PASSPHRASE_AT_LEAST || length > PASSPHRASE_AT_MOST) {
    return { code: 'passphrase-length', atLeast: PASSPHRASE_AT_LEAST, atMost: PASSPHRASE_AT_MOST };
  }
  const folded = fold(passphrase);
  if (isPattern(folded) || isMadeOfCommon(folded, isCommon)) return { code: 'passphrase-common' };
  return [...without(folded, context)].length < OWN_AT_LEAST ? { code: 'passphrase-context' } : null;
}

/** Small letters without the blanks between them. */
function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, '');
}

/** A piece that is too short by itself again and again, or a run of the alphabet, the digits or the keyboard. */
function isPattern(folded: string): boolean {
  const signs = [...folded];
  for (let size = 1; size < PASSPHRASE_AT_LEAST && size * 2 <= signs.length; size++) {
    if (signs.every((sign, i) => sign === signs[i % size])) return true;
  }
  return RUNS.some((run) => run.includes(folded));
}

/** A run may begin anew this often. */
const LONGEST_RUN = 4;
const RUNS: readonly string[] = [
  '0123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'abcdefghijklmnopqrsšzžtuvwõäöüxy',
  'абвгдеёжзийклмнопрстуфхцчшщъыьэюя',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertyuiopüõasdfghjklöäzxcvbnm',
  'йцукенгшщзхъфывапролджэячсмитьбю',
].flatMap((run) => {
  const often = run.repeat(LONGEST_RUN);
  return [often, [...often].reverse().join('')];
});

/** In the list as it is, again and again, with digits or signs before or behind, or two of the list in a row. */
function isMadeOfCommon(folded: string, isCommon: (folded: string) => boolean): boolean {
  const cores = [folded, folded.replace(/^[^\p{L}]+/u, ''), folded.replace(/[^\p{L}]+$/u, ''), trimmed(folded)];
  const candidates = cores.flatMap((core) => [core, ...pieces(core)]);
  return candidates.some((one) => one === '' || isCommon(one)) || cores.some((core) => isTwoCommon(core, isCommon));
}

function trimmed(folded: string): string {
  return folded.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
}

/** What is left of it without some of the digits and signs behind; and what it is the repetition of. */
function pieces(folded: string): readonly string[] {
  const all: string[] = [];
  for (let at = 4; at < folded.length; at++) {
    const rest = folded.slice(at);
    if (!/\p{L}/u.test(rest)) all.push(folded.slice(0, at));
    if (
      folded
        .slice(0, at)
        .repeat(Math.ceil(folded.length / at))
        .startsWith(folded) &&
      at * 2 <= folded.length
    ) {
      all.push(folded.slice(0, at));
    }
  }
  return all;
}

function isTwoCommon(folded: string, isCommon: (folded: string) => boolean): boolean {
  for (let at = 4; at <= folded.length - 4; at++) {
    if (isCommon(folded.slice(0, at)) && isCommon(folded.slice(at))) return true;
  }
  return false;
}

function without(folded: string, context: readonly string[]): string {
  const words = [...PRODUCT_WORDS, ...context.flatMap((text) => wordsOf(text))];
  return words
    .filter((word) => word.length >= CONTEXT_WORD_AT_LEAST)
    .sort((a, b) => b.length - a.length)
    .reduce((left, word) => left.replaceAll(word, ''), folded);
}

/** A name as a whole and each of its words. */
function wordsOf(text: string): readonly string[] {
  return [fold(text), ...text.split(/[^\p{L}\p{N}]+/u).map(fold)];
}
