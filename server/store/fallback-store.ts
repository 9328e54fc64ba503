import { nextOnRoll } from '../domain/fallback.ts';
import type { Actor, EpochMs, TicketId, TicketNumber } from '../domain/ids.ts';
import type { JournalLine } from '../domain/journal.ts';
import { letterOf } from '../domain/number.ts';
import type { Reading, Writing } from './database.ts';
import { appendToJournal } from './journal.ts';

const DAY_MS = 24 * 3_600_000;

/** A number printed in advance that nobody has brought yet. */
export interface OnRoll {
  readonly number: TicketNumber;
  readonly printedAt: EpochMs;
}

/** Sets the next numbers of the roll aside, before a single one is printed: none can be given twice. */
export async function leaseNumbers(
  trx: Writing,
  letter: string,
  count: number,
  { now, actor }: { readonly now: EpochMs; readonly actor: Actor },
): Promise<{ readonly numbers: readonly TicketNumber[]; readonly lines: readonly JournalLine[] }> {
  const newest = await trx
    .selectFrom('fallback_number')
    .select(({ fn }) => fn.max('count').as('last'))
    .where('letter', '=', letter)
    .executeTakeFirst();
  const last = Number(newest?.last ?? 0);
  const numbers = nextOnRoll(letter, last, count);
  const printed_at = new Date(now).toISOString();
  const rows = numbers.map((number, i) => ({
    number,
    letter,
    count: last + 1 + i,
    printed_at,
    taken_at: null,
    ticket_id: null,
  }));
  await trx.insertInto('fallback_number').values(rows).execute();
  const body = { from: numbers[0] ?? '', until: numbers.at(-1) ?? '', count };
  const lines = await appendToJournal(trx, [{ kind: 'fallback.printed', at: now, actor, ticket: null, body }]);
  return { numbers, lines };
}

/** What the journal's lines say of the roll: which numbers were set aside, and which are tickets. */
export async function retellRoll(trx: Writing, lines: readonly JournalLine[]): Promise<void> {
  for (const { kind, at, ticket, body } of lines) {
    if (kind === 'fallback.printed' && typeof body.from === 'string') {
      const letter = letterOf(body.from as TicketNumber);
      const first = Number(body.from.slice(letter.length));
      const rows = nextOnRoll(letter, first - 1, Number(body.count)).map((number, i) => ({
        ...{ number, letter, count: first + i, printed_at: at, taken_at: null, ticket_id: null },
      }));
      await trx
        .insertInto('fallback_number')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
    if (kind === 'ticket.issued' && body.fallback === true && ticket !== null) {
      await markTaken(trx, [{ number: body.number as TicketNumber, ticketId: ticket }], Date.parse(at) as EpochMs);
    }
  }
}

/** In the order of the roll. */
export async function numbersOnRoll(trx: Reading): Promise<readonly OnRoll[]> {
  const rows = await trx
    .selectFrom('fallback_number')
    .selectAll()
    .where('taken_at', 'is', null)
    .orderBy('letter')
    .orderBy('count')
    .execute();
  return rows.map(({ number, printed_at: at }) => ({
    number: number as TicketNumber,
    printedAt: Date.parse(at) as EpochMs,
  }));
}

/** These are tickets now. Asked again, it changes nothing. */
export async function markTaken(
  trx: Writing,
  taken: readonly { readonly number: TicketNumber; readonly ticketId: TicketId }[],
  now: EpochMs,
): Promise<void> {
  for (const { number, ticketId } of taken) {
    await trx
      .updateTable('fallback_number')
      .set({ taken_at: new Date(now).toISOString(), ticket_id: ticketId })
      .where('number', '=', number)
      .where('taken_at', 'is', null)
      .execute();
  }
}

/** After a kill that came between a ticket and its mark on the roll: what is a ticket is not on the roll any more. */
export async function markBrought(trx: Writing, now: EpochMs): Promise<void> {
  const onRoll = await numbersOnRoll(trx);
  if (onRoll.length === 0) return;
  const printedFirst = Math.min(...onRoll.map(({ printedAt }) => printedAt));
  // A day earlier than in any zone; the index begins with the day.
  const since = new Date(printedFirst - DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length);
  const known = new Set(onRoll.map(({ number }) => number as string));
  const tickets = await trx
    .selectFrom('ticket')
    .select(['id', 'number'])
    .where('day', '>=', since)
    .where('number', 'in', [...known])
    .execute();
  const brought = tickets.map(({ id, number }) => ({ number: number as TicketNumber, ticketId: id as TicketId }));
  await markTaken(trx, brought, now);
}
