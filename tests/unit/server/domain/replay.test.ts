import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callNext, callTicket, recallTicket } from '../../../../server/commands/calling.ts';
import { leaveDesk, pauseDesk, resumeDesk, takeDesk } from '../../../../server/commands/desks.ts';
import { answerHelp, callForHelp, endHelp } from '../../../../server/commands/help-calls.ts';
import { issueTicket } from '../../../../server/commands/issue-ticket.ts';
import { closeDay, endParkings } from '../../../../server/commands/office-day.ts';
import {
  beginService,
  finishService,
  noShow,
  parkTicket,
  returnTicket,
  withdrawTicket,
} from '../../../../server/commands/serving.ts';
import { slipOutcome, slipSent } from '../../../../server/commands/slips.ts';
import { transferTicket } from '../../../../server/commands/transfer-ticket.ts';
import { mergeTicket, triageTicket } from '../../../../server/commands/triage-ticket.ts';
import { undoAct } from '../../../../server/commands/undo-act.ts';
import { apply, emptyBook, turnPage, type Book } from '../../../../server/domain/book.ts';
import type { At, Change } from '../../../../server/domain/change.ts';
import type { Result } from '../../../../server/basics/result.ts';
import type { Actor, DeskId, DeviceId, EpochMs, NeedId, RequestId, TicketId } from '../../../../server/domain/ids.ts';
import { sealed, type JournalLine } from '../../../../server/domain/journal.ts';
import { localDay } from '../../../../server/domain/local-time.ts';
import type { Plan } from '../../../../server/domain/plan.ts';
import type { Refusal } from '../../../../server/domain/refusal.ts';
import { nothingRetold, retell } from '../../../../server/domain/replay.ts';
import type { Ticket } from '../../../../server/domain/ticket.ts';
import { PLAN, staffAt } from '../../../support/ledgers.ts';

const START = Date.parse('2026-11-24T08:00:00Z');
const KIOSK = 'kiosk-1' as Actor;
/** One call is enough before a no-show, so that short days have some. */
const EAGER: Plan = { ...PLAN, rules: { ...PLAN.rules, callsBeforeNoShow: 1, secondCallAfterMs: 0 } };
/** Every day begins with people at the desks and visitors in the line. */
const MORNING = [2, 2, 2, 0, 1, 0, 1].map((verb, i) => ({ verb, desk: i % 3, pick: 0, afterMs: 1000 }));

/** What somebody does: which verb, at which of three desks, with which of the tickets, how long after the act before. */
const acts = fc.array(
  fc.record({
    verb: fc.integer({ min: 0, max: 21 }),
    desk: fc.integer({ min: 0, max: 2 }),
    pick: fc.nat({ max: 999 }),
    afterMs: fc.oneof(fc.integer({ min: 0, max: 90_000 }), fc.constant(3 * 3_600_000)),
  }),
  { minLength: 1, maxLength: 120 },
);

type Decision = Result<Change<unknown>, Refusal>;

/** Does it, if the office lets it. */
function decide(book: Book, verb: number, desk: number, pick: number, at: At): Decision {
  const requestId = randomUUID() as string as RequestId;
  const own = book.desks.get(String(desk) as DeskId)?.ticketId ?? null;
  const open = [...book.open.values()];
  const any = open[pick % Math.max(1, open.length)];
  const mine = own ? book.open.get(own) : undefined;
  const seen = (ticket: Ticket | undefined) => ({
    requestId,
    ticketId: ticket?.id ?? ('none' as TicketId),
    version: ticket?.version ?? 1,
  });
  const service = PLAN.services[pick % PLAN.services.length]?.id;
  if (service === undefined) throw new Error('the plan has services');
  const help = [...book.help.keys()][0];
  const about = { requestId, ticketId: any?.id ?? ('none' as TicketId), printerId: 'p' as DeviceId };
  const verbs: readonly (() => Decision)[] = [
    () => issueTicket(book, { requestId, needId: 'papers.submit' as NeedId, language: 'ru' }, { ...at, actor: KIOSK }),
    () => issueTicket(book, { requestId, needId: 'pension' as NeedId, language: 'et' }, { ...at, actor: KIOSK }),
    () => takeDesk(book, { requestId, deskId: String(desk) as DeskId, takeOver: true }, at),
    () => callNext(book, { requestId }, at),
    () => callTicket(book, { ...seen(any), reason: 'other' }, at),
    () => recallTicket(book, seen(mine), at),
    () => beginService(book, seen(mine), at),
    () => finishService(book, seen(mine), at),
    () => noShow(book, seen(mine), at),
    () => parkTicket(book, { ...seen(mine), reason: 'form', minutes: pick % 2 === 0 ? 5 : null }, at),
    () => returnTicket(book, seen(any), at),
    () => transferTicket(book, { ...seen(mine ?? any), to: { kind: 'service', serviceId: service }, note: 'x' }, at),
    () => transferTicket(book, { ...seen(any), to: { kind: 'person', staffId: staffAt(pick % 3) }, note: null }, at),
    () => withdrawTicket(book, seen(any), at),
    () => triageTicket(book, { ...seen(any), standing: 'priority', assistance: ['quiet'], further: [service] }, at),
    () =>
      mergeTicket(book, { ...seen(any), into: open[(pick + 1) % Math.max(1, open.length)]?.id ?? about.ticketId }, at),
    () => undoAct(book, { requestId }, at),
    () =>
      pick % 2 === 0
        ? pauseDesk(book, { requestId, reason: 'break', minutes: 5 }, at)
        : resumeDesk(book, { requestId }, at),
    () => leaveDesk(book, { requestId }, at),
    () =>
      help && pick % 2 === 0
        ? answerHelp(book, { requestId, helpId: help }, at)
        : callForHelp(book, { requestId, language: 'et' }, { ...at, actor: KIOSK }),
    () =>
      help
        ? endHelp(book, { requestId, helpId: help }, at)
        : endParkings(book, { requestId }, { ...at, actor: 'system' }),
    () =>
      pick % 40 === 0
        ? closeDay(book, { requestId }, { ...at, actor: 'system' })
        : book.slips.has(about.ticketId)
          ? slipOutcome(book, { ...about, attempt: pick % 2, reprint: false, state: 'printed', reason: 'ok' }, at)
          : slipSent(book, { ...about, askedBy: null, reprint: false, largePrint: pick % 2 === 0 }, at),
  ];
  return (verbs[verb % verbs.length] ?? verbs[0])?.() ?? { ok: false, error: { code: 'queue-empty' } };
}

describe('the queue, told again from the journal alone', () => {
  test('is the queue as it was, whatever was done', () => {
    fc.assert(
      fc.property(acts, (list) => {
        let now = START;
        let book = emptyBook('2026-11-24', now as EpochMs);
        const lines: JournalLine[] = [];
        for (const { verb, desk, pick, afterMs } of [...MORNING, ...list]) {
          now += afterMs;
          book = turnPage(book, localDay(now as EpochMs, PLAN.office.zone));
          const at = { actor: staffAt(desk), now: now as EpochMs, plan: EAGER, freshId: randomUUID() };
          const decided = decide(book, verb, desk, pick, at);
          if (!decided.ok) continue;
          const requestId = randomUUID() as string as RequestId;
          book = apply(book, requestId, { actor: at.actor, event: 'x' }, decided.value, at.now);
          for (const entry of decided.value.entries) {
            lines.push(sealed(entry, lines.length + 1, lines.at(-1)?.hash ?? ''));
          }
        }
        // through JSON, as the audit file has them
        const read = lines.map((line) => JSON.parse(JSON.stringify(line)) as JournalLine);
        const told = read.reduce((so, line) => retell(so, line, randomUUID), nothingRetold('', PLAN.office.zone));

        const open = (tickets: Iterable<Ticket>) =>
          Object.fromEntries(
            [...tickets].map(({ needId: _n, classId: _c, note: _t, needLost: _l, ...rest }) => [rest.id, rest]),
          );
        expect(open(told.tickets.filter(({ state }) => state.kind !== 'closed').values())).toEqual(
          open(book.open.values()),
        );
        expect(open(told.tickets.filter((_, id) => book.closed.has(id)).values())).toEqual(open(book.closed.values()));
        expect(told.numbers.toJS()).toEqual(book.numbers.toJS());
        expect(told.desks.toJS()).toEqual(book.desks.map((desk) => ({ ...desk, ready: false })).toJS());
        expect(
          told.help
            .valueSeq()
            .map(({ id: _, ...call }) => call)
            .toJS(),
        ).toEqual(
          book.help
            .valueSeq()
            .map(({ id: _, ...call }) => call)
            .toJS(),
        );
        expect(told.slips.filter((_, id) => book.slips.has(id)).toJS()).toEqual(book.slips.toJS());
      }),
      { numRuns: 300 },
    );
  });

  test('a ticket made from lines says that its need is lost, and lines carry neither need nor note', () => {
    const at = { actor: KIOSK, now: START as EpochMs, plan: PLAN, freshId: randomUUID() };
    const asked = { requestId: randomUUID() as string as RequestId, needId: 'papers.submit' as NeedId };
    const issued = issueTicket(emptyBook('2026-11-24', at.now), { ...asked, language: 'et' }, at);
    if (!issued.ok) throw new Error(issued.error.code);
    const [entry] = issued.value.entries;
    if (!entry) throw new Error('an issue has its line');
    const line = sealed(entry, 1, '');
    expect(JSON.stringify(line)).not.toContain('papers.submit');
    const [ticket] = retell(nothingRetold('', PLAN.office.zone), line, randomUUID).tickets.values();
    expect(ticket).toMatchObject({ needId: null, note: '', needLost: true, number: 'A001' });
  });

  test('a ticket whose issue no line tells belongs to the office day of the first line that does', () => {
    const zone = PLAN.office.zone;
    const issuedLate = Date.parse('2026-11-24T21:30:00Z') as EpochMs; // half past eleven in the evening
    const afterMidnight = Date.parse('2026-11-24T22:30:00Z') as EpochMs;
    const givenUp = (at: EpochMs): JournalLine => {
      const { book, ticketId } = oneWaiting(at);
      const withdrawn = withdrawTicket(book, { requestId: aRequest(), ticketId, version: 1 }, atHour(at));
      if (!withdrawn.ok) throw new Error(withdrawn.error.code);
      const [entry] = withdrawn.value.entries;
      if (!entry) throw new Error('a withdrawal has its line');
      return sealed(entry, 9, 'seal of a line that is lost');
    };
    const dayOf = (known: string, at: EpochMs): string | undefined =>
      retell(nothingRetold(known, zone), givenUp(at), randomUUID).tickets.first()?.day;
    expect(dayOf('', issuedLate)).toBe('2026-11-24');
    expect(dayOf('2026-11-24', afterMidnight)).toBe('2026-11-25');
    expect(dayOf('2026-11-25', issuedLate), 'a clock that stepped back turns no page back').toBe('2026-11-25');
  });
});

function atHour(now: EpochMs): At {
  return { actor: KIOSK, now, plan: PLAN, freshId: randomUUID() };
}

function aRequest(): RequestId {
  return randomUUID() as string as RequestId;
}

/** A book of that day in which one visitor waits. */
function oneWaiting(now: EpochMs): { readonly book: Book; readonly ticketId: TicketId } {
  const at = atHour(now);
  const empty = emptyBook(localDay(now, PLAN.office.zone), now);
  const asked = { requestId: aRequest(), needId: 'papers.submit' as NeedId, language: 'et' } as const;
  const issued = issueTicket(empty, asked, at);
  if (!issued.ok) throw new Error(issued.error.code);
  const book = apply(empty, asked.requestId, { actor: at.actor, event: 'x' }, issued.value, now);
  return { book, ticketId: issued.value.reply.ticketId };
}
