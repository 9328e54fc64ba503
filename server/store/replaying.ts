import { CompiledQuery } from 'kysely';
import { later, type EpochMs } from '../domain/ids.ts';
import { sealed, type JournalLine } from '../domain/journal.ts';
import { nothingRetold, retell, stillAtHand, type Retold } from '../domain/replay.ts';
import { auditAfter, type Gap } from './audit-reading.ts';
import { readBook } from './book-reading.ts';
import type { Database, Reading, Writing } from './database.ts';
import { retellRoll } from './fallback-store.ts';
import { groupInserts, type GroupTable } from './group-inserts.ts';
import { ticketRow } from './group.ts';
import { journalHead, journalRow, type Head } from './journal.ts';

export interface Replayed {
  readonly known: Retold;
  /** How many lines were put back. */
  readonly replayed: number;
  readonly lost: readonly Gap[];
  /** The newest plan version that the lines put back speak of; 0: none. */
  readonly planVersion: number;
  /** The newest epoch that they speak of; 0: none. */
  readonly epoch: number;
}

/** Lines put back in one transaction. */
const CHUNK = 2_000;
/** Answers older than this are asked for by nobody. */
const ANSWERS_MS = 24 * 3_600_000;

/**
 * Puts the audit file's lines back that the database lacks: the lines themselves, and what they say of tickets, numbers,
 * desks, slips, calls for help and answered requests. Before a gap they keep their places and seals; behind one they are
 * sealed anew, for a chain has no holes: the new epoch tells the one from the other.
 */
export async function replayAudit(
  database: Database,
  path: string,
  { now, zone, newId }: { readonly now: EpochMs; readonly zone: string; readonly newId: () => string },
): Promise<Replayed> {
  let known = await database.read((trx) => knownTo(trx, now, zone));
  let told = known;
  let head = await database.read(journalHead);
  let expected = head.seq + 1;
  let replayed = 0;
  const lost: Gap[] = [];
  let planVersion = 0;
  let epoch = 0;
  let chunk: JournalLine[] = [];
  const write = async (): Promise<void> => {
    const lines = chunk;
    chunk = [];
    await database.commit((trx) => saveRetold(trx, lines, known, told, now));
    known = told = stillAtHand(told);
  };
  for await (const line of auditAfter(path, head.seq)) {
    if (line.seq > expected) lost.push([expected, line.seq - 1]);
    expected = line.seq + 1;
    if (line.kind === 'office.restored') epoch = Math.max(epoch, Number(line.body.epoch));
    if (line.kind === 'plan.changed') planVersion = Math.max(planVersion, Number(line.body.version));
    const placed = follows(head, line) ? line : sealedAnew(head, line);
    head = { seq: placed.seq, hash: placed.hash };
    let next = retell(told, placed, newId);
    // A chunk has one page: what closes in it is saved as closed on that day.
    if (chunk.length === CHUNK || (chunk.length > 0 && next.day !== told.day)) {
      await write();
      next = retell(told, placed, newId);
    }
    told = next;
    chunk.push(placed);
    replayed += 1;
  }
  if (chunk.length > 0) await write();
  return { known, replayed, lost, planVersion, epoch };
}

function follows(head: Head, { seq, prevHash }: JournalLine): boolean {
  return seq === head.seq + 1 && prevHash === head.hash;
}

function sealedAnew(head: Head, { kind, actor, ticket, at, body, seq }: JournalLine): JournalLine {
  const entry = { kind, actor, ticket, at: Date.parse(at) as EpochMs, body: { ...body, formerSeq: seq } };
  return sealed(entry, head.seq + 1, head.hash);
}

/** What the base knows already. */
async function knownTo(trx: Reading, now: EpochMs, zone: string): Promise<Retold> {
  const book = await readBook(trx, '', now);
  const { numbers, desks, slips, help } = book;
  return { ...nothingRetold(book.day, zone), tickets: book.open.concat(book.closed), numbers, desks, slips, help };
}

async function saveRetold(
  trx: Writing,
  lines: readonly JournalLine[],
  before: Retold,
  after: Retold,
  now: EpochMs,
): Promise<void> {
  const tickets = after.tickets.filter((ticket, id) => before.tickets.get(id) !== ticket);
  await put(
    trx,
    'ticket',
    [...tickets.values()].map((ticket) => ticketRow(ticket, after.day)),
  );
  const numbers = after.numbers.filter((series, letter) => before.numbers.get(letter) !== series);
  await put(
    trx,
    'series',
    [...numbers].map(([letter, series]) => ({ letter, ...series })),
  );
  const desks = after.desks.filter((desk, id) => before.desks.get(id) !== desk);
  await put(
    trx,
    'desk_state',
    [...desks].map(([id, desk]) => ({ id, body: JSON.stringify(desk) })),
  );
  const slips = after.slips.filter((slip, id) => before.slips.get(id) !== slip);
  const slipRows = [...slips].map(([id, slip]) => ({ ticket_id: id, state: slip.state, body: JSON.stringify(slip) }));
  await put(trx, 'slip', slipRows);
  const ended = [...before.help.keys()].filter((id) => !after.help.has(id));
  if (ended.length > 0) await trx.deleteFrom('help_call').where('id', 'in', ended).execute();
  await put(
    trx,
    'help_call',
    [...after.help].map(([id, call]) => ({ id, body: JSON.stringify(call) })),
  );
  await put(trx, 'answer', await answerRows(trx, after, now));
  await retellRoll(trx, lines);
  await put(trx, 'journal', lines.map(journalRow));
  const last = lines.at(-1);
  if (last) await trx.updateTable('journal_head').set({ seq: last.seq, hash: last.hash }).execute();
}

/** A kiosk asks for itself, staff for a visitor. */
async function answerRows(trx: Reading, { answers }: Retold, now: EpochMs): Promise<readonly object[]> {
  const staff = new Set<string>((await trx.selectFrom('staff').select('id').execute()).map(({ id }) => id));
  return [...answers].flatMap(([id, { at, actor, reply }]) => {
    if (at < later(now, -ANSWERS_MS)) return [];
    const event = staff.has(actor) ? 'ticket:issue-for' : 'ticket:issue';
    return [{ request_id: id, at, actor, event, reply: JSON.stringify(reply) }];
  });
}

async function put(trx: Writing, table: GroupTable, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return;
  await trx.executeQuery(CompiledQuery.raw(groupInserts(table, 'sqlite'), [JSON.stringify(rows)]));
}
