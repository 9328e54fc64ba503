import { sealed, type Entry, type JournalKind, type JournalLine } from '../domain/journal.ts';
import type { Actor, EpochMs, TicketId } from '../domain/ids.ts';
import type { Kysely } from 'kysely';
import type { Reading, Writing } from './database.ts';
import type { Tables } from './schema.ts';

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
  return rows.map(lineOf);
}

/** The lines that one person or device caused since an instant, in order. */
export async function journalOf(trx: Reading, actor: Actor, since: EpochMs): Promise<readonly JournalLine[]> {
  const rows = await trx
    .selectFrom('journal')
    .selectAll()
    .where('at', '>=', new Date(since).toISOString())
    .where('actor', '=', actor)
    .execute();
  return rows.map(lineOf).sort((a, b) => a.seq - b.seq);
}

/** How many lines are read at once when many are passed on. */
const PAGE = 1_000;

/** All lines written from `since` (included) to `until` (not included), ISO 8601 UTC, in order, page by page. */
export async function* journalBetween(
  kysely: Kysely<Tables>,
  since: string,
  until: string,
): AsyncGenerator<JournalLine> {
  for (let seq = 0; ;) {
    const rows = await kysely
      .selectFrom('journal')
      .selectAll()
      .where('seq', '>', seq)
      .where('at', '>=', since)
      .where('at', '<', until)
      .orderBy('seq')
      .limit(PAGE)
      .execute();
    for (const row of rows) yield lineOf(row);
    const last = rows.at(-1);
    if (!last) return;
    seq = Number(last.seq);
  }
}

function lineOf(row: Tables['journal']): JournalLine {
  const { seq, at, kind, ticket, actor, body, prev_hash: prevHash, hash } = row;
  return {
    seq: Number(seq),
    at,
    kind: kind as JournalKind,
    ticket: ticket as TicketId | null,
    actor: actor as Actor,
    body: JSON.parse(body) as JournalLine['body'],
    prevHash,
    hash,
  };
}
