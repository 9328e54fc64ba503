import type { Language } from '#contract/language.ts';
import en from '#locales/en/safety.json' with { type: 'json' };
import et from '#locales/et/safety.json' with { type: 'json' };
import ru from '#locales/ru/safety.json' with { type: 'json' };
import { wordsOf } from '../words.svelte.ts';

const texts = { et, en, ru };

/** The words of alarms, backups, the morning's check and numbers on paper. */
export const words = wordsOf('safety', texts);

/** What stands above the office's own words where no number can be given, in the language of whoever reads it. */
export function titleWithoutNumber(language: Language): string {
  return texts[language].standIn.title;
}
