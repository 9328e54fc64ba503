import type { KioskBoard, OpeningState, ServiceLoad, SlipState, WaitRange } from '#contract/boards.ts';
import type { KioskContent } from '#contract/content.ts';
import type { Refusal } from '#contract/events.ts';
import type { Language } from '#contract/language.ts';
import type { Translate } from './i18n.svelte.ts';
import type { Issued } from './visit.ts';

/*
 * The sentences a screen makes from facts. They are the one source of what is seen and what is spoken: a component shows
 * them as they are, and a voice reads what the component shows.
 */

export function aheadWords(ahead: number, t: Translate): string {
  return ahead === 0 ? t('ahead.zero') : t('ahead.count', { count: ahead });
}

export function aheadShort(ahead: number, t: Translate): string {
  return ahead === 0 ? t('ahead.nobody') : t('ahead.people', { count: ahead });
}

/** The office's descriptions are written without a full stop. */
export function sentence(text: string): string {
  return text === '' || /[.!?…]$/u.test(text) ? text : `${text}.`;
}

/** The plural form follows the upper bound. */
export function waitWords(wait: WaitRange | null, t: Translate): string {
  if (wait === null) return t('wait.unknown');
  const { fromMinutes: from, toMinutes: to, about } = wait;
  const words = { from, to, count: to };
  if (from === to) return about ? t('wait.aboutSingle', words) : t('wait.single', words);
  return unbroken(about ? t('wait.aboutRange', words) : t('wait.range', words));
}

/** A range stays on one line: "15–" at its end would be a minus. */
function unbroken(range: string): string {
  return range.replace('–', '\u2060–\u2060');
}

export function waitShort(wait: WaitRange | null, t: Translate): string {
  if (wait === null) return t('wait.noTime');
  const { fromMinutes: from, toMinutes: to } = wait;
  return from === to ? t('wait.shortSingle', { to }) : t('wait.shortRange', { from, to });
}

/** Why a slip did not come out, in the words that are told to its visitor. */
const TROUBLES = [
  'paper-out',
  'cover-open',
  'cutter-error',
  'cooling',
  'fault',
  'offline',
  'not-answering',
  'disconnected',
  'busy',
] as const satisfies readonly (Exclude<KioskBoard['printer'], 'ok' | 'paper-low' | 'none'> | 'busy')[];
type SlipTrouble = (typeof TROUBLES)[number];

/** What became of the paper: `unknown` is a question to the visitor; on low paper a slip may be cut off. */
export type SlipNews = SlipState | 'printed-low' | 'none' | SlipTrouble;

export function slipNews(board: KioskBoard | null, issued: Issued): SlipNews {
  const slip = board?.slips.find(({ ticketId }) => ticketId === issued.ticketId);
  if (!slip) return issued.slip;
  if (slip.state === 'not-printed') return troubleOf(slip.reason);
  return slip.state === 'printed' && board?.printer === 'paper-low' ? 'printed-low' : slip.state;
}

function troubleOf(reason: string): SlipNews {
  if (reason === 'queue-full' || reason === 'too-old') return 'busy';
  return TROUBLES.find((trouble) => trouble === reason) ?? 'not-printed';
}

export function slipWords(news: SlipNews, t: Translate): string {
  switch (news) {
    case 'printing':
    case 'printed':
    case 'none':
    case 'unknown':
      return t(`slip.${news}`);
    case 'printed-low':
      return t('slip.printedLow');
    case 'not-printed':
      return t('slip.remember');
    default:
      return t(`slip.trouble.${news}`);
  }
}

export function refusalWords(refusal: Refusal, t: Translate): string {
  switch (refusal.code) {
    case 'service-closed':
    case 'unknown-need':
    case 'too-many-requests':
      return t(`refused.${refusal.code}`);
    default:
      return t('refused.other');
  }
}

/** Why a service gives no numbers now; `null` while it does. */
export function closedWords(load: ServiceLoad | undefined, at: Clock): string | null {
  if (!load || load.open) return null;
  return load.opensAt === null || dayOf(load.opensAt, at) !== dayOf(at.now, at)
    ? at.t('service.closed')
    : at.t('service.opensAt', { time: timeOf(load.opensAt, at) });
}

/** The office's clock and zone, and the words to tell it in. */
export interface Clock {
  readonly t: Translate;
  readonly language: Language;
  readonly now: number;
  readonly zone: string;
}

const LOCALES: Readonly<Record<Language, string>> = { et: 'et-EE', en: 'en-GB', ru: 'ru-RU' };

export function timeOf(instant: number, { zone }: Pick<Clock, 'zone'>): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(instant);
}

/** The local date, `YYYY-MM-DD`. */
function dayOf(instant: number, { zone }: Pick<Clock, 'zone'>): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(instant);
}

export function opensWords({ changesAt }: OpeningState, at: Clock): string | null {
  if (changesAt === null) return null;
  const time = timeOf(changesAt, at);
  const day = dayOf(changesAt, at);
  if (day === dayOf(at.now, at)) return at.t('closed.opensToday', { time });
  if (day === dayOf(at.now + DAY_MS, at)) return at.t('closed.opensTomorrow', { time });
  const date = { timeZone: at.zone, weekday: 'long', day: 'numeric', month: 'long' } as const;
  return at.t('closed.opensOn', { day: new Intl.DateTimeFormat(LOCALES[at.language], date).format(changesAt), time });
}

const DAY_MS = 86_400_000;
/** A Monday: names of weekdays come from dates. */
const A_MONDAY = Date.UTC(2024, 0, 1, 12);

/** One line per weekday, Monday first; empty for an office that never closes. */
export function hoursLines(
  hours: KioskContent['office']['hours'],
  at: Clock,
): readonly { day: string; hours: string }[] {
  if (hours.kind === 'always') return [];
  const names = new Intl.DateTimeFormat(LOCALES[at.language], { timeZone: 'UTC', weekday: 'long' });
  return hours.week.map((intervals, index) => ({
    day: names.format(A_MONDAY + index * DAY_MS),
    hours:
      intervals.length === 0 ? at.t('closed.day') : intervals.map(({ from, until }) => `${from}–${until}`).join(', '),
  }));
}

/** How long it is open still, for the start screen. */
export function openWords({ changesAt }: OpeningState, at: Clock): string {
  return changesAt === null ? at.t('hours.always') : at.t('hours.until', { time: timeOf(changesAt, at) });
}
