import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { callNext, callTicket } from '../../../../server/commands/calling.ts';
import { takeDesk } from '../../../../server/commands/desks.ts';
import { issueTicket, issueTicketFor, type Welcome } from '../../../../server/commands/issue-ticket.ts';
import { finishService } from '../../../../server/commands/serving.ts';
import { transferTicket } from '../../../../server/commands/transfer-ticket.ts';
import { mergeTicket, recordAnswer, triageTicket } from '../../../../server/commands/triage-ticket.ts';
import type { ClassId, NeedId, OrganisationId, ServiceId, TicketId } from '../../../../server/domain/ids.ts';
import { nextInLine } from '../../../../server/domain/queue.ts';
import { staffedDesks } from '../../../../server/domain/staffing.ts';
import { at, aPlan, DESK_1, JUHAN, KIOSK, MARI, Morning } from '../../../support/books.ts';

const PAPERS = 'papers.submit' as NeedId;
const PENSION = 'pension' as ServiceId;
const INFANT = 'infant' as ClassId;
const plan = aPlan();

let morning: Morning;

beforeEach(() => {
  morning = new Morning();
  morning.must(takeDesk, { deskId: DESK_1, takeOver: false }, MARI, at(0));
});

function take(minute: number, needId: NeedId = PAPERS): TicketId {
  return morning.must(issueTicket, { needId, language: 'et' }, KIOSK, at(minute)).ticketId;
}

function welcome(minute: number, found: Partial<Welcome>): TicketId {
  const asked = { needId: null, serviceId: PENSION, language: 'et', standing: 'walk-in', print: false } as const;
  const all = { ...asked, assistance: [], further: [], note: '', ...found };
  return morning.must(issueTicketFor, all, MARI, at(minute)).ticketId;
}

describe('a class of visitors', () => {
  const classes = [{ id: INFANT, names: { et: 'a', en: 'a', ru: 'a' }, promiseMs: 4 * 60_000 }];

  beforeEach(() => {
    morning = new Morning({ ...plan, classes });
  });

  test('has the promise the office gives it, through a change of need and a transfer', () => {
    const id = welcome(0, { standing: 'priority', classId: INFANT });
    expect(morning.ticket(id).callBy).toBe(at(4));
    const to = { kind: 'service' as const, serviceId: 'family' as ServiceId };
    morning.must(transferTicket, { ...morning.seen(id), to, note: null }, MARI, at(2));
    expect(morning.ticket(id)).toMatchObject({ clock: at(0), callBy: at(4), classId: INFANT });
  });

  test('may be found out later, and taken back', () => {
    const id = take(0, 'pension.old_age' as NeedId);
    morning.must(triageTicket, { ...morning.seen(id), standing: 'priority', classId: INFANT }, MARI, at(1));
    expect(morning.ticket(id).callBy).toBe(at(4));
    morning.must(triageTicket, { ...morning.seen(id), standing: 'walk-in' }, MARI, at(2));
    expect(morning.ticket(id)).toMatchObject({ callBy: at(20), classId: null });
  });

  test('that the office does not have is refused', () => {
    const id = take(0);
    const wrong = { ...morning.seen(id), standing: 'priority' as const, classId: 'tall' as ClassId };
    expect(morning.try(triageTicket, wrong, MARI, at(1))).toEqual({ ok: false, error: { code: 'unknown-class' } });
  });

  test('is not in the journal', () => {
    const id = take(0);
    const request = { ...morning.seen(id), requestId: '' as never, standing: 'priority' as const, classId: INFANT };
    const change = triageTicket(morning.book, request, { actor: MARI, now: at(1), plan: morning.plan, freshId: '' });
    expect(change.ok && change.value.entries.length).toBe(2);
    expect(JSON.stringify(change.ok && change.value.entries)).not.toContain(INFANT);
  });
});

test('a booked visitor who comes early is promised the slot; one who comes late, five minutes', () => {
  const early = welcome(0, { standing: 'booked', slotAt: at(30) });
  expect(morning.ticket(early)).toMatchObject({ clock: at(25), callBy: at(30) });
  const late = welcome(40, { standing: 'booked', slotAt: at(30) });
  expect(morning.ticket(late)).toMatchObject({ clock: at(40), callBy: at(45) });
});

describe('calling out of order', () => {
  function call(id: TicketId, minute: number) {
    const request = { ...morning.seen(id), requestId: '' as never, reason: 'urgent' as const };
    const on = { actor: MARI, now: at(minute), plan: morning.plan, freshId: '' };
    return callTicket(morning.book, request, on);
  }

  test('counts as an overtake for each one passed over, and names them in the journal', () => {
    const [first, second, third] = [take(1), take(2), take(3)];
    const decided = call(third, 4);
    expect(decided.ok && decided.value.entries[0]?.body).toMatchObject({
      manual: true,
      passedOver: 2,
      overtaken: ['A001', 'A002'],
      why: { code: 'by-hand', reason: 'urgent', before: 'A001' },
    });
    morning.must(callTicket, { ...morning.seen(third), reason: 'urgent' }, MARI, at(4));
    expect([first, second, third].map((id) => morning.ticket(id).overtaken)).toEqual([1, 1, 0]);
    expect(morning.ticket(first)).toMatchObject({ clock: at(1), callBy: at(11) });
  });

  test('is refused where the head has switched it off; whoever is next may still be called', () => {
    const rules = { ...plan.rules, mayCallOutOfOrder: false };
    morning = new Morning({ ...plan, rules });
    morning.must(takeDesk, { deskId: DESK_1, takeOver: false }, MARI, at(0));
    const [first, second] = [take(1), take(2)];
    expect(call(second, 3)).toEqual({ ok: false, error: { code: 'order-only' } });
    expect(call(first, 3).ok).toBe(true);
  });
});

describe('finishing', () => {
  test('tells how the service ended; where the office insists, not without', () => {
    const strict = new Morning({ ...plan, rules: { ...plan.rules, resolutionRequired: true } });
    strict.must(takeDesk, { deskId: DESK_1, takeOver: false }, MARI, at(0));
    strict.must(issueTicket, { needId: PAPERS, language: 'et' }, KIOSK, at(1));
    const { ticketId } = strict.must(callNext, {}, MARI, at(2));
    expect(strict.try(finishService, strict.seen(ticketId), MARI, at(3))).toEqual({
      ok: false,
      error: { code: 'resolution-missing' },
    });
    const request = { ...strict.seen(ticketId), requestId: '' as never, resolution: 'advised' as const };
    const on = { actor: MARI, now: at(3), plan: strict.plan, freshId: '' };
    const decided = finishService(strict.book, request, on);
    expect(decided.ok && decided.value.entries.at(-1)).toMatchObject({
      kind: 'ticket.finished',
      body: { resolution: 'advised' },
    });
  });
});

describe('two numbers of one person', () => {
  test('become one with the better place of the two, whichever stays', () => {
    const first = take(1);
    const second = take(6);
    morning.must(mergeTicket, { ...morning.seen(first), into: second }, JUHAN, at(7));
    expect(morning.ticket(first).state).toMatchObject({ kind: 'closed', outcome: 'withdrawn' });
    expect(morning.ticket(second)).toMatchObject({ clock: at(1), callBy: at(11) });
  });

  test('and with the shorter promise', () => {
    const plain = take(1, 'pension.old_age' as NeedId);
    const priority = welcome(2, { standing: 'priority', classId: INFANT });
    morning.must(mergeTicket, { ...morning.seen(priority), into: plain }, JUHAN, at(7));
    expect(morning.ticket(plain)).toMatchObject({
      standing: 'priority',
      classId: INFANT,
      clock: at(1),
      callBy: at(11),
    });
  });
});

describe('helped without a ticket', () => {
  function told(answer: Parameters<typeof recordAnswer>[1]) {
    return recordAnswer(morning.book, answer, { actor: MARI, now: at(1), plan, freshId: '' });
  }
  const asked = { requestId: '' as never, language: 'ru' as const };

  test('a referral names who does it: the one the need names, or the one chosen', () => {
    const elsewhere = plan.needs.find((need) => need.elsewhere !== null);
    const byNeed = told({ ...asked, needId: elsewhere?.id ?? null, how: 'referred' });
    expect(byNeed.ok && byNeed.value.entries[0]?.body).toMatchObject({ to: elsewhere?.elsewhere });
    const organisationId = plan.organisations[0]?.id ?? null;
    const byHand = told({ ...asked, needId: null, how: 'referred', organisationId });
    expect(byHand.ok && byHand.value.entries[0]).toMatchObject({
      kind: 'visit.referred',
      body: { to: organisationId },
    });
  });

  test('to an institution the office does not know is refused', () => {
    const organisationId = 'nobody' as OrganisationId;
    expect(told({ ...asked, needId: null, how: 'referred', organisationId })).toEqual({
      ok: false,
      error: { code: 'unknown-organisation' },
    });
  });
});

test('a visitor is overtaken only by those whose clock began within the difference of the promises after it', () => {
  const arrival = fc.record({
    minute: fc.integer({ min: 0, max: 90 }),
    service: fc.constantFrom('info', 'pension', 'family'),
    standing: fc.constantFrom('walk-in', 'walk-in', 'priority', 'booked'),
  });
  fc.assert(
    fc.property(fc.array(arrival, { minLength: 2, maxLength: 30 }), (arrivals) => {
      morning = new Morning();
      morning.must(takeDesk, { deskId: DESK_1, takeOver: false }, MARI, at(0));
      for (const { minute, service, standing } of [...arrivals].sort((a, b) => a.minute - b.minute)) {
        welcome(minute, { serviceId: service as ServiceId, standing });
      }
      const waiting = new Map([...morning.book.open.entries()]);
      for (let minute = 100; waiting.size > 0; minute++) {
        const [staffed] = staffedDesks(morning.book, morning.plan);
        const next = staffed && nextInLine(morning.book, morning.plan, staffed, at(minute));
        const { ticketId } = morning.must(callNext, {}, MARI, at(minute));
        expect(next?.ticket.id).toBe(ticketId);
        const chosen = waiting.get(ticketId);
        if (!chosen) throw new Error('whoever is called was waiting');
        waiting.delete(ticketId);
        for (const passed of waiting.values()) {
          const difference = passed.callBy - passed.clock - (chosen.callBy - chosen.clock);
          expect(chosen.clock - passed.clock).toBeLessThanOrEqual(difference);
        }
        morning.must(finishService, morning.seen(ticketId), MARI, at(minute));
      }
    }),
    { numRuns: 100 },
  );
});
