import { CompiledQuery } from 'kysely';
import { assert } from '../basics/assert.ts';
import type { Change } from '../domain/change.ts';
import type { Actor, EpochMs, RequestId } from '../domain/ids.ts';
import type { JournalLine } from '../domain/journal.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { DialectName, Writing } from './database.ts';
import { groupInserts, type GroupTable } from './group-inserts.ts';
import { journalHead, journalRow, sealedAfter } from './journal.ts';

/** One decided change on its way to the disk. */
export interface Decided {
  readonly requestId: RequestId;
  readonly event: string;
  readonly actor: Actor;
  readonly at: EpochMs;
  readonly day: string;
  readonly change: Change<unknown>;
}

/**
 * Writes all changes of a group, state and journal, in a fixed number of statements whatever its size: every statement
 * is a trip to the database's thread, so one per row would cost more than the disk.
 *
 * @returns the journal's lines
 */
export async function saveGroup(
  trx: Writing,
  group: readonly Decided[],
  dialect: DialectName,
): Promise<readonly JournalLine[]> {
  const insert = async (table: GroupTable, rows: readonly object[]): Promise<bigint> => {
    if (rows.length === 0) return 0n;
    const query = CompiledQuery.raw(groupInserts(table, dialect), [JSON.stringify(rows)]);
    return (await trx.executeQuery(query)).numAffectedRows ?? 0n;
  };
  const day = group[0]?.day ?? '';
  const changes = group.map(({ change }) => change);
  const tickets = newest(
    changes.flatMap((change) => change.tickets ?? []),
    ({ id }) => id,
  );
  const saved = await insert(
    'ticket',
    tickets.map((ticket) => ticketRow(ticket, day)),
  );
  assert(saved === BigInt(tickets.length), 'no ticket is newer in the database than in the book');
  await insert(
    'ticket_details',
    tickets.map(({ id, needId, classId, note }) => ({ ticket_id: id, need_id: needId, class_id: classId, note })),
  );
  await insert(
    'series',
    newest(
      changes.flatMap((change) => change.numbers ?? []),
      ({ letter }) => letter,
    ).map(({ letter, series }) => ({
      letter,
      ...series,
    })),
  );
  const desks = newest(
    changes.flatMap((change) => change.desks ?? []),
    ({ id }) => id,
  );
  await insert(
    'desk_state',
    desks.map((desk) => ({ id: desk.id, body: JSON.stringify(desk) })),
  );
  const help = newest(
    changes.flatMap((change) => change.help ?? []),
    ({ id }) => id,
  );
  await insert(
    'help_call',
    help.flatMap(({ id, call }) => (call ? [{ id, body: JSON.stringify(call) }] : [])),
  );
  const ended = help.filter(({ call }) => call === null).map(({ id }) => id);
  if (ended.length > 0) await trx.deleteFrom('help_call').where('id', 'in', ended).execute();
  const slips = newest(
    changes.flatMap((change) => change.slips ?? []),
    ({ ticketId }) => ticketId,
  );
  await insert(
    'slip',
    slips.map((slip) => ({ ticket_id: slip.ticketId, state: slip.state, body: JSON.stringify(slip) })),
  );
  await insert('answer', group.map(answerRow));
  return saveJournal(
    trx,
    changes.flatMap(({ entries }) => entries),
    insert,
  );
}

type Insert = (table: GroupTable, rows: readonly object[]) => Promise<bigint>;

async function saveJournal(
  trx: Writing,
  entries: Change<unknown>['entries'],
  insert: Insert,
): Promise<readonly JournalLine[]> {
  const lines = sealedAfter(await journalHead(trx), entries);
  const last = lines.at(-1);
  if (!last) return [];
  await insert('journal', lines.map(journalRow));
  await trx.updateTable('journal_head').set({ seq: last.seq, hash: last.hash }).execute();
  return lines;
}

/** The last of each id: PostgreSQL refuses a statement that meets a row twice. */
function newest<T>(items: readonly T[], idOf: (item: T) => string): readonly T[] {
  return [...new Map(items.map((item) => [idOf(item), item])).values()];
}

/** A ticket as a row of its table. @param day the office day: that of its closing, if it is closed */
export function ticketRow(ticket: Ticket, day: string): object {
  const { needId: _need, classId: _class, note: _note, ...body } = ticket;
  return {
    id: ticket.id,
    number: ticket.number,
    day: ticket.day,
    issue_order: ticket.order,
    service_id: ticket.serviceId,
    state_kind: ticket.state.kind,
    closed_on: ticket.state.kind === 'closed' ? day : null,
    call_order: ticket.lastCall?.order ?? 0,
    version: ticket.version,
    body: JSON.stringify(body),
  };
}

function answerRow({ requestId, at, actor, event, change }: Decided): object {
  return { request_id: requestId, at, actor, event, reply: JSON.stringify(change.reply) };
}
