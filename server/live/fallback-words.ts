import { ok } from '../basics/result.ts';
import { checkedFallbackWords } from '../domain/fallback-words.ts';
import type { Commands } from './commands.ts';
import type { Office } from './office.ts';
import type { PlanChanges } from './plan-changes.ts';

/** What kiosks tell a visitor when no number can be given: looked at and changed, as a part of the plan. */
export function fallbackWordsAnswers(
  office: Pick<Office, 'plan'>,
  plans: PlanChanges,
): Pick<Commands, 'fallback-words:look' | 'fallback-words:change'> {
  return {
    'fallback-words:look': () => {
      const { version: planVersion, office: said } = office.plan();
      return Promise.resolve(ok({ planVersion, words: said.fallback }));
    },
    'fallback-words:change': async ({ planVersion, words }, { actor }) => {
      const checked = checkedFallbackWords(words);
      if (!checked.ok) return checked;
      const fallback = checked.value;
      const changed = await plans.change(
        planVersion,
        (plan) => ({ ...plan, office: { ...plan.office, fallback } }),
        actor,
      );
      return changed.ok ? ok(null) : changed;
    },
  };
}
