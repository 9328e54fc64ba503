import i18next, { type TFunction } from 'i18next';
import type { Language } from '../server/contract/language.ts';
import en from './en/slip.json' with { type: 'json' };
import et from './et/slip.json' with { type: 'json' };
import ru from './ru/slip.json' with { type: 'json' };

export type SlipWords = TFunction<'slip'>;

const words = i18next.createInstance({
  lng: 'et',
  fallbackLng: false,
  ns: ['slip'],
  defaultNS: 'slip',
  resources: { et: { slip: et }, en: { slip: en }, ru: { slip: ru } },
  interpolation: { escapeValue: false },
  initAsync: false,
  // A key on paper would be worse than no paper.
  parseMissingKeyHandler: (key) => {
    throw new Error(`No text for ${key}`);
  },
});
void words.init();

/** The words of a slip in the visitor's language. */
export function slipWords(language: Language): SlipWords {
  return words.getFixedT(language, 'slip');
}
