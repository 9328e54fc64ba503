import type { PlanDocument } from './plan-store.ts';
import type { Writing } from './database.ts';

/** So many numbers of a series may have been given out without a trace, at the very most. */
const UNSEEN_AT_MOST = 500;
const ROUND_TO = 100;

/**
 * Lets every series go on far above its last known number: where neither the database nor the audit file can say for
 * certain what was given out, a gap does no harm and a number given twice does.
 */
export async function jumpNumbers(trx: Writing, day: string): Promise<void> {
  const series = await trx.selectFrom('series').selectAll().execute();
  const plan = await trx.selectFrom('plan_version').select('body').orderBy('version', 'desc').executeTakeFirst();
  const letters = plan ? (JSON.parse(plan.body) as PlanDocument).services.map(({ letter }) => letter) : [];
  for (const letter of new Set([...letters, ...series.map((one) => one.letter)])) {
    const known = series.find((one) => one.letter === letter);
    const last = Math.ceil(((known?.day === day ? known.last : 0) + UNSEEN_AT_MOST) / ROUND_TO) * ROUND_TO;
    await trx
      .insertInto('series')
      .values({ letter, day, last })
      .onConflict((conflict) => conflict.column('letter').doUpdateSet({ day, last }))
      .execute();
  }
}
