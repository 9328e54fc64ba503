import { err, ok, type Result } from '../basics/result.ts';
import type { Actor, EpochMs } from '../domain/ids.ts';
import type { JournalLine } from '../domain/journal.ts';
import type { Plan } from '../domain/plan.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Database } from '../store/database.ts';
import { savePlan } from '../store/plan-store.ts';

interface Parts {
  readonly database: Database;
  readonly now: () => EpochMs;
  readonly plan: () => Plan;
  /** Reads the newest plan: from then on everything is decided by it. */
  readonly readPlan: () => Promise<void>;
  /** The journal has grown. */
  readonly onLines: (lines: readonly JournalLine[]) => Promise<void>;
}

/** Changes what the office offers: makes the next version of the plan, with its line in the journal. */
export class PlanChanges {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * @param seen the version that was on the screen: who looked at an older one is told, and nothing is overwritten
   * @param edit the plan as it shall be
   * @returns the newest version
   */
  async change(seen: number, edit: (plan: Plan) => Plan, actor: Actor): Promise<Result<number, Refusal>> {
    const { database, now, plan, readPlan, onLines } = this.#parts;
    const before = plan();
    const { version: _version, specialists: _people, ...document } = edit(before);
    if (saysTheSame(document, before)) return ok(before.version);
    if (before.version !== seen) return err({ code: 'plan-changed', version: before.version });
    const saved = await savePlan(database, document, { now: now(), actor }, seen);
    await readPlan();
    if (!saved) return err({ code: 'plan-changed', version: plan().version });
    await onLines(saved);
    return ok(plan().version);
  }
}

/** The same request sent again, or nothing changed: there is nothing to do. */
function saysTheSame(document: object, plan: Plan): boolean {
  return Object.entries(document).every(
    ([key, value]) => JSON.stringify(value) === JSON.stringify(plan[key as keyof Plan]),
  );
}
