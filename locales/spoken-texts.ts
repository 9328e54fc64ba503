import type { Language } from '../server/contract/language.ts';
import en from './en/kiosk.json' with { type: 'json' };
import enSpeech from './en/speech.json' with { type: 'json' };
import et from './et/kiosk.json' with { type: 'json' };
import etSpeech from './et/speech.json' with { type: 'json' };
import ru from './ru/kiosk.json' with { type: 'json' };
import ruSpeech from './ru/speech.json' with { type: 'json' };

/** All that a kiosk itself can say: the words of its screens, and the words only the voice has. */
export const SPOKEN_TEXTS = { et: [et, etSpeech], en: [en, enSpeech], ru: [ru, ruSpeech] } as const satisfies Record<
  Language,
  readonly object[]
>;
