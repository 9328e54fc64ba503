import type { ClassId, ServiceId } from './ids.ts';
import type { Texts } from './language.ts';
import type { OfficeRules, Plan, PriorityClass, Service } from './plan.ts';

/** What the head sets about promises and calling: the part of the plan that is edited as one. */
export interface CallRules {
  readonly rules: Omit<OfficeRules, 'staffPerMinute' | 'staffBurst'>;
  readonly classes: readonly PriorityClass[];
  readonly promises: readonly Pick<Service, 'id' | 'promiseMs' | 'ownPromises'>[];
}

/** Whom a service promises a time to: everybody who walks in, the booked, those who return, or a class of visitors. */
export type Promised = 'walk-in' | 'booked' | 'returning' | ClassId;

/** One difference between two versions of the call rules. Durations in milliseconds; `null`: there was, or is, none. */
export type RuleChange =
  | {
      readonly what: 'rule';
      readonly rule: keyof CallRules['rules'];
      readonly before: number | boolean;
      readonly after: number | boolean;
    }
  | {
      readonly what: 'class';
      readonly names: Texts;
      readonly before: number | null;
      readonly after: number | null;
    }
  | {
      readonly what: 'promise';
      readonly serviceId: ServiceId;
      readonly to: Promised;
      readonly before: number | null;
      readonly after: number | null;
    };

export function callRulesOf({ rules, classes, services }: Pick<Plan, 'rules' | 'classes' | 'services'>): CallRules {
  const { staffPerMinute: _rate, staffBurst: _burst, ...set } = rules;
  return {
    rules: set,
    classes,
    promises: services.map(({ id, promiseMs, ownPromises }) => ({ id, promiseMs, ownPromises })),
  };
}

/** The plan with these rules. A promise to a class the office no longer has goes with the class. */
export function withCallRules<P extends Pick<Plan, 'rules' | 'classes' | 'services'>>(plan: P, set: CallRules): P {
  const known = new Set<string>(['booked', 'returning', ...set.classes.map(({ id }) => id)]);
  const services = plan.services.map((service): Service => {
    const set_ = set.promises.find(({ id }) => id === service.id);
    if (!set_) return service;
    const own = Object.entries(set_.ownPromises).filter(([to]) => known.has(to));
    return { ...service, promiseMs: set_.promiseMs, ownPromises: Object.fromEntries(own) };
  });
  return { ...plan, rules: { ...plan.rules, ...set.rules }, classes: set.classes, services };
}

/** What one version says differently from another; empty when they say the same. */
export function ruleChanges(before: CallRules, after: CallRules): readonly RuleChange[] {
  return [...ruleValues(before, after), ...classChanges(before, after), ...promiseChanges(before, after)];
}

function ruleValues({ rules: before }: CallRules, { rules: after }: CallRules): readonly RuleChange[] {
  const names = Object.keys(after) as (keyof CallRules['rules'])[];
  return names
    .filter((rule) => before[rule] !== after[rule])
    .map((rule) => ({ what: 'rule', rule, before: before[rule], after: after[rule] }));
}

function classChanges({ classes: before }: CallRules, { classes: after }: CallRules): readonly RuleChange[] {
  const ids = [...new Set([...before, ...after].map(({ id }) => id))];
  return ids.flatMap((id): readonly RuleChange[] => {
    const was = before.find((one) => one.id === id);
    const is = after.find((one) => one.id === id);
    const names = (is ?? was)?.names;
    if (!names || (was?.promiseMs === is?.promiseMs && JSON.stringify(was?.names) === JSON.stringify(is?.names)))
      return [];
    return [{ what: 'class', names, before: was?.promiseMs ?? null, after: is?.promiseMs ?? null }];
  });
}

function promiseChanges({ promises: before }: CallRules, { promises: after }: CallRules): readonly RuleChange[] {
  return after.flatMap((is): readonly RuleChange[] => {
    const was = before.find(({ id }) => id === is.id);
    if (!was) return [];
    const own = [...new Set([...Object.keys(was.ownPromises), ...Object.keys(is.ownPromises)])] as Exclude<
      Promised,
      'walk-in'
    >[];
    const all = [
      { to: 'walk-in' as const, before: was.promiseMs, after: is.promiseMs },
      ...own.map((to) => ({ to, before: was.ownPromises[to] ?? null, after: is.ownPromises[to] ?? null })),
    ];
    return all
      .filter((one) => one.before !== one.after)
      .map((one) => ({ what: 'promise' as const, serviceId: is.id, ...one }));
  });
}
