import { callRulesOf, ruleChanges, type RuleChange } from '../domain/call-rules.ts';
import type { EpochMs } from '../domain/ids.ts';
import type { Reading } from './database.ts';
import { completed } from './plan-completion.ts';

/** One version of the plan that changed the rules of calling. */
export interface RuleVersion {
  readonly planVersion: number;
  readonly at: EpochMs;
  /** The name of whoever changed it; `null`: the office itself, or somebody who is no longer known. */
  readonly by: string | null;
  readonly changes: readonly RuleChange[];
}

/** Versions looked at: those that changed other things are left out. */
const VERSIONS = 200;
const AT_MOST = 50;

/** The changes of the rules of calling, the newest first. */
export async function ruleHistory(trx: Reading): Promise<readonly RuleVersion[]> {
  const rows = await trx
    .selectFrom('plan_version')
    .leftJoin('staff', 'staff.id', 'plan_version.actor')
    .select(['plan_version.version', 'plan_version.at', 'plan_version.body', 'staff.name'])
    .orderBy('plan_version.version', 'desc')
    .limit(VERSIONS)
    .execute();
  const versions = rows.map(({ version, at, name, body }) => ({
    planVersion: Number(version),
    at: Date.parse(at) as EpochMs,
    by: name,
    rules: callRulesOf(completed(body)),
  }));
  return versions
    .flatMap(({ rules, ...said }, i): readonly RuleVersion[] => {
      const before = versions[i + 1]?.rules;
      const changes = before ? ruleChanges(before, rules) : [];
      return changes.length > 0 ? [{ ...said, changes }] : [];
    })
    .slice(0, AT_MOST);
}
