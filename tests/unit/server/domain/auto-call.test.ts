import { beforeEach, describe, expect, test } from 'vitest';
import { callByItself, callNext } from '../../../../server/commands/calling.ts';
import { pauseDesk, resumeDesk, takeDesk } from '../../../../server/commands/desks.ts';
import { issueTicket } from '../../../../server/commands/issue-ticket.ts';
import { finishService } from '../../../../server/commands/serving.ts';
import { transferTicket } from '../../../../server/commands/transfer-ticket.ts';
import { undoAct } from '../../../../server/commands/undo-act.ts';
import { dueAutoCall } from '../../../../server/domain/auto-call.ts';
import type { NeedId, ServiceId, StaffId, TicketId } from '../../../../server/domain/ids.ts';
import { at, aPlan, DESK_1, DESK_2, JUHAN, KIOSK, MARI, Morning } from '../../../support/books.ts';

const plan = aPlan();
const AUTO = aPlan({ rules: { ...plan.rules, autoCallOnFinish: true, autoCallAfterMs: 10_000 } });

let morning: Morning;

beforeEach(() => {
  morning = new Morning(AUTO);
  morning.must(takeDesk, { deskId: DESK_1, takeOver: false }, MARI, at(0));
  morning.must(takeDesk, { deskId: DESK_2, takeOver: false }, JUHAN, at(0));
});

function take(minute: number, needId = 'papers.submit'): TicketId {
  return morning.must(issueTicket, { needId: needId as NeedId, language: 'et' }, KIOSK, at(minute)).ticketId;
}

function serve(who: StaffId, from: number, until: number): TicketId {
  const { ticketId } = morning.must(callNext, {}, who, at(from));
  morning.must(finishService, morning.seen(ticketId), who, at(until));
  return ticketId;
}

/** The desk for which the office would call at this minute. */
function due(minute: number): string | undefined {
  return dueAutoCall(morning.book, morning.plan, at(minute))?.staffed.desk.id;
}

describe('where the office calls by itself', () => {
  test('a desk that has finished gets the next visitor after the pause, not before', () => {
    take(0);
    const second = take(0);
    serve(MARI, 1, 5);
    expect(due(5)).toBeUndefined();
    expect(due(5.2)).toBe(DESK_1);
    const { ticketId, deskId } = morning.must(callByItself, {}, 'system', at(5.2));
    expect([ticketId, deskId]).toEqual([second, DESK_1]);
    expect(morning.ticket(second).state).toMatchObject({ kind: 'called', deskId: DESK_1 });
    expect(due(6)).toBeUndefined();
  });

  test('several desks are free: the one free longest calls first', () => {
    take(0);
    take(0);
    serve(JUHAN, 1, 4);
    serve(MARI, 1, 5);
    expect(due(6)).toBeUndefined();
    take(6);
    expect(due(6)).toBe(DESK_2);
    morning.must(callByItself, {}, 'system', at(6));
    take(6);
    expect(due(6)).toBe(DESK_1);
  });

  test('a desk free longer that cannot serve the visitor is passed', () => {
    take(0);
    take(0);
    serve(JUHAN, 1, 4);
    serve(MARI, 1, 5);
    const pension = ['pension'] as ServiceId[];
    const specialists = AUTO.specialists.map((one) => (one.id === JUHAN ? { ...one, services: pension } : one));
    take(6);
    expect(dueAutoCall(morning.book, { ...AUTO, specialists }, at(6))?.staffed.desk.id).toBe(DESK_1);
  });

  test('whoever sits down or comes back from a pause begins by pressing', () => {
    take(0);
    take(0);
    expect(due(1)).toBeUndefined();
    serve(MARI, 1, 2);
    morning.must(pauseDesk, { reason: 'break', minutes: null }, MARI, at(2));
    expect(due(3)).toBeUndefined();
    morning.must(resumeDesk, {}, MARI, at(4));
    expect(due(5)).toBeUndefined();
  });

  test('an act can still be taken back before the next call', () => {
    take(0);
    take(0);
    const first = serve(MARI, 1, 2);
    morning.must(undoAct, {}, MARI, at(2.1));
    expect(morning.ticket(first).state.kind).toBe('serving');
    expect(due(3)).toBeUndefined();
  });

  test('sending a visitor on frees the desk too', () => {
    const first = take(0);
    take(0);
    morning.must(callNext, {}, MARI, at(1));
    const to = { kind: 'service' as const, serviceId: 'pension' as ServiceId };
    morning.must(transferTicket, { ...morning.seen(first), to, note: null }, MARI, at(2));
    expect(due(3)).toBe(DESK_1);
  });

  test('where it does not, nobody is called by itself', () => {
    const quiet = new Morning(plan);
    quiet.must(takeDesk, { deskId: DESK_1, takeOver: false }, MARI, at(0));
    quiet.must(issueTicket, { needId: 'papers.submit' as NeedId, language: 'et' }, KIOSK, at(0));
    const { ticketId } = quiet.must(callNext, {}, MARI, at(1));
    quiet.must(issueTicket, { needId: 'papers.submit' as NeedId, language: 'et' }, KIOSK, at(1));
    quiet.must(finishService, quiet.seen(ticketId), MARI, at(2));
    expect(quiet.try(callByItself, {}, 'system', at(9))).toEqual({ ok: false, error: { code: 'queue-empty' } });
  });
});
