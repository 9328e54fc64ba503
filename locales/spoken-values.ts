import type { Language } from '../server/contract/language.ts';
import { clipId, sounds } from './clip-id.ts';
import en from './en/speech.json' with { type: 'json' };
import et from './et/speech.json' with { type: 'json' };
import ru from './ru/speech.json' with { type: 'json' };
import { cardinalClips, PAUSE } from './utterance.ts';

/** What a value is made of: names of recordings, in order, and `PAUSE`. */
export type Clips = readonly string[];

export interface SpeechWords {
  readonly range: string;
  readonly outOf: string;
  readonly fullHour: string;
  readonly spelling: Readonly<Record<string, string>>;
  readonly ordinals: Readonly<Record<string, string>>;
}

export const SPEECH: Readonly<Record<Language, SpeechWords>> = { et, en, ru };

/** The largest number said as a number; longer ones are said digit by digit. */
const CARDINALS_TO = 9_999;

/**
 * Russian numerals agree with what is counted: *одна минута, две минуты*. By the word that follows, the forms that differ
 * from the plain one; Estonian and English have none, because a counted word stands in its plain form there.
 */
export const COUNTED: Readonly<Record<Language, readonly { readonly noun: RegExp; readonly forms: Forms }[]>> = {
  et: [],
  en: [],
  ru: [{ noun: /^(минут|секунд)/, forms: { 'n-1': 'одна', 'n-2': 'две' } }],
};
type Forms = Readonly<Record<string, string>>;

/** @param noun the word after the number, which may change its form; empty when none follows */
export function numberClips(digits: string, noun: string, language: Language): Clips {
  const number = Number(digits);
  if (number > CARDINALS_TO) return digitClips(digits);
  const plain = cardinalClips(number);
  const last = plain.at(-1) ?? '';
  const form = COUNTED[language].find((counted) => counted.noun.test(noun))?.forms[last];
  return form === undefined ? plain : [...plain.slice(0, -1), clipId(form)];
}

/** Digit by digit; what stands between them is a breath: telephone numbers. */
export function digitClips(text: string): Clips {
  return [...text].flatMap((sign) => (/\d/.test(sign) ? [`n-${sign}`] : [PAUSE]));
}

/** `K042`: the letter, then every digit as it stands. */
export function ticketClips(number: string): Clips {
  return [`letter-${number.slice(0, 1)}`, PAUSE, ...digitClips(number.slice(1))];
}

/** `09:05`; a full hour has words of its own. */
export function timeClips(time: string, language: Language): Clips {
  const [hour = '', minute = ''] = time.split(':');
  if (minute === '00') return [...cardinalClips(Number(hour)), clipId(SPEECH[language].fullHour)];
  return [...cardinalClips(Number(hour)), ...(minute.startsWith('0') ? ['n-0'] : []), ...cardinalClips(Number(minute))];
}

/** A reference such as `7f3a`, sign by sign. */
export function spelledClips(text: string, language: Language): Clips {
  return [...text].map((sign) => (/\d/.test(sign) ? `n-${sign}` : clipId(SPEECH[language].spelling[sign] ?? sign)));
}

/** What stands between two numbers: a dash is "to", a stroke is "of". */
export function betweenClips(sign: string, language: Language): Clips {
  const { range, outOf } = SPEECH[language];
  const word = sign.includes('–') ? range : sign.includes('/') ? outOf : '';
  return [sounds(word) ? clipId(word) : PAUSE];
}
