import { USUAL_HALL, type Hall } from '../domain/hall.ts';
import type { Actor, EpochMs } from '../domain/ids.ts';
import type { JournalLine } from '../domain/journal.ts';
import type { Database, Reading } from './database.ts';
import { appendToJournal } from './journal.ts';

/** Which part of the settings a change is about: what the journal tells. The texts themselves stay out of it. */
export type HallPart = 'areas' | 'volume' | 'silence' | 'notice' | 'panel' | 'phone';

/** The newest settings of waiting area and phones; what an older version does not know has its usual value. */
export async function currentHall(trx: Reading): Promise<Hall> {
  const row = await trx
    .selectFrom('hall_version')
    .select(['version', 'body'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? { ...USUAL_HALL, ...(JSON.parse(row.body) as Omit<Hall, 'version'>), version: row.version } : USUAL_HALL;
}

/**
 * Makes the next version of the settings from the newest one; the journal says who changed which part.
 *
 * @param change on the newest settings, in the transaction: two changes at once are two versions, and neither is lost
 */
export async function changeHall(
  database: Database,
  part: HallPart,
  change: (newest: Hall) => Hall,
  at: { readonly now: EpochMs; readonly actor: Actor },
): Promise<{ readonly hall: Hall; readonly lines: readonly JournalLine[] }> {
  return database.write(async (trx) => {
    const newest = await currentHall(trx);
    const hall = { ...change(newest), version: newest.version + 1 };
    const { version, ...body } = hall;
    await trx
      .insertInto('hall_version')
      .values({ version, at: new Date(at.now).toISOString(), actor: at.actor, body: JSON.stringify(body) })
      .execute();
    const entry = { kind: 'hall.changed', at: at.now, actor: at.actor, ticket: null, body: { version, part } } as const;
    return { hall, lines: await appendToJournal(trx, [entry]) };
  });
}
