import i18next, { type TFunction } from 'i18next';
import type { Language } from '#contract/language.ts';
import en from '#locales/en/display.json' with { type: 'json' };
import et from '#locales/et/display.json' with { type: 'json' };
import ru from '#locales/ru/display.json' with { type: 'json' };

const words = i18next.createInstance({
  lng: 'et',
  fallbackLng: false,
  ns: ['display'],
  defaultNS: 'display',
  resources: { et: { display: et }, en: { display: en }, ru: { display: ru } },
  interpolation: { escapeValue: false },
  initAsync: false,
  parseMissingKeyHandler: (key) => {
    throw new Error(`No text for ${key}`);
  },
});
void words.init();

/** The display speaks Estonian, and the visitor's language where it speaks to one. */
export function wordsOf(language: Language): TFunction<'display'> {
  return words.getFixedT(language, 'display');
}
