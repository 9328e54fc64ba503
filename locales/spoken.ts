import type { Language } from '../server/contract/language.ts';
import { bare, clipId, sentencesOf, sounds } from './clip-id.ts';
import { SPOKEN_TEXTS } from './spoken-texts.ts';
import {
  betweenClips,
  digitClips,
  numberClips,
  SPEECH,
  spelledClips,
  ticketClips,
  timeClips,
} from './spoken-values.ts';
import { templatesOf, type Template } from './templates.ts';
import { PAUSE } from './utterance.ts';

/** One thing to hear. `missing`: words of the office that were never recorded. */
export type Sound =
  | { readonly kind: 'clip'; readonly id: string }
  | { readonly kind: 'pause' }
  | { readonly kind: 'missing'; readonly text: string };

const TEMPLATES: Readonly<Record<Language, readonly Template[]>> = {
  et: SPOKEN_TEXTS.et.flatMap(templatesOf),
  en: SPOKEN_TEXTS.en.flatMap(templatesOf),
  ru: SPOKEN_TEXTS.ru.flatMap(templatesOf),
};

const TICKET = /^\p{Lu}\d{3,}$/u;
const TIME = /^\d{1,2}:\d{2}$/;
/** `esmaspäev, 30. november`, `Monday 30 November`, `понедельник, 30 ноября`. */
const DATE = /^(?<weekday>\p{L}+),? (?<day>\d{1,2})\.? (?<month>\p{L}+)$/u;

/**
 * How a text of the kiosk is said, found from the text that is seen: so both come from one source. A text that was
 * recorded as a whole is one recording; one with numbers in it is put together from the recordings of its parts.
 *
 * @param has whether there is a recording of that name in this language
 */
export function soundsOf(text: string, language: Language, has: (id: string) => boolean): readonly Sound[] {
  const whole = bare(text);
  if (!sounds(whole)) return [];
  if (has(clipId(whole))) return [{ kind: 'clip', id: clipId(whole) }];
  const value = valueClips(whole, language) ?? templateClips(whole, language);
  if (value) return value.flatMap((part) => soundsOfPart(part, language, has));
  const sentences = sentencesOf(text);
  if (sentences.length > 1) return sentences.flatMap((one) => [...soundsOf(one, language, has), { kind: 'pause' }]);
  return [{ kind: 'missing', text: whole }];
}

/** A part is a name of a recording, or words that are looked at in their turn. */
type Part = string | { readonly words: string };

function soundsOfPart(part: Part, language: Language, has: (id: string) => boolean): readonly Sound[] {
  if (typeof part !== 'string') return soundsOf(part.words, language, has);
  if (part === PAUSE) return [{ kind: 'pause' }];
  return has(part) ? [{ kind: 'clip', id: part }] : [{ kind: 'missing', text: part }];
}

function valueClips(text: string, language: Language): readonly Part[] | null {
  if (TICKET.test(text)) return ticketClips(text);
  if (/^\d+$/.test(text)) return numberClips(text, '', language);
  if (TIME.test(text)) return timeClips(text, language);
  const parts = text.split(/(–|, )/);
  if (parts.length > 1 && parts.every((part, i) => i % 2 === 1 || TIME.test(part))) {
    return parts.flatMap((part, i) => (i % 2 === 1 ? betweenClips(part, language) : timeClips(part, language)));
  }
  const { weekday, day, month } = DATE.exec(text)?.groups ?? {};
  const ordinal = SPEECH[language].ordinals[String(Number(day))];
  if (!weekday || !month || ordinal === undefined) return null;
  return [clipId(weekday), clipId(ordinal), clipId(month)];
}

function templateClips(text: string, language: Language): readonly Part[] | null {
  for (const { pattern, pieces } of TEMPLATES[language]) {
    const found = pattern.exec(text);
    if (!found) continue;
    return pieces.flatMap((piece, at): readonly Part[] => {
      if ('slot' in piece)
        return slotClips(piece.slot, found.groups?.[piece.slot] ?? '', nounAfter(pieces, at), language);
      return sounds(piece.fixed) ? [{ words: piece.fixed }] : betweenClips(piece.fixed, language);
    });
  }
  return null;
}

function slotClips(slot: string, value: string, noun: string, language: Language): readonly Part[] {
  if (slot === 'phone') return digitClips(value);
  if (slot === 'reference') return spelledClips(value, language);
  if (/^\d+$/.test(value)) return numberClips(value, noun, language);
  return [{ words: value }];
}

/** The word that is counted: after "15–25" it is that after the 25. */
function nounAfter(pieces: Template['pieces'], at: number): string {
  const next = pieces.slice(at + 1).find((piece) => 'fixed' in piece && sounds(piece.fixed));
  return next && 'fixed' in next ? bare(next.fixed) : '';
}
