import i18next from 'i18next';
import type { TFunction } from 'i18next';
import { LANGUAGES } from '#contract/language.ts';
import type { Language } from '#contract/language.ts';
import en from '#locales/en/kiosk.json' with { type: 'json' };
import et from '#locales/et/kiosk.json' with { type: 'json' };
import ru from '#locales/ru/kiosk.json' with { type: 'json' };

export type Translate = TFunction<'kiosk'>;

const words = i18next.createInstance({
  lng: 'et',
  fallbackLng: false,
  ns: ['kiosk'],
  defaultNS: 'kiosk',
  resources: { et: { kiosk: et }, en: { kiosk: en }, ru: { kiosk: ru } },
  interpolation: { escapeValue: false },
  initAsync: false,
  // A key on a public screen would be worse than a red test.
  parseMissingKeyHandler: (key) => {
    throw new Error(`No text for ${key}`);
  },
});
void words.init();

/** How each language calls itself. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { et: 'Eesti', en: 'English', ru: 'Русский' };

/** The words of one language, for screens that speak all three at once. */
export function wordsOf(language: Language): Translate {
  return words.getFixedT(language, 'kiosk');
}

export function isLanguage(text: string | null): text is Language {
  return LANGUAGES.some((language) => language === text);
}
