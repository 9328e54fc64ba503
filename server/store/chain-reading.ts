import { ChainCheck, type Break } from '../domain/chain-check.ts';
import type { Database, Reading } from './database.ts';
import { dayHeads, type DayHead } from './day-heads.ts';
import { journalFrom } from './journal.ts';

/** So many lines are read at once, each time as a reader of its own: the office goes on meanwhile. */
const PAGE = 1_000;
const HEADS_AT_MOST = 10_000;

/** What became of looking the journal through. */
export interface Looked {
  readonly lines: number;
  readonly broken: Break | null;
}

/** Looks the journal through, from the last sealed day or from the beginning. */
export async function lookThrough(database: Database, from: 'last-seal' | 'beginning'): Promise<Looked> {
  const heads = await database.read((trx) => dayHeads(trx, HEADS_AT_MOST));
  const seal = from === 'last-seal' ? heads[0] : undefined;
  const wanted = new Map((seal ? [seal] : heads).map((head) => [head.seq, head]));
  // The sealed line itself is checked too: that it still has the seal that was kept.
  const check = new ChainCheck(seal ? await before(database, seal) : { seq: 0, hash: '' });
  let lines = 0;
  for (;;) {
    const page = await database.read((trx) => journalFrom(trx, check.head.seq + 1, PAGE));
    for (const line of page) {
      const broken = check.take(line) ?? misses(wanted, line);
      if (broken) return { lines, broken };
      wanted.delete(line.seq);
      lines += 1;
    }
    if (page.length < PAGE) break;
  }
  const [missing] = [...wanted.keys()].sort((a, b) => a - b);
  return { lines, broken: missing === undefined ? null : { seq: Math.min(missing, check.head.seq + 1) } };
}

/** The line's own account of the one before it; its seal covers that too. */
async function before(database: Database, seal: DayHead): Promise<{ seq: number; hash: string }> {
  const [line] = await database.read((trx: Reading) => journalFrom(trx, seal.seq, 1));
  return { seq: seal.seq - 1, hash: line?.seq === seal.seq ? line.prevHash : '' };
}

function misses(wanted: ReadonlyMap<number, DayHead>, line: { seq: number; hash: string }): Break | null {
  const head = wanted.get(line.seq);
  return head && head.hash !== line.hash ? { seq: line.seq } : null;
}
