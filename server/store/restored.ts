import type { EpochMs } from '../domain/ids.ts';
import type { JournalLine } from '../domain/journal.ts';
import { raiseAlarm } from './alarms.ts';
import type { Reading, Writing } from './database.ts';
import type { Damage } from './inspection.ts';
import { appendToJournal } from './journal.ts';
import { jumpNumbers } from './number-jump.ts';
import type { Replayed } from './replaying.ts';
import type { Base, PassedOver } from './restoring-base.ts';

/** What was done, in words and numbers that a person can act on. */
export interface Restored {
  readonly cause: Damage['kind'];
  readonly found: string;
  readonly epoch: number;
  readonly base: Base;
  /** Backups that could not be used, and why. */
  readonly passedOver: readonly PassedOver[];
  readonly replayed: number;
  /** Journal lines that nobody has any more. */
  readonly lost: Replayed['lost'];
  /** Open tickets that lack what the visitor came for. */
  readonly withoutNeed: number;
  /** The version of the plan the office has again, and the one it had; `has` is 0 when no plan was found anywhere. */
  readonly plan: { readonly has: number; readonly had: number };
  /** The end of the audit file is not certain either: numbers of the day go on far above the last known ones. */
  readonly numbersJumped: boolean;
  /** Where the damaged files are kept. */
  readonly keptIn: string;
}

/** What is known before the lines are put back. */
export type Found = Pick<Restored, 'cause' | 'found' | 'base' | 'passedOver' | 'numbersJumped' | 'keptIn'>;

/**
 * Ends a restore: begins the new epoch, keeps numbers and plan versions from being used twice, and says in the journal
 * and to the head what happened.
 */
export async function tellRestored(
  trx: Writing,
  found: Found,
  { known, replayed, lost, planVersion, epoch: toldEpoch }: Replayed,
  at: { readonly now: EpochMs; readonly today: string; readonly id: string },
): Promise<Restored> {
  const { epoch: before } = await trx.selectFrom('journal_head').select('epoch').executeTakeFirstOrThrow();
  const epoch = Math.max(before, toldEpoch) + 1;
  await trx.updateTable('journal_head').set({ epoch }).execute();
  if (found.numbersJumped) await jumpNumbers(trx, known.day > at.today ? known.day : at.today);
  const has = await newestPlanVersion(trx);
  const plan = { has, had: Math.max(has, planVersion) };
  await takeOverPlan(trx, plan, at.now);
  const open = known.tickets.filter(({ state, needLost }) => state.kind !== 'closed' && needLost === true);
  const restored: Restored = { ...found, epoch, replayed, lost, withoutNeed: open.size, plan };
  const { base, passedOver } = found;
  const body = { ...restored, plan, base: { ...base }, passedOver: passedOver.map((one) => ({ ...one })) };
  await appendToJournal(trx, [{ kind: 'office.restored', at: at.now, actor: 'system', ticket: null, body }]);
  await raiseAlarm(trx, { id: at.id, kind: 'restored', at: at.now, body });
  return restored;
}

async function newestPlanVersion(trx: Reading): Promise<number> {
  const row = await trx
    .selectFrom('plan_version')
    .select(({ fn }) => fn.max('version').as('version'))
    .executeTakeFirst();
  return Number(row?.version ?? 0);
}

/** An older plan becomes the newest under a number of its own: screens keep what they have fetched by its number. */
async function takeOverPlan(
  trx: Writing,
  { has, had }: Restored['plan'],
  now: EpochMs,
): Promise<readonly JournalLine[]> {
  if (has === 0 || has === had) return [];
  const { body } = await trx
    .selectFrom('plan_version')
    .select('body')
    .where('version', '=', has)
    .executeTakeFirstOrThrow();
  const version = had + 1;
  await trx
    .insertInto('plan_version')
    .values({ version, at: new Date(now).toISOString(), actor: 'system', body })
    .execute();
  return appendToJournal(trx, [
    { kind: 'plan.changed', at: now, actor: 'system', ticket: null, body: { version, restoredFrom: has } },
  ]);
}
