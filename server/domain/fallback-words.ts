import { err, ok, type Result } from '../basics/result.ts';
import { LANGUAGES, type Texts } from './language.ts';
import type { Refusal } from './refusal.ts';

/** Letters of one text: two sentences that a visitor reads in passing. */
export const FALLBACK_WORDS_AT_MOST = 200;

/**
 * What a visitor does when no number can be given, as the office has written it. It is needed in every language: whoever stands
 * before a kiosk without a server has chosen none.
 */
export function checkedFallbackWords(words: Texts): Result<Texts, Refusal> {
  const { et, en, ru } = words;
  const tidied: Texts = { et: oneLine(et), en: oneLine(en), ru: oneLine(ru) };
  const missing = LANGUAGES.filter((language) => tidied[language] === '');
  return missing.length > 0 ? err({ code: 'texts-incomplete', missing }) : ok(tidied);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
