import type { ConsoleContent } from '#contract/content.ts';
import { LANGUAGES, type Language } from '#contract/language.ts';
import type { Asking } from '../../office.svelte.ts';

export type RuleSet = Asking<'rules:set'>['set'];
export type RuleName = keyof RuleSet['rules'];
type ClassId = RuleSet['classes'][number]['id'];
type Own = 'booked' | 'returning' | ClassId;

/** How a number rule is written on the screen: what one of it is (milliseconds), and its bounds. */
export interface NumberRule {
  readonly rule: Exclude<RuleName, 'mayCallOutOfOrder' | 'autoCallOnFinish' | 'resolutionRequired'>;
  readonly unitMs: number;
  readonly min: number;
  readonly max: number;
}

const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;
/** The longest promise that can be set (minutes). */
export const LONGEST_MINUTES = 24 * 60;

/** The promises of the office, where neither service nor class says otherwise. */
export const OFFICE_PROMISES: readonly NumberRule[] = [
  { rule: 'priorityPromiseMs', unitMs: MINUTE_MS, min: 1, max: LONGEST_MINUTES },
  { rule: 'bookedPromiseMs', unitMs: MINUTE_MS, min: 1, max: LONGEST_MINUTES },
  { rule: 'returningPromiseMs', unitMs: MINUTE_MS, min: 1, max: LONGEST_MINUTES },
  { rule: 'scarceShorterMs', unitMs: MINUTE_MS, min: 0, max: 120 },
];

export const CALLING: readonly NumberRule[] = [
  { rule: 'callsBeforeNoShow', unitMs: 1, min: 1, max: 5 },
  { rule: 'secondCallAfterMs', unitMs: SECOND_MS, min: 0, max: 900 },
  { rule: 'rejoinWindowMs', unitMs: MINUTE_MS, min: 1, max: 240 },
  { rule: 'personHoldMs', unitMs: MINUTE_MS, min: 1, max: 240 },
  { rule: 'undoWithinMs', unitMs: SECOND_MS, min: 0, max: 60 },
];

export const AUTO_CALL_AFTER: NumberRule = { rule: 'autoCallAfterMs', unitMs: SECOND_MS, min: 0, max: 300 };

export const SWITCHES = ['mayCallOutOfOrder', 'autoCallOnFinish', 'resolutionRequired'] as const;

/** What stands in the fields: minutes, seconds and words, as somebody types them. `null`: an empty field. */
export interface RulesForm {
  numbers: Record<NumberRule['rule'], number | null>;
  switches: Record<(typeof SWITCHES)[number], boolean>;
  classes: { readonly id: ClassId; names: Record<Language, string>; minutes: number | null }[];
  promises: {
    readonly id: RuleSet['promises'][number]['id'];
    minutes: number | null;
    own: Partial<Record<Own, number | null>>;
  }[];
}

const ALL_NUMBERS = [...OFFICE_PROMISES, ...CALLING, AUTO_CALL_AFTER];

/** The rules in force, as they stand in the fields. */
export function formOf({
  rules,
  classes,
  services,
}: Pick<ConsoleContent, 'rules' | 'classes' | 'services'>): RulesForm {
  return {
    numbers: Object.fromEntries(
      ALL_NUMBERS.map(({ rule, unitMs }) => [rule, rules[rule] / unitMs]),
    ) as RulesForm['numbers'],
    switches: Object.fromEntries(SWITCHES.map((rule) => [rule, rules[rule]])) as RulesForm['switches'],
    classes: classes.map(({ id, names, promiseMs }) => ({ id, names: { ...names }, minutes: promiseMs / MINUTE_MS })),
    promises: services.map(({ id, promiseMs, ownPromises }) => ({
      id,
      minutes: promiseMs / MINUTE_MS,
      own: Object.fromEntries(Object.entries(ownPromises).map(([to, ms]) => [to, (ms ?? 0) / MINUTE_MS])),
    })),
  };
}

/** What the fields say, ready to be sent; `null` while one is empty or out of bounds. */
export function rulesOf(form: RulesForm): RuleSet | null {
  const numbers = ALL_NUMBERS.map(
    ({ rule, unitMs, min, max }) => [rule, within(form.numbers[rule], min, max, unitMs)] as const,
  );
  const classes = form.classes.map(({ id, names, minutes }) => ({
    id,
    names: trimmed(names),
    promiseMs: promise(minutes),
  }));
  const promises = form.promises.map(({ id, minutes, own }) => ({
    id,
    promiseMs: promise(minutes),
    ownPromises: ownOf(own),
  }));
  const isWhole =
    numbers.every(([, value]) => value !== null) &&
    classes.every(({ names, promiseMs }) => promiseMs !== null && LANGUAGES.every((one) => names[one] !== '')) &&
    promises.every(({ promiseMs, ownPromises }) => promiseMs !== null && !Object.values(ownPromises).includes(null));
  // Every field was just looked at; TypeScript cannot see that for values made from lists.
  return isWhole
    ? ({ rules: { ...Object.fromEntries(numbers), ...form.switches }, classes, promises } as unknown as RuleSet)
    : null;
}

/** A class nobody has named yet. */
export function newClass(random: string): RulesForm['classes'][number] {
  return { id: `class-${random}` as ClassId, names: { et: '', en: '', ru: '' }, minutes: 10 };
}

function ownOf(own: RulesForm['promises'][number]['own']): Record<string, number | null> {
  const set = Object.entries(own).filter(([, minutes]) => minutes !== null);
  return Object.fromEntries(set.map(([to, minutes]) => [to, promise(minutes)]));
}

function promise(minutes: number | null | undefined): number | null {
  return within(minutes, 1, LONGEST_MINUTES, MINUTE_MS);
}

function within(value: number | null | undefined, min: number, max: number, unitMs: number): number | null {
  if (value === null || value === undefined || !Number.isInteger(value) || value < min || value > max) return null;
  return value * unitMs;
}

function trimmed(names: Record<Language, string>): Record<Language, string> {
  return { et: names.et.trim(), en: names.en.trim(), ru: names.ru.trim() };
}
