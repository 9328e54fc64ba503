import type { Language } from '../server/contract/language.ts';

const LOCALES: Readonly<Record<Language, string>> = { et: 'et-EE', en: 'en-GB', ru: 'ru-RU' };

/** `10:42`, the office's wall clock. */
export function clockText(at: number, language: Language, zone: string): string {
  return new Intl.DateTimeFormat(LOCALES[language], {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  }).format(at);
}

/** `22.11.2026`, in English `22/11/2026`. */
export function dateText(at: number, language: Language, zone: string): string {
  return new Intl.DateTimeFormat(LOCALES[language], {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    timeZone: zone,
  }).format(at);
}

/** `esmaspäev` and so on: the name of a day of the week. */
export function weekdayText(at: number, language: Language, zone: string): string {
  return new Intl.DateTimeFormat(LOCALES[language], { weekday: 'long', timeZone: zone }).format(at);
}
