import i18next, { type TFunction } from 'i18next';
import type { Language } from '#contract/language.ts';
import en from '#locales/en/pairing.json' with { type: 'json' };
import et from '#locales/et/pairing.json' with { type: 'json' };
import ru from '#locales/ru/pairing.json' with { type: 'json' };

const words = i18next.createInstance({
  lng: 'et',
  fallbackLng: false,
  ns: ['pairing'],
  defaultNS: 'pairing',
  resources: { et: { pairing: et }, en: { pairing: en }, ru: { pairing: ru } },
  interpolation: { escapeValue: false },
  initAsync: false,
  parseMissingKeyHandler: (key) => {
    throw new Error(`No text for ${key}`);
  },
});
void words.init();

/** The words of a screen that is not paired yet; it speaks all languages at once. */
export function wordsOf(language: Language): TFunction<'pairing'> {
  return words.getFixedT(language, 'pairing');
}
