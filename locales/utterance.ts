import type { Language } from '../server/contract/language.ts';
import en from './en/announce.json' with { type: 'json' };
import et from './et/announce.json' with { type: 'json' };
import ru from './ru/announce.json' with { type: 'json' };

/** What is called out: `A042` and the sign of the place, digits as they stand on it. */
export interface Spoken {
  readonly ticket: string;
  readonly kind: 'desk' | 'counter' | 'room';
  readonly place: string;
}

/** One sentence to the ear: as text, and as the recordings that make it, in order. `pause` is silence. */
export interface Utterance {
  readonly sentence: string;
  readonly clips: readonly string[];
}

/** A call as the hall hears it: in the visitor's language, then in Estonian; one language is said once. */
export function announcedIn(language: Language): readonly Language[] {
  return language === 'et' ? ['et'] : [language, 'et'];
}

interface Announce {
  readonly sentence: Readonly<Record<Spoken['kind'], string>>;
  readonly letters: Readonly<Record<string, string>>;
  readonly numbers: Readonly<Record<string, string>>;
}

const ANNOUNCE: Readonly<Record<Language, Announce>> = { et, en, ru };
/** Up to here a place is said as one number in English too; beyond it digit by digit, as rooms are. */
const ENGLISH_CARDINALS_TO = 99;
/** Between the two sentences of a call. */
export const PAUSE = 'pause';

/**
 * Says a call in one language. Every number stands after a label word (*number*, *номер*), so it keeps its plain form;
 * only the word for the place inflects, and that is ready in the sentence. Leading zeros are not spoken. Estonian and
 * Russian say whole numbers, English says the digits of a ticket.
 *
 * @throws Error for a letter without a name in that language: an office may only use letters that can be spoken
 */
export function utterance({ ticket, kind, place }: Spoken, language: Language): Utterance {
  const said: Readonly<Record<string, readonly string[]>> = {
    letter: [letterClip(ticket.slice(0, 1), language)],
    number: ticketClips(ticket.slice(1), language),
    place: placeClips(place, language),
  };
  const parts = sentenceParts(language, kind);
  const clips = parts.flatMap((part) => {
    if ('slot' in part) return said[part.slot] ?? [];
    return part.afterStop ? [PAUSE, part.clip] : [part.clip];
  });
  const words = (slot: string): string => (said[slot] ?? []).map((id) => clipText(id, language)).join(' ');
  const sentence = ANNOUNCE[language].sentence[kind].replace(/\{\{(\w+)\}\}/g, (_, slot: string) => words(slot));
  return { sentence, clips };
}

/** Every recording one language needs: id and the words in it. Placeholders and people's voices are both made from this list. */
export function clipList(language: Language): readonly { readonly id: string; readonly text: string }[] {
  const { letters, numbers, sentence } = ANNOUNCE[language];
  const fragments = (Object.keys(sentence) as Spoken['kind'][]).flatMap((kind) =>
    sentenceParts(language, kind).flatMap((part) => ('clip' in part ? [{ id: part.clip, text: part.text }] : [])),
  );
  return [
    ...Object.entries(letters).map(([letter, text]) => ({ id: `letter-${letter}`, text })),
    ...Object.entries(numbers).map(([number, text]) => ({ id: `n-${number}`, text })),
    ...fragments,
  ];
}

type Part = { readonly slot: string } | { readonly clip: string; readonly text: string; readonly afterStop: boolean };

/** A sentence cut at its placeholders; the pieces between them are recordings of their own. */
function sentenceParts(language: Language, kind: Spoken['kind']): readonly Part[] {
  const pieces = ANNOUNCE[language].sentence[kind].split(/(\{\{\w+\}\})/);
  return pieces.flatMap((piece, index): readonly Part[] => {
    if (piece.startsWith('{{')) return [{ slot: piece.slice(2, -2) }];
    const text = piece.replace(/^[\s.,]+|[\s.,]+$/g, '');
    return text === '' ? [] : [{ clip: `${kind}-${index}`, text, afterStop: piece.trimStart().startsWith('.') }];
  });
}

function clipText(id: string, language: Language): string {
  const { letters, numbers } = ANNOUNCE[language];
  return (id.startsWith('n-') ? numbers[id.slice(2)] : letters[id.slice('letter-'.length)]) ?? '';
}

function letterClip(letter: string, language: Language): string {
  if (ANNOUNCE[language].letters[letter] === undefined) throw new Error(`No name for the letter ${letter}`);
  return `letter-${letter}`;
}

function ticketClips(digits: string, language: Language): readonly string[] {
  const number = Number(digits);
  return language === 'en' ? digitClips(number) : cardinalClips(number);
}

function placeClips(place: string, language: Language): readonly string[] {
  const number = Number(place);
  return language === 'en' && number > ENGLISH_CARDINALS_TO ? digitClips(number) : cardinalClips(number);
}

function digitClips(number: number): readonly string[] {
  return [...String(number)].map((digit) => `n-${digit}`);
}

/** Thousands, hundreds, tens and units; 0 to 19 are words of their own. @param number 0 to 9999 @throws Error beyond */
export function cardinalClips(number: number): readonly string[] {
  if (!Number.isInteger(number) || number < 0 || number > 9999) throw new Error(`${number} cannot be spoken`);
  if (number === 0) return ['n-0'];
  const clips: string[] = [];
  for (const step of [1000, 100]) {
    const part = Math.floor(number / step) % 10;
    if (part > 0) clips.push(`n-${part * step}`);
  }
  const rest = number % 100;
  if (rest > 0 && rest < 20) clips.push(`n-${rest}`);
  else {
    if (rest >= 20) clips.push(`n-${rest - (rest % 10)}`);
    if (rest % 10 > 0) clips.push(`n-${rest % 10}`);
  }
  return clips;
}
