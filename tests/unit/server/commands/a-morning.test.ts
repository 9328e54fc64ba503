import { beforeEach, describe, expect, test } from 'vitest';
import { callNext, callTicket, recallTicket } from '../../../../server/commands/calling.ts';
import { leaveDesk, pauseDesk, takeDesk } from '../../../../server/commands/desks.ts';
import { issueTicket, issueTicketFor } from '../../../../server/commands/issue-ticket.ts';
import { endParkings } from '../../../../server/commands/office-day.ts';
import { finishService, noShow, parkTicket, returnTicket } from '../../../../server/commands/serving.ts';
import { transferTicket } from '../../../../server/commands/transfer-ticket.ts';
import { mergeTicket, triageTicket } from '../../../../server/commands/triage-ticket.ts';
import { undoAct } from '../../../../server/commands/undo-act.ts';
import type { NeedId, ServiceId, TicketId } from '../../../../server/domain/ids.ts';
import { at, DESK_1, DESK_2, JUHAN, KIOSK, MARI, Morning } from '../../../support/books.ts';

const PAPERS = 'papers.submit' as NeedId;
const PENSION = 'pension.old_age' as NeedId;
const FAMILY = 'family' as ServiceId;

let morning: Morning;

beforeEach(() => {
  morning = new Morning();
  morning.must(takeDesk, { deskId: DESK_1, takeOver: false }, MARI, at(0));
});

function take(needId: NeedId, minute: number): TicketId {
  return morning.must(issueTicket, { needId, language: 'et' }, KIOSK, at(minute)).ticketId;
}

function call(minute: number): TicketId {
  return morning.must(callNext, {}, MARI, at(minute)).ticketId;
}

describe('who is called', () => {
  test('between equal promises: first come, first served', () => {
    const first = take(PAPERS, 1);
    take(PAPERS, 2);
    expect(call(3)).toBe(first);
  });

  test('the earliest promised time, not the earliest arrival: ten minutes at the information desk before twenty for a pension', () => {
    take(PENSION, 1);
    const papers = take(PAPERS, 5);
    expect(call(6)).toBe(papers);
  });

  test('a visitor with an infant, promised ten minutes, goes before one who came up to ten minutes earlier', () => {
    take(PENSION, 1);
    const infant = morning.must(
      issueTicketFor,
      {
        needId: PENSION,
        serviceId: 'pension' as ServiceId,
        language: 'et',
        standing: 'priority',
        assistance: [],
        further: [],
        note: '',
        print: false,
      },
      MARI,
      at(9),
    ).ticketId;
    expect(call(10)).toBe(infant);
  });

  test('a transferred visitor keeps the clock of the first ticket', () => {
    const first = take(PAPERS, 1);
    take('family.birth' as NeedId, 5);
    call(10);
    morning.must(
      transferTicket,
      { ...morning.seen(first), to: { kind: 'service', serviceId: FAMILY }, note: null },
      MARI,
      at(12),
    );
    expect(morning.ticket(first).clock).toBe(at(1));
    expect(call(13)).toBe(first);
  });

  test('out of order only with a reason, and those passed over are counted', () => {
    take(PAPERS, 1);
    take(PAPERS, 2);
    const last = take(PAPERS, 3);
    const decided = callTicket(
      morning.book,
      { ...morning.seen(last), requestId: '' as never, reason: 'urgent' },
      { actor: MARI, now: at(4), plan: morning.plan, freshId: '' },
    );
    expect(decided.ok && decided.value.entries[0]?.body).toMatchObject({ manual: true, passedOver: 2 });
  });

  test('a desk with a visitor calls nobody else, and a paused desk nobody', () => {
    take(PAPERS, 1);
    take(PAPERS, 2);
    call(3);
    expect(morning.try(callNext, {}, MARI, at(4))).toEqual({
      ok: false,
      error: { code: 'desk-busy', serving: 'A001' },
    });
    morning.must(takeDesk, { deskId: DESK_2, takeOver: false }, JUHAN, at(4));
    morning.must(pauseDesk, { reason: 'lunch', minutes: 30 }, JUHAN, at(4));
    expect(morning.try(callNext, {}, JUHAN, at(5))).toEqual({ ok: false, error: { code: 'desk-paused' } });
  });

  test('nobody to call is said, not guessed', () => {
    expect(morning.try(callNext, {}, MARI, at(1))).toEqual({ ok: false, error: { code: 'queue-empty' } });
  });
});

describe('a visitor who does not come', () => {
  test('is called again after two minutes, not before, and not a third time', () => {
    const id = take(PAPERS, 0);
    call(1);
    expect(morning.try(recallTicket, morning.seen(id), MARI, at(2))).toMatchObject({
      error: { code: 'call-again-later' },
    });
    morning.must(recallTicket, morning.seen(id), MARI, at(3));
    expect(morning.try(recallTicket, morning.seen(id), MARI, at(9))).toMatchObject({
      error: { code: 'called-often-enough' },
    });
  });

  test('is no no-show after one call', () => {
    const id = take(PAPERS, 0);
    call(1);
    expect(morning.try(noShow, morning.seen(id), MARI, at(5))).toEqual({
      ok: false,
      error: { code: 'called-too-few-times', calls: 1, required: 2 },
    });
  });

  test('keeps the place for a quarter of an hour, then closes', () => {
    const id = take(PAPERS, 0);
    call(1);
    morning.must(recallTicket, morning.seen(id), MARI, at(3));
    morning.must(noShow, morning.seen(id), MARI, at(5));
    expect(morning.ticket(id).state).toMatchObject({ kind: 'parked', reason: 'missed', until: at(20) });
    morning.must(endParkings, {}, 'system', at(19));
    expect(morning.ticket(id).state.kind).toBe('parked');
    morning.must(endParkings, {}, 'system', at(20));
    expect(morning.ticket(id).state).toMatchObject({ kind: 'closed', outcome: 'no-show' });
  });
});

describe('aside and back', () => {
  test('parked with a timer, a visitor returns by itself, with a new clock and five minutes promised', () => {
    const id = take(PAPERS, 0);
    call(1);
    morning.must(parkTicket, { ...morning.seen(id), reason: 'photo', minutes: 10 }, MARI, at(2));
    morning.must(endParkings, {}, 'system', at(12));
    expect(morning.ticket(id)).toMatchObject({
      standing: 'returning',
      clock: at(12),
      callBy: at(17),
      state: { kind: 'waiting' },
    });
  });

  test('returned by hand as well', () => {
    const id = take(PAPERS, 0);
    call(1);
    morning.must(parkTicket, { ...morning.seen(id), reason: 'form', minutes: null }, MARI, at(2));
    morning.must(returnTicket, morning.seen(id), MARI, at(30));
    expect(morning.ticket(id).state.kind).toBe('waiting');
  });
});

describe('at the desk', () => {
  test('finishing begins service where nobody pressed begin, and the journal tells both', () => {
    const id = take(PAPERS, 0);
    call(1);
    const decided = finishService(
      morning.book,
      { ...morning.seen(id), requestId: '' as never },
      { actor: MARI, now: at(5), plan: morning.plan, freshId: '' },
    );
    expect(decided.ok && decided.value.entries.map(({ kind }) => kind)).toEqual(['ticket.begun', 'ticket.finished']);
  });

  test('a visit with further services goes on with the same number and clock', () => {
    const id = take(PAPERS, 0);
    morning.must(triageTicket, { ...morning.seen(id), further: [FAMILY] }, MARI, at(1));
    call(2);
    morning.must(finishService, morning.seen(id), MARI, at(5));
    expect(morning.ticket(id)).toMatchObject({
      number: 'A001',
      serviceId: FAMILY,
      clock: at(0),
      further: [],
      state: { kind: 'waiting' },
    });
  });

  test('nobody leaves a desk while a visitor stands there', () => {
    take(PAPERS, 0);
    call(1);
    expect(morning.try(leaveDesk, {}, MARI, at(2))).toEqual({
      ok: false,
      error: { code: 'desk-busy', serving: 'A001' },
    });
  });

  test('a taken desk says who works there, and can be taken over', () => {
    const taken = morning.try(takeDesk, { deskId: DESK_1, takeOver: false }, JUHAN, at(1));
    expect(taken).toEqual({ ok: false, error: { code: 'desk-taken', by: 'mari' } });
    morning.must(takeDesk, { deskId: DESK_1, takeOver: true }, JUHAN, at(1));
    expect(morning.book.desks.get(DESK_1)?.staffId).toBe(JUHAN);
  });

  test("another desk's visitor is out of reach", () => {
    const id = take(PAPERS, 0);
    call(1);
    morning.must(takeDesk, { deskId: DESK_2, takeOver: false }, JUHAN, at(1));
    expect(morning.try(finishService, morning.seen(id), JUHAN, at(2))).toEqual({
      ok: false,
      error: { code: 'not-at-your-desk' },
    });
  });

  test('a screen that shows an older state is told, and nothing happens', () => {
    const id = take(PAPERS, 0);
    const old = morning.seen(id);
    morning.must(triageTicket, { ...old, note: 'ootab abikaasat' }, MARI, at(1));
    expect(morning.try(triageTicket, { ...old, note: 'üks' }, MARI, at(2))).toEqual({
      ok: false,
      error: { code: 'changed-meanwhile', version: 2 },
    });
  });
});

describe('taking back', () => {
  test('the last act, within ten seconds, while nobody touched the ticket', () => {
    const id = take(PAPERS, 0);
    call(1);
    morning.must(finishService, morning.seen(id), MARI, at(5));
    morning.must(undoAct, {}, MARI, at(5.1));
    expect(morning.ticket(id).state).toMatchObject({ kind: 'serving' });
    expect(morning.book.desks.get(DESK_1)?.ticketId).toBe(id);
    expect(morning.book.open.has(id) && !morning.book.closed.has(id)).toBe(true);
  });

  test('not later, and not once somebody else is at the desk', () => {
    const id = take(PAPERS, 0);
    take(PAPERS, 0.5);
    call(1);
    morning.must(finishService, morning.seen(id), MARI, at(5));
    expect(morning.try(undoAct, {}, MARI, at(6))).toEqual({ ok: false, error: { code: 'too-late-to-undo' } });
    morning.must(callNext, {}, MARI, at(5.05));
    expect(morning.try(undoAct, {}, MARI, at(5.1))).toEqual({ ok: false, error: { code: 'nothing-to-undo' } });
  });
});

test('one person with two numbers keeps the earlier place and all the notes', () => {
  const first = take(PAPERS, 0);
  const second = take(PENSION, 1);
  morning.must(triageTicket, { ...morning.seen(second), note: 'vajab tõlki' }, MARI, at(2));
  morning.must(mergeTicket, { ...morning.seen(second), into: first }, MARI, at(3));
  expect(morning.ticket(second).state).toMatchObject({ kind: 'closed', outcome: 'withdrawn' });
  expect(morning.ticket(first)).toMatchObject({ note: 'vajab tõlki', further: ['pension'], clock: at(0) });
});
