import type { ConsoleContent } from '#contract/content.ts';
import type { Answer } from '#contract/events.ts';
import { serviceName } from '../../names.ts';
import { text } from '../../words.svelte.ts';
import { AUTO_CALL_AFTER, CALLING, OFFICE_PROMISES, type RuleName } from './rules-form.ts';
import { words } from './words.ts';

type Change = Answer<'rules:history'>[number]['changes'][number];

const MINUTE_MS = 60_000;
const NUMBERS = [...OFFICE_PROMISES, ...CALLING, AUTO_CALL_AFTER];

/** One change in one line: `Pensionid, tavajärjekord: 20 min → 15 min`. */
export function changeText(change: Change, content: ConsoleContent): string {
  const { t } = words;
  switch (change.what) {
    case 'rule': {
      const rule = change.rule as RuleName;
      const [before, after] = [change.before, change.after].map((value) => valueText(rule, value));
      return t('change', { what: t(`rule.${rule}`), before, after });
    }
    case 'class': {
      const what = t('groupOf', { name: change.names[text.language] });
      return t('change', { what, before: promiseText(change.before), after: promiseText(change.after, t('removed')) });
    }
    case 'promise': {
      const service = serviceName(content, change.serviceId);
      const what = t('promiseOf', { service, to: toText(change.to, content) });
      return t('change', { what, before: promiseText(change.before), after: promiseText(change.after, t('removed')) });
    }
  }
}

/** Day and time by the office's wall clock. */
export function momentText(at: number, { office }: Pick<ConsoleContent, 'office'>): string {
  const day = new Intl.DateTimeFormat(text.language === 'en' ? 'en-GB' : text.language, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: office.zone,
  });
  return `${day.format(at)} ${text.time(at, office.zone)}`;
}

function valueText(rule: RuleName, value: number | boolean): string {
  const { t } = words;
  if (typeof value === 'boolean') return t(value ? 'on' : 'off');
  const unitMs = NUMBERS.find((one) => one.rule === rule)?.unitMs ?? 1;
  if (unitMs === 1) return String(value);
  return t(unitMs === MINUTE_MS ? 'minutes' : 'seconds', { count: value / unitMs });
}

function promiseText(ms: number | null, none = words.t('none')): string {
  return ms === null ? none : words.t('minutes', { count: ms / MINUTE_MS });
}

function toText(to: string, content: ConsoleContent): string {
  if (to === 'walk-in') return words.t('toWalkIn');
  if (to === 'booked' || to === 'returning') return words.t(to).toLowerCase();
  return content.classes.find(({ id }) => id === to)?.names[text.language] ?? to;
}
