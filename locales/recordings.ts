import type { Language } from '../server/contract/language.ts';
import { bare, clipId, sentencesOf, sounds } from './clip-id.ts';
import { SPOKEN_TEXTS } from './spoken-texts.ts';
import { COUNTED } from './spoken-values.ts';
import { plain } from './templates.ts';
import { clipList } from './utterance.ts';

/** One recording: the name of its file, and the words in it. */
export interface Recording {
  readonly id: string;
  readonly text: string;
}

const LOCALES: Readonly<Record<Language, string>> = { et: 'et-EE', en: 'en-GB', ru: 'ru-RU' };
/** A Monday in January. */
const A_MONDAY = Date.UTC(2024, 0, 1, 12);
const DAY_MS = 86_400_000;

/**
 * Every recording one language needs: the announcements of the hall, all that the kiosk says, and the office's own texts.
 *
 * @param office the office's texts in this language: names of needs, papers, places …
 */
export function recordingsOf(language: Language, office: readonly string[]): readonly Recording[] {
  const said = [
    ...SPOKEN_TEXTS[language].flatMap(plain),
    ...calendarWords(language),
    ...countedForms(language),
    ...office,
  ];
  const spoken = said.flatMap(recordedParts).map((text): Recording => ({ id: clipId(text), text }));
  return [...new Map([...clipList(language), ...spoken].map((recording) => [recording.id, recording])).values()];
}

/** What of a text is recorded: its sentences, or what stands between its values. */
function recordedParts(text: string): readonly string[] {
  return bare(text)
    .split(/\{\{\w+\}\}/)
    .flatMap(sentencesOf)
    .filter(sounds);
}

/** Days of the week and months as dates have them. */
function calendarWords(language: Language): readonly string[] {
  const weekday = new Intl.DateTimeFormat(LOCALES[language], { timeZone: 'UTC', weekday: 'long' });
  const date = new Intl.DateTimeFormat(LOCALES[language], { timeZone: 'UTC', day: 'numeric', month: 'long' });
  const monthOf = (at: number): string => date.formatToParts(at).find(({ type }) => type === 'month')?.value ?? '';
  return [
    ...Array.from({ length: 7 }, (_, day) => weekday.format(A_MONDAY + day * DAY_MS)),
    ...Array.from({ length: 12 }, (_, month) => monthOf(A_MONDAY + month * 31 * DAY_MS)),
  ];
}

function countedForms(language: Language): readonly string[] {
  return COUNTED[language].flatMap(({ forms }) => Object.values(forms));
}
