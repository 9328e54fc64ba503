import { emptyBook, RECENT_CALLS, withTicket, type Answered, type Book } from '../domain/book.ts';
import type { DeskState } from '../domain/desk-state.ts';
import type { HelpCall } from '../domain/help.ts';
import type { Actor, EpochMs, NeedId, RequestId, TicketId } from '../domain/ids.ts';
import type { Slip } from '../domain/slip.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Reading } from './database.ts';
import { journalHead } from './journal.ts';

const ANSWERS_READ_MS = 24 * 3_600_000;

/** The book of a day, as the database has it. What can be taken back is forgotten: nobody undoes across a restart. */
export async function readBook(trx: Reading, day: string, now: EpochMs): Promise<Book> {
  const tickets = await readTickets(trx, day);
  const base = tickets.reduce(withTicket, emptyBook(day, now));
  const { seq } = await journalHead(trx);
  return {
    ...base,
    numbers: base.numbers.concat(
      (await trx.selectFrom('series').selectAll().execute()).map(({ letter, ...series }) => [letter, series]),
    ),
    issued: await countOf(trx, day),
    calls: await newestCall(trx),
    newestClock: Math.max(0, ...tickets.map(({ clock }) => clock)) as EpochMs,
    recentCalls: recentCalls(tickets),
    recentClosed: inClosingOrder(tickets).reduce(withTicket, emptyBook(day, now)).recentClosed,
    desks: base.desks.concat((await bodies<DeskState>(trx, 'desk_state')).map((desk) => [desk.id, desk])),
    help: base.help.concat(
      (await bodies<HelpCall | null>(trx, 'help_call')).flatMap((call) => (call ? [[call.id, call] as const] : [])),
    ),
    slips: base.slips.concat((await readSlips(trx, tickets)).map((slip) => [slip.ticketId, slip])),
    answered: base.answered.concat(await readAnswers(trx, now)),
    seq,
  };
}

async function readTickets(trx: Reading, day: string): Promise<readonly Ticket[]> {
  const rows = await trx
    .selectFrom('ticket')
    .leftJoin('ticket_details', 'ticket_details.ticket_id', 'ticket.id')
    .select(['ticket.body', 'ticket_details.need_id', 'ticket_details.note'])
    .where((eb) => eb.or([eb('closed_on', 'is', null), eb('closed_on', '=', day)]))
    .execute();
  return rows.map(({ body, need_id: needId, note }) => ({
    ...(JSON.parse(body) as Omit<Ticket, 'needId' | 'note'>),
    needId: needId as NeedId | null,
    note: note ?? '',
  }));
}

async function countOf(trx: Reading, day: string): Promise<number> {
  const row = await trx
    .selectFrom('ticket')
    .select(({ fn }) => fn.max('issue_order').as('last'))
    .where('day', '=', day)
    .executeTakeFirst();
  return Number(row?.last ?? 0);
}

async function newestCall(trx: Reading): Promise<number> {
  const row = await trx
    .selectFrom('ticket')
    .select(({ fn }) => fn.max('call_order').as('last'))
    .executeTakeFirst();
  return Number(row?.last ?? 0);
}

function recentCalls(tickets: readonly Ticket[]): readonly TicketId[] {
  return tickets
    .flatMap(({ id, lastCall }) => (lastCall ? [{ id, order: lastCall.order }] : []))
    .sort((a, b) => b.order - a.order)
    .slice(0, RECENT_CALLS)
    .map(({ id }) => id);
}

function inClosingOrder(tickets: readonly Ticket[]): readonly Ticket[] {
  return tickets.filter(({ state }) => state.kind === 'closed').sort((a, b) => closedAt(a) - closedAt(b));
}

function closedAt({ state }: Ticket): number {
  return state.kind === 'closed' ? state.since : 0;
}

async function bodies<T>(trx: Reading, table: 'desk_state' | 'help_call'): Promise<readonly T[]> {
  const rows = await trx.selectFrom(table).select('body').execute();
  return rows.map(({ body }) => JSON.parse(body) as T);
}

async function readSlips(trx: Reading, tickets: readonly Ticket[]): Promise<readonly Slip[]> {
  const known = new Set(tickets.map(({ id }) => id));
  const rows = await trx
    .selectFrom('slip')
    .innerJoin('ticket', 'ticket.id', 'slip.ticket_id')
    .select('slip.body')
    .where((eb) => eb.or([eb('slip.state', '=', 'sent'), eb('ticket.closed_on', 'is', null)]))
    .execute();
  return rows.map(({ body }) => JSON.parse(body) as Slip).filter(({ ticketId }) => known.has(ticketId));
}

async function readAnswers(trx: Reading, now: EpochMs): Promise<readonly [RequestId, Answered][]> {
  const rows = await trx
    .selectFrom('answer')
    .selectAll()
    .where('at', '>', now - ANSWERS_READ_MS)
    .execute();
  return rows.map(({ request_id: id, actor, event, reply }) => [
    id as RequestId,
    { actor: actor as Actor, event, reply: JSON.parse(reply) as unknown },
  ]);
}
