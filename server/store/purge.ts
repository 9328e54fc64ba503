import type { Limit } from '../domain/retention.ts';
import type { EpochMs } from '../domain/ids.ts';
import type { JournalLine } from '../domain/journal.ts';
import type { Reading, Writing } from './database.ts';
import { appendToJournal } from './journal.ts';

/** What one run deleted. */
export interface Purged {
  readonly details: number;
  readonly tickets: number;
}

export interface PurgeRun extends Purged {
  readonly at: EpochMs;
}

/**
 * Deletes what the office no longer keeps: needs and notes first, later the tickets with their slips; and sessions and
 * one-time links that have ended, which live by real time. What it deleted stands in the journal, as numbers.
 *
 * @param copies how many old copies of the database went with it
 */
export async function purge(
  trx: Writing,
  limit: Limit,
  { now, realNow, copies }: { readonly now: EpochMs; readonly realNow: EpochMs; readonly copies: number },
): Promise<readonly JournalLine[]> {
  const oldTickets = trx.selectFrom('ticket').select('id').where('closed_on', '<', limit.tickets);
  const oldVisits = trx.selectFrom('ticket').select('id').where('closed_on', '<', limit.details);
  const details = await trx.deleteFrom('ticket_details').where('ticket_id', 'in', oldVisits).executeTakeFirst();
  await trx.deleteFrom('slip').where('ticket_id', 'in', oldTickets).execute();
  const tickets = await trx.deleteFrom('ticket').where('closed_on', '<', limit.tickets).executeTakeFirst();
  await trx.deleteFrom('session').where('ends_at', '<', realNow).execute();
  await trx.deleteFrom('one_time').where('ends_at', '<', realNow).execute();
  const purged = { details: Number(details.numDeletedRows), tickets: Number(tickets.numDeletedRows) };
  await trx
    .insertInto('purge_run')
    .values({ at: now, ...purged })
    .execute();
  if (purged.details + purged.tickets + copies === 0) return [];
  const body = { ...purged, copies, detailsBefore: limit.details, ticketsBefore: limit.tickets };
  return appendToJournal(trx, [{ kind: 'privacy.purged', at: now, actor: 'system', ticket: null, body }]);
}

/** The newest run by then; `null`: there was none. One from a day when the clock was wrong keeps no later day from its own. */
export async function lastPurge(trx: Reading, by: EpochMs): Promise<PurgeRun | null> {
  const row = await trx
    .selectFrom('purge_run')
    .selectAll()
    .where('at', '<=', by)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  return { at: Number(row.at) as EpochMs, details: Number(row.details), tickets: Number(row.tickets) };
}
