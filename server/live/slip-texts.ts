import type { Answer } from '../contract/events.ts';
import type { Plan } from '../domain/plan.ts';
import { slipTextsOf, type SlipTexts } from '../domain/slip-texts.ts';
import type { PlanVersion } from '../store/plan-store.ts';

/** The office's own words on slips become these; the same words again change nothing. */
export function withSlipTexts(texts: SlipTexts): (plan: Plan) => Plan {
  return (plan) => {
    const { office } = plan;
    return isSame(texts, slipTextsOf(office)) ? plan : { ...plan, office: { ...office, slipTexts: texts } };
  };
}

function isSame(one: SlipTexts, other: SlipTexts): boolean {
  return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));
}

function inOrder({ header, footer }: SlipTexts): readonly string[] {
  return [header, footer].flatMap(({ et, en, ru }) => [et, en, ru]);
}

/** The words as they are and as they were: one entry for each version that changed them, the newest first. */
export function slipTextsNow(plan: Plan, versions: readonly PlanVersion[]): Answer<'slip-texts:look'> {
  const known = versions.map(({ document, ...made }) => ({ ...made, ...slipTextsOf(document.office) }));
  const history = known.filter((made, i) => {
    const before = known[i + 1];
    return before ? !isSame(made, before) : made.version > 1;
  });
  return { planVersion: plan.version, ...slipTextsOf(plan.office), history };
}
