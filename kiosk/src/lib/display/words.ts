import i18next, { type TFunction } from 'i18next';
import type { DisplayBoard, WaitRange } from '#contract/boards.ts';
import type { Language, Texts } from '#contract/language.ts';
import { clockText, dateText, weekdayText } from '#locales/clock.ts';
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

export function waitWords(wait: WaitRange | null, language: Language): string {
  const t = wordsOf(language);
  if (wait === null) return t('wait.unknown');
  const { fromMinutes: from, toMinutes: to, about } = wait;
  if (from === to) return about ? t('wait.aboutSingle', { to }) : t('wait.single', { to });
  return about ? t('wait.aboutRange', { from, to }) : t('wait.range', { from, to });
}

/** The range alone, beside a sign that says what it is; a dash when it is not known. */
export function bareWait(wait: WaitRange | null, language: Language): string {
  if (wait === null) return '–';
  const { fromMinutes: from, toMinutes: to } = wait;
  return wordsOf(language)(from === to ? 'wait.bareSingle' : 'wait.bareRange', { from, to });
}

/** When the office was last heard, and how long ago that is; the date once it is a day or more. */
export function lastHeardWords(lastHeard: number, now: number, zone: string): string {
  const t = wordsOf('et');
  const time = clockText(lastHeard, 'et', zone);
  const minutes = Math.floor((now - lastHeard) / 60_000);
  if (minutes < 1) return t('stale.last', { time });
  if (minutes < 60) return t('stale.ago', { time, minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return t('stale.agoHours', { time, hours });
  return t('stale.lastDate', { time, date: dateText(lastHeard, 'et', zone) });
}

/** When a closed office opens again; `null` when it does not know. */
export function opensWords({ opening, zone }: DisplayBoard, now: number, language: Language): string | null {
  if (opening.open || opening.changesAt === null) return null;
  const t = wordsOf(language);
  const time = clockText(opening.changesAt, language, zone);
  const dayOf = (at: number): string => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at);
  if (dayOf(opening.changesAt) === dayOf(now)) return t('opens.today', { time });
  return t('opens.later', { day: weekdayText(opening.changesAt, language, zone), time });
}

/** What the foot says in one turn. */
export interface Notice {
  readonly text: string;
  /** Too long to stand beside the number of people waiting: in its turn it has the foot to itself. */
  readonly long: boolean;
}

/** So many letters stand beside the number of people waiting. */
const BESIDE_WAITING = 90;

/** Whether the foot shows the waits of the parts of an office; beside those nothing has room. */
export function showsAreas({ areas, opening }: DisplayBoard): boolean {
  return areas.length > 0 && opening.open;
}

/**
 * The notice on show now, in its turn: that nothing is said aloud, notices, and the hours of an office that closes today.
 * Where all are long, one turn is left to the waits; the waits of the parts of an office have every other one.
 */
export function noticeAt(board: DisplayBoard, turn: number, language: Language): Notice | null {
  const { opening, zone } = board;
  const inAll = (say: (one: Language) => string): Texts => ({ et: say('et'), en: say('en'), ru: say('ru') });
  const { changesAt } = opening;
  const until =
    opening.open && changesAt !== null
      ? [inAll((one) => wordsOf(one)('until', { time: clockText(changesAt, one, zone) }))]
      : [];
  const silent = board.sound.silentUntil === null ? [] : [inAll((one) => wordsOf(one)('silent'))];
  const notices = [...silent, ...board.notices, ...until];
  const isLong = (texts: Texts): boolean => Object.values(texts).some((text: string) => text.length > BESIDE_WAITING);
  const turns = showsAreas(board)
    ? [null, ...notices.flatMap((texts, i) => (i === 0 ? [texts] : [null, texts]))]
    : notices.every(isLong)
      ? [...notices, null]
      : notices;
  const texts = turns[turn % turns.length];
  return texts ? { text: texts[language], long: isLong(texts) } : null;
}
