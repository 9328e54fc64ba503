import type { CheckFacts, CheckItem } from '../domain/opening-check.ts';
import type { Actor, EpochMs } from '../domain/ids.ts';
import type { JournalLine } from '../domain/journal.ts';
import type { Reading, Writing } from './database.ts';
import { appendToJournal } from './journal.ts';

/** One morning's check, as it was found. */
export interface CheckReport {
  readonly id: string;
  readonly at: EpochMs;
  readonly actor: Actor;
  readonly items: readonly CheckItem[];
  readonly facts: CheckFacts;
}

/** Keeps a report, with its line in the journal. */
export async function saveCheck(
  trx: Writing,
  { id, at, actor, items, facts }: CheckReport,
): Promise<readonly JournalLine[]> {
  await trx
    .insertInto('opening_check')
    .values({ id, at: new Date(at).toISOString(), actor, body: JSON.stringify({ items, facts }) })
    .execute();
  const named = items.flatMap(({ fix }) => (fix === null ? [] : [fix]));
  const body = { passed: items.filter(({ result }) => result === 'pass').length, of: items.length, fixes: named };
  return appendToJournal(trx, [{ kind: 'office.checked', at, actor, ticket: null, body }]);
}

/** The newest first. */
export async function checksOf(trx: Reading, atMost: number): Promise<readonly CheckReport[]> {
  const rows = await trx.selectFrom('opening_check').selectAll().orderBy('at', 'desc').limit(atMost).execute();
  return rows.map(({ id, at, actor, body }) => ({
    id,
    at: Date.parse(at) as EpochMs,
    actor: actor as Actor,
    ...(JSON.parse(body) as Pick<CheckReport, 'items' | 'facts'>),
  }));
}
