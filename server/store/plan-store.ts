import type { Actor, EpochMs } from '../domain/ids.ts';
import type { JournalLine } from '../domain/journal.ts';
import type { Plan, Specialist } from '../domain/plan.ts';
import type { Language } from '../domain/language.ts';
import type { ServiceId, StaffId } from '../domain/ids.ts';
import type { Database, Reading, Writing } from './database.ts';
import { completed } from './plan-completion.ts';
import { appendToJournal } from './journal.ts';

/** A plan without the people: those come from the staff accounts. */
export type PlanDocument = Omit<Plan, 'version' | 'specialists'>;

/** The newest plan, with the specialists as the accounts say; `null` in an office that has none yet. */
export async function currentPlan(trx: Reading): Promise<Plan | null> {
  const row = await trx
    .selectFrom('plan_version')
    .select(['version', 'body'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  return { ...completed(row.body), version: row.version, specialists: await specialists(trx) };
}

/** Whether the journal knows of a plan that a person made. Without one, an office is the demonstration's. */
export async function hadOwnPlan(trx: Reading): Promise<boolean> {
  const line = await trx
    .selectFrom('journal')
    .select('seq')
    .where('kind', '=', 'plan.changed')
    .where('actor', '<>', 'system')
    .limit(1)
    .executeTakeFirst();
  return line !== undefined;
}

/**
 * Makes the next version of the plan; the journal says so. Tickets that wait keep what they were promised.
 *
 * @param seen only when this is the newest version; otherwise nothing is written and `null` comes back
 */
export async function savePlan(
  database: Database,
  document: PlanDocument,
  at: { readonly now: EpochMs; readonly actor: Actor },
  seen: number,
): Promise<readonly JournalLine[] | null>;
export async function savePlan(
  database: Database,
  document: PlanDocument,
  at: { readonly now: EpochMs; readonly actor: Actor },
): Promise<readonly JournalLine[]>;
export async function savePlan(
  database: Database,
  document: PlanDocument,
  at: { readonly now: EpochMs; readonly actor: Actor },
  seen?: number,
): Promise<readonly JournalLine[] | null> {
  return database.write(async (trx) => {
    const newest = await trx
      .selectFrom('plan_version')
      .select(({ fn }) => fn.max('version').as('version'))
      .executeTakeFirst();
    if (seen !== undefined && Number(newest?.version ?? 0) !== seen) return null;
    const version = Number(newest?.version ?? 0) + 1;
    await trx
      .insertInto('plan_version')
      .values({ version, at: new Date(at.now).toISOString(), actor: at.actor, body: JSON.stringify(document) })
      .execute();
    const { now, actor } = at;
    return appendToJournal(trx, [{ kind: 'plan.changed', at: now, actor, ticket: null, body: { version } }]);
  });
}

/** One version of the plan, who made it and when. */
export interface PlanVersion {
  readonly version: number;
  readonly at: EpochMs;
  /** The name of the member of staff; the actor where it is none. */
  readonly by: string;
  readonly document: PlanDocument;
}

/** The newest versions of the plan, the newest first. */
export async function planVersions(trx: Reading, atMost: number): Promise<readonly PlanVersion[]> {
  const rows = await trx
    .selectFrom('plan_version')
    .leftJoin('staff', 'staff.id', 'plan_version.actor')
    .select(['version', 'at', 'actor', 'body', 'staff.name'])
    .orderBy('version', 'desc')
    .limit(atMost)
    .execute();
  return rows.map(({ version, at, actor, body, name }) => ({
    version,
    at: Date.parse(at) as EpochMs,
    by: name ?? actor,
    document: completed(body),
  }));
}

/**
 * Makes the next version with the same document: the people of the office have changed, and every screen fetches what it
 * may know of them by the plan's version.
 */
export async function renewPlan(
  trx: Writing,
  at: { readonly now: EpochMs; readonly actor: Actor },
): Promise<readonly JournalLine[]> {
  const newest = await trx
    .selectFrom('plan_version')
    .select(['version', 'body'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!newest) return [];
  const version = newest.version + 1;
  const { now, actor } = at;
  await trx
    .insertInto('plan_version')
    .values({ version, at: new Date(now).toISOString(), actor, body: newest.body })
    .execute();
  return appendToJournal(trx, [{ kind: 'plan.changed', at: now, actor, ticket: null, body: { version } }]);
}

async function specialists(trx: Reading): Promise<readonly Specialist[]> {
  const rows = await trx.selectFrom('staff').selectAll().where('disabled', '=', 0).orderBy('name').execute();
  return rows
    .filter(({ role }) => role !== 'admin')
    .map(({ id, name, services, languages }) => ({
      id: id as StaffId,
      name,
      services: JSON.parse(services) as ServiceId[],
      languages: JSON.parse(languages) as Language[],
    }));
}
