import type { EpochMs } from '../domain/ids.ts';
import type { JournalLine } from '../domain/journal.ts';
import type { Reading, Writing } from './database.ts';
import { appendToJournal, journalHead } from './journal.ts';

/** The end of the journal as it stood when an office day was over: kept, exported and printed, it proves all before it. */
export interface DayHead {
  readonly seq: number;
  /** The office day it closes, `YYYY-MM-DD`. */
  readonly day: string;
  readonly hash: string;
  readonly sealedAt: EpochMs;
}

/** Keeps the journal's end as the head of this day; the journal says so in its next line. */
export async function sealDay(trx: Writing, day: string, now: EpochMs): Promise<readonly JournalLine[]> {
  const { seq, hash } = await journalHead(trx);
  await trx.insertInto('day_head').values({ seq, day, hash, sealed_at: now }).execute();
  const body = { day, sealedSeq: seq, sealedHash: hash };
  return appendToJournal(trx, [{ kind: 'journal.sealed', at: now, actor: 'system', ticket: null, body }]);
}

/** The newest first. */
export async function dayHeads(trx: Reading, atMost: number): Promise<readonly DayHead[]> {
  const rows = await trx.selectFrom('day_head').selectAll().orderBy('seq', 'desc').limit(atMost).execute();
  return rows.map(({ seq, day, hash, sealed_at: at }) => ({
    ...{ seq: Number(seq), day, hash },
    sealedAt: Number(at) as EpochMs,
  }));
}
