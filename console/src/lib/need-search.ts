import { LANGUAGES, type Language, type Texts } from '#contract/language.ts';

/** Something that can be found by its words in any language. */
export interface Findable {
  readonly names: Texts;
  readonly descriptions: Texts;
}

export interface Found<T> {
  readonly item: T;
  /** The language in which it was found. */
  readonly language: Language;
}

/** Letters without case, accents and soft hyphens: `Üksikvanema` and `uksikvanema` are the same, `ё` is `е`. */
export function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f\u00ad]/g, '')
    .toLowerCase();
}

/**
 * Finds needs by the beginnings of words, in all three languages at once. Every typed word must begin some word of the
 * same language; matches in the name come before matches in the description.
 */
export function search<T extends Findable>(items: readonly T[], typed: string): readonly Found<T>[] {
  const wanted = wordsOf(typed);
  if (wanted.length === 0) return [];
  const found = items.flatMap((item) => {
    const hits = LANGUAGES.flatMap((language) => {
      const inName = beginsEach(wordsOf(item.names[language]), wanted);
      const inBoth = inName || beginsEach(wordsOf(`${item.names[language]} ${item.descriptions[language]}`), wanted);
      return inBoth ? [{ item, language, rank: inName ? 0 : 1 }] : [];
    });
    const best = hits.sort((a, b) => a.rank - b.rank)[0];
    return best ? [best] : [];
  });
  return found.sort((a, b) => a.rank - b.rank).map(({ item, language }) => ({ item, language }));
}

function wordsOf(text: string): readonly string[] {
  return folded(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

function beginsEach(words: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((part) => words.some((word) => word.startsWith(part)));
}
