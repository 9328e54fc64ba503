import { describe, expect, test } from 'vitest';
import { callRulesOf, ruleChanges, withCallRules } from '../../../../server/domain/call-rules.ts';
import type { ClassId } from '../../../../server/domain/ids.ts';
import { aPlan } from '../../../support/books.ts';

const plan = aPlan();
const rules = callRulesOf(plan);
const MINUTE_MS = 60_000;

describe('the rules of calling, edited as one', () => {
  test('set as they are, they change nothing', () => {
    expect(withCallRules(plan, rules)).toEqual(plan);
    expect(ruleChanges(rules, rules)).toEqual([]);
  });

  test('what was changed is told one by one', () => {
    const [first, ...others] = rules.promises;
    if (!first) throw new Error('the office has services');
    const after = {
      rules: { ...rules.rules, mayCallOutOfOrder: false },
      classes: rules.classes.slice(1),
      promises: [{ ...first, promiseMs: 15 * MINUTE_MS, ownPromises: { returning: 3 * MINUTE_MS } }, ...others],
    };
    expect(ruleChanges(rules, after)).toEqual([
      { what: 'rule', rule: 'mayCallOutOfOrder', before: true, after: false },
      { what: 'class', names: rules.classes[0]?.names, before: 10 * MINUTE_MS, after: null },
      { what: 'promise', serviceId: first.id, to: 'walk-in', before: 10 * MINUTE_MS, after: 15 * MINUTE_MS },
      { what: 'promise', serviceId: first.id, to: 'returning', before: null, after: 3 * MINUTE_MS },
    ]);
    expect(withCallRules(plan, after).services[0]).toMatchObject({ promiseMs: 15 * MINUTE_MS });
    expect(withCallRules(plan, after).rules.staffPerMinute).toBe(plan.rules.staffPerMinute);
  });

  test('a promise to a class goes with the class', () => {
    const infant = 'infant' as ClassId;
    const promises = rules.promises.map((one) => ({ ...one, ownPromises: { [infant]: 3 * MINUTE_MS } }));
    const kept = withCallRules(plan, { ...rules, promises });
    expect(kept.services[0]?.ownPromises).toEqual({ infant: 3 * MINUTE_MS });
    const gone = withCallRules(plan, { ...rules, classes: [], promises });
    expect(gone.services[0]?.ownPromises).toEqual({});
  });
});
