import type { JournalLine } from '../domain/journal.ts';
import { auditAfter } from './audit-reading.ts';
import type { Database } from './database.ts';
import { journalFrom, journalHead } from './journal.ts';

const PAGE = 1_000;

/**
 * Whether the file outside the database tells the same as the journal in it, line by line.
 *
 * @returns the first line that differs, or that one of the two lacks; `null`: they agree
 */
export async function auditDiffers(path: string, database: Database): Promise<number | null> {
  const head = await database.read(journalHead);
  let last = 0;
  let page: JournalLine[] = [];
  for await (const line of auditAfter(path, 0)) {
    if (last > 0 && line.seq !== last + 1) return last + 1;
    last = line.seq;
    page.push(line);
    if (page.length < PAGE) continue;
    const differs = await pageDiffers(database, page);
    if (differs !== null) return differs;
    page = [];
  }
  return (await pageDiffers(database, page)) ?? (last < head.seq ? last + 1 : null);
}

async function pageDiffers(database: Database, page: readonly JournalLine[]): Promise<number | null> {
  const [first] = page;
  if (!first) return null;
  const known = await database.read((trx) => journalFrom(trx, first.seq, page.length));
  return page.find((line, i) => known[i]?.hash !== line.hash)?.seq ?? null;
}
