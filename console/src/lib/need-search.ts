import { LANGUAGES, type Language, type Texts } from '#contract/language.ts';
import { folded, foldedToLatin, hasCyrillic, type Folded } from './folding.ts';

/** Something that can be found by its words in any language. */
export interface Findable {
  readonly names: Texts;
  readonly descriptions: Texts;
  /** What stands above it, in each language: finds all that is below. */
  readonly above?: Texts | undefined;
}

export interface Found<T> {
  readonly item: T;
  /** Every language in which it was found, the best match first. */
  readonly languages: readonly [Language, ...Language[]];
}

/** Part of a text, found or not. */
export interface Piece {
  readonly text: string;
  readonly found: boolean;
}

type Fold = (text: string) => Folded;

/** Parts shorter than this must begin a word: two letters stand inside half of all words. */
const INSIDE_FROM_LETTERS = 3;

/**
 * Finds needs by any word in any language. Every typed word must be found in the same language. Words that begin so come
 * before words that contain it (`toetus` finds `lapsetoetus`), names before descriptions, the typed script before the other.
 */
export function search<T extends Findable>(items: readonly T[], typed: string): readonly Found<T>[] {
  if (wordsOf(folded(typed)).length === 0) return [];
  const found = items.flatMap((item) => {
    const hits = LANGUAGES.flatMap((language) => {
      const rank = rankIn(item, language, typed);
      return rank === null ? [] : [{ language, rank }];
    }).sort((a, b) => a.rank - b.rank);
    const [best, ...others] = hits;
    if (!best) return [];
    return [{ item, languages: [best.language, ...others.map(({ language }) => language)] as const, rank: best.rank }];
  });
  return found.sort((a, b) => a.rank - b.rank).map(({ item, languages }) => ({ item, languages }));
}

/** The text cut at what was found in it, for underlining. */
export function pieces(text: string, typed: string): readonly Piece[] {
  const fold = foldFor(text, typed);
  const { letters, origins } = fold(text);
  const marked = new Set<number>();
  for (const part of wordsOf(fold(typed))) {
    const at = placeOf(letters, part);
    if (at === null) continue;
    for (let i = at; i < at + part.length; i++) marked.add(origins[i] ?? -1);
  }
  return grouped(text, marked);
}

function rankIn(item: Findable, language: Language, typed: string): number | null {
  const name = item.names[language];
  const all = `${name} ${item.descriptions[language]} ${item.above?.[language] ?? ''}`;
  const fold = foldFor(name, typed);
  const other = fold === foldedToLatin ? 4 : 0;
  const parts = wordsOf(fold(typed));
  const inName = fold(name).letters;
  const inAll = fold(all).letters;
  if (parts.every((part) => begins(inName, part))) return other;
  if (parts.every((part) => placeOf(inName, part) !== null)) return other + 1;
  if (parts.every((part) => begins(inAll, part))) return other + 2;
  return parts.every((part) => placeOf(inAll, part) !== null) ? other + 3 : null;
}

/** Latin typing looks into Russian texts by their Latin spelling; everything else by its own letters. */
function foldFor(text: string, typed: string): Fold {
  return hasCyrillic(text) && !hasCyrillic(typed) ? foldedToLatin : folded;
}

function wordsOf({ letters }: Folded): readonly string[] {
  return letters.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

function begins(letters: string, part: string): boolean {
  return startOf(letters, part) !== null;
}

function placeOf(letters: string, part: string): number | null {
  const start = startOf(letters, part);
  if (start !== null || part.length < INSIDE_FROM_LETTERS) return start;
  const inside = letters.indexOf(part);
  return inside === -1 ? null : inside;
}

function startOf(letters: string, part: string): number | null {
  for (let at = letters.indexOf(part); at !== -1; at = letters.indexOf(part, at + 1)) {
    if (at === 0 || /[^\p{L}\p{N}]/u.test(letters.charAt(at - 1))) return at;
  }
  return null;
}

function grouped(text: string, marked: ReadonlySet<number>): readonly Piece[] {
  const result: Piece[] = [];
  let at = 0;
  for (const sign of text) {
    const found = marked.has(at);
    const last = result.at(-1);
    if (last?.found === found) result[result.length - 1] = { text: last.text + sign, found };
    else result.push({ text: sign, found });
    at += sign.length;
  }
  return result;
}
