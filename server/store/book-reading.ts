import { emptyBook, RECENT_CALLS, slipsWith, withTicket, type Book } from '../domain/book.ts';
import type { DeskState } from '../domain/desk-state.ts';
import type { HelpCall } from '../domain/help.ts';
import type { ClassId, EpochMs, NeedId, TicketId } from '../domain/ids.ts';
import type { Slip } from '../domain/slip.ts';
import type { Ticket } from '../domain/ticket.ts';
import { readAnswers } from './answers.ts';
import type { Reading } from './database.ts';
import { journalHead } from './journal.ts';

/**
 * The book of a day, as the database has it; of a later day if numbers of that one were given out already, for a page
 * never turns back. What can be taken back is forgotten: nobody undoes across a restart.
 */
export async function readBook(trx: Reading, today: string, now: EpochMs): Promise<Book> {
  const series = await trx.selectFrom('series').selectAll().execute();
  const day = series.reduce((newest, { day: given }) => (given > newest ? given : newest), today);
  const tickets = await readTickets(trx, day);
  const slips = await readSlips(trx, day);
  const base = inClosingOrder(tickets).reduce(withTicket, emptyBook(day, now));
  const { seq } = await journalHead(trx);
  return {
    ...base,
    numbers: base.numbers.concat(series.map(({ letter, ...last }) => [letter, last])),
    issued: await countOf(trx, day),
    calls: await newestCall(trx),
    recentCalls: recentCalls(tickets),
    desks: base.desks.concat(
      (await bodies<Saved<DeskState, 'ready'>>(trx, 'desk_state')).map((desk) => [desk.id, withReady(desk)]),
    ),
    help: base.help.concat((await bodies<HelpCall>(trx, 'help_call')).map((call) => [call.id, call])),
    slips: base.slips.concat(slips.map((slip) => [slip.ticketId, slip])),
    recentSlips: slips.reduce(slipsWith, base.recentSlips),
    answered: base.answered.concat(await readAnswers(trx, now)),
    seq,
  };
}

async function readTickets(trx: Reading, day: string): Promise<readonly Ticket[]> {
  const rows = await trx
    .selectFrom('ticket')
    .leftJoin('ticket_details', 'ticket_details.ticket_id', 'ticket.id')
    .select(['ticket.body', 'ticket_details.need_id', 'ticket_details.class_id', 'ticket_details.note'])
    .where((eb) => eb.or([eb('closed_on', 'is', null), eb('closed_on', '=', day)]))
    .execute();
  return rows.map(({ body, need_id: needId, class_id: classId, note }) => ({
    ...ticketOf(body),
    needId: needId as NeedId | null,
    classId: classId as ClassId | null,
    note: note ?? '',
  }));
}

/** What the row itself says; rows of an earlier version do not know of overtakes. */
function ticketOf(body: string): Omit<Ticket, 'needId' | 'classId' | 'note'> {
  const ticket = JSON.parse(body) as Saved<Omit<Ticket, 'needId' | 'classId' | 'note'>, 'overtaken'>;
  return { ...ticket, overtaken: ticket.overtaken ?? 0 };
}

/** As an earlier version may have saved it, without what came later. */
type Saved<T, Later extends keyof T> = Omit<T, Later> & Partial<Pick<T, Later>>;

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

/** Open tickets in the order of their issue, then the closed ones as they closed. */
function inClosingOrder(tickets: readonly Ticket[]): readonly Ticket[] {
  return [...tickets].sort((a, b) => closedAt(a) - closedAt(b) || a.order - b.order);
}

function closedAt({ state }: Ticket): number {
  return state.kind === 'closed' ? state.since : 0;
}

async function bodies<T>(trx: Reading, table: 'desk_state' | 'help_call'): Promise<readonly T[]> {
  const rows = await trx.selectFrom(table).select('body').execute();
  return rows.map(({ body }) => JSON.parse(body) as T);
}

/** Desks of an earlier version do not say whether they are ready: they begin by pressing. */
function withReady(desk: Saved<DeskState, 'ready'>): DeskState {
  return { ...desk, ready: desk.ready ?? false };
}

/** The slips of the book's tickets, oldest first. */
async function readSlips(trx: Reading, day: string): Promise<readonly Slip[]> {
  const rows = await trx
    .selectFrom('slip')
    .innerJoin('ticket', 'ticket.id', 'slip.ticket_id')
    .select('slip.body')
    .where((eb) => eb.or([eb('closed_on', 'is', null), eb('closed_on', '=', day)]))
    .execute();
  return rows.map(({ body }) => JSON.parse(body) as Slip).sort((a, b) => a.at - b.at);
}
