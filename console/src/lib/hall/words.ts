import en from '#locales/en/hall.json' with { type: 'json' };
import et from '#locales/et/hall.json' with { type: 'json' };
import ru from '#locales/ru/hall.json' with { type: 'json' };
import type { CallView } from '#contract/boards.ts';
import type { Language, Texts } from '#contract/language.ts';
import { clockText } from '#locales/clock.ts';
import { wordsOf } from '../words.svelte.ts';

/** The words of the hall's section. */
export const words = wordsOf('hall', { et, en, ru });

/** `Desk 3`, as it stands over the door. */
export function placeText({ place }: Pick<CallView, 'place'>): string {
  return words.t('at', { place: words.t(`place.${place.kind}`), number: place.number });
}

const READY: Readonly<Record<Language, typeof et.ready>> = { et: et.ready, en: en.ready, ru: ru.ready };

/** What staff often tell the hall, already in three languages; they may still change it. */
export function readyNotice(which: 'closesText' | 'slowText', minuteOfDay: number): Texts {
  const inLanguage = (language: Language): string =>
    READY[language][which].replace('{{time}}', timeText(minuteOfDay, language));
  return { et: inLanguage('et'), en: inLanguage('en'), ru: inLanguage('ru') };
}

export function timeText(minuteOfDay: number, language: Language): string {
  return clockText(minuteOfDay * 60_000, language, 'UTC');
}
