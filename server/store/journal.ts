import { sealed, type Entry, type JournalKind, type JournalLine } from '../domain/journal.ts';
import type { Actor, TicketId } from '../domain/ids.ts';
import type { Reading, Writing } from './database.ts';

export interface Head {
  readonly seq: number;
  readonly hash: string;
}

/**
 * Adds lines to the journal: the audit log, the source of the statistics and the outbox for the centre in one.
 *
 * Lines are never changed. `seq` has no gaps, and each `hash` covers the one before it, so a line that was edited,
 * removed or swapped shows. Written in the transaction of the changes it tells about, hence never ahead or behind;
 * the writer's turn keeps the head still meanwhile.
 */
export async function appendToJournal(trx: Writing, entries: readonly Entry[]): Promise<readonly JournalLine[]> {
  const lines = sealedAfter(await journalHead(trx), entries);
  const last = lines.at(-1);
  if (!last) return [];
  await trx.insertInto('journal').values(lines.map(journalRow)).execute();
  await trx.updateTable('journal_head').set({ seq: last.seq, hash: last.hash }).execute();
  return lines;
}

export async function journalHead(trx: Reading): Promise<Head> {
  const { seq, hash } = await trx.selectFrom('journal_head').select(['seq', 'hash']).executeTakeFirstOrThrow();
  return { seq: Number(seq), hash };
}

/** The entries with their place after the head. */
export function sealedAfter({ seq, hash }: Head, entries: readonly Entry[]): readonly JournalLine[] {
  let before = hash;
  return entries.map((entry, i) => {
    const line = sealed(entry, seq + 1 + i, before);
    before = line.hash;
    return line;
  });
}

/** A line as a row of the table. */
export function journalRow(line: JournalLine) {
  const { seq, at, kind, ticket, actor, body, prevHash, hash } = line;
  return { seq, at, kind, ticket, actor, body: JSON.stringify(body), prev_hash: prevHash, hash };
}

/** Lines from `seq` on, at most `limit`, in order. */
export async function journalFrom(trx: Reading, seq: number, limit: number): Promise<readonly JournalLine[]> {
  const rows = await trx
    .selectFrom('journal')
    .selectAll()
    .where('seq', '>=', seq)
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map(({ seq: at, prev_hash: prevHash, body, ...row }) => ({
    seq: Number(at),
    at: row.at,
    kind: row.kind as JournalKind,
    ticket: row.ticket as TicketId | null,
    actor: row.actor as Actor,
    body: JSON.parse(body) as JournalLine['body'],
    prevHash,
    hash: row.hash,
  }));
}
