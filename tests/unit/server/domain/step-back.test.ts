import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stepBack } from '../../../../server/commands/phone-acts.ts';
import { callNext } from '../../../../server/commands/calling.ts';
import { takeDesk } from '../../../../server/commands/desks.ts';
import { issueTicket } from '../../../../server/commands/issue-ticket.ts';
import type { Actor, DeskId, EpochMs, NeedId, TicketId } from '../../../../server/domain/ids.ts';
import { byPlace, lineWith, lineWithout, nextAfter, type Line, type Place } from '../../../../server/domain/line.ts';
import { waitingInOrder } from '../../../../server/domain/queue.ts';
import { stepBehind } from '../../../../server/domain/step-back.ts';
import { issue, type Ticket } from '../../../../server/domain/ticket.ts';
import { at, KIOSK, MARI, Morning } from '../../../support/books.ts';

const AT_MOST = 2;

function aTicket(order: number, clock: number, promise: number): Ticket {
  return issue({
    ...{ id: `t${order}` as TicketId, number: `A${order}` as Ticket['number'], serviceId: 'info', queueId: 'info' },
    ...{ needId: null, language: 'et', interpreter: false, standing: 'walk-in', assistance: [], further: [], note: '' },
    ...{ order, day: '2026-11-24', at: clock as EpochMs, clock: clock as EpochMs, promiseMs: promise },
  } as unknown as Parameters<typeof issue>[0]);
}

/** Clocks and promises so small that many stand at the same millisecond. */
const waiting = fc
  .array(fc.record({ clock: fc.nat(6), promise: fc.constantFrom(2, 5, 9) }), { minLength: 1, maxLength: 12 })
  .map((all) => all.map(({ clock, promise }, i) => aTicket(i + 1, clock, promise)));

function orderOf(tickets: readonly Ticket[]): readonly Ticket[] {
  return [...tickets].sort(byPlace);
}

function nextOf(tickets: readonly Ticket[], who: Place): Place | null {
  return nextAfter(tickets.reduce<Line>(lineWith, null), who);
}

describe('stepping back', () => {
  test('lets exactly the next one go first, and who stands within a millisecond of them', () => {
    fc.assert(
      fc.property(waiting, fc.nat(11), (tickets, which) => {
        const who = orderOf(tickets)[which % tickets.length] as Ticket;
        const next = nextOf(tickets, who);
        const result = stepBehind(who, next, AT_MOST);
        if (next === null) {
          expect(result).toEqual({ ok: false, error: { code: 'nobody-behind' } });
          return;
        }
        if (!result.ok) throw new Error(result.error.code);
        const after = result.value;
        const others = tickets.filter(({ id }) => id !== who.id);
        const passed = others.filter((other) => byPlace(other, who) > 0 && byPlace(other, after) < 0);
        expect(passed.map(({ id }) => id)).toContain(next.id);
        for (const { callBy } of passed) expect(callBy - next.callBy).toBeLessThanOrEqual(1);
        // nobody falls back because of it
        expect(others.filter((other) => byPlace(other, who) < 0 && byPlace(other, after) > 0)).toEqual([]);
      }),
    );
  });

  test('keeps the promise as long as it was, and no place ever moves forward', () => {
    fc.assert(
      fc.property(waiting, fc.nat(11), (tickets, which) => {
        const who = orderOf(tickets)[which % tickets.length] as Ticket;
        const result = stepBehind(who, nextOf(tickets, who), AT_MOST);
        if (!result.ok) return;
        const { clock, callBy } = result.value;
        expect(callBy - clock).toBe(who.callBy - who.clock);
        expect(byPlace(result.value, who)).toBeGreaterThan(0);
      }),
    );
  });

  test('is granted as often as the office says, whatever is tried in between', () => {
    fc.assert(
      fc.property(waiting, fc.nat(3), fc.array(fc.nat(11), { maxLength: 30 }), (tickets, atMost, tries) => {
        let line = tickets;
        for (const which of tries) {
          const who = line[which % line.length] as Ticket;
          const result = stepBehind(who, nextOf(line, who), atMost);
          if (result.ok) line = line.map((one) => (one.id === who.id ? result.value : one));
        }
        for (const { steppedBack = 0 } of line) expect(steppedBack).toBeLessThanOrEqual(atMost);
      }),
    );
  });

  test('between visitors who did not ask, the order stays what it was', () => {
    fc.assert(
      fc.property(waiting, fc.array(fc.nat(11), { maxLength: 6 }), (tickets, tries) => {
        let line = tickets;
        for (const which of tries) {
          const who = line[which % line.length] as Ticket;
          const result = stepBehind(who, nextOf(line, who), AT_MOST);
          if (result.ok) line = line.map((one) => (one.id === who.id ? result.value : one));
        }
        const still = line.filter(({ steppedBack }) => steppedBack === undefined).map(({ id }) => id);
        const ids = (all: readonly Ticket[]) => orderOf(all).flatMap(({ id }) => (still.includes(id) ? [id] : []));
        expect(ids(line)).toEqual(ids(tickets));
      }),
    );
  });
});

test('the next after a place is the first that is called after it', () => {
  fc.assert(
    fc.property(waiting, fc.nat(11), (tickets, which) => {
      const line = tickets.reduce<Line>(lineWith, null);
      const who = tickets[which % tickets.length] as Ticket;
      const sorted = orderOf(tickets);
      expect(nextAfter(line, who)?.id).toBe(sorted[sorted.findIndex(({ id }) => id === who.id) + 1]?.id);
      // also of somebody who is not in the line
      expect(nextAfter(lineWithout(line, who), who)?.id).toBe(nextAfter(line, who)?.id);
    }),
  );
});

describe('a visitor who needs more time', () => {
  const need = 'papers.submit' as NeedId;
  const ask = (morning: Morning, ticketId: TicketId, minute: number) =>
    morning.try(stepBack, { ticketId, atMost: AT_MOST }, ticketId as string as Actor, at(minute));

  test('stands behind the next one, and is called after them', () => {
    const morning = new Morning();
    const [first, second, third] = [0, 1, 2].map(
      (minute) => morning.must(issueTicket, { needId: need, language: 'et' }, KIOSK, at(minute)).ticketId,
    ) as [TicketId, TicketId, TicketId];
    expect(ask(morning, first, 3).ok).toBe(true);
    expect(waitingInOrder(morning.book, 9).map(({ id }) => id)).toEqual([second, first, third]);
    morning.must(takeDesk, { deskId: 'lett-1' as DeskId, takeOver: false }, MARI, at(4));
    expect(morning.must(callNext, {}, MARI, at(4)).ticketId).toBe(second);
  });

  test('cannot step behind nobody, nor after being called', () => {
    const morning = new Morning();
    const { ticketId } = morning.must(issueTicket, { needId: need, language: 'et' }, KIOSK, at(0));
    expect(ask(morning, ticketId, 1)).toEqual({ ok: false, error: { code: 'nobody-behind' } });
    morning.must(issueTicket, { needId: need, language: 'et' }, KIOSK, at(1));
    morning.must(takeDesk, { deskId: 'lett-1' as DeskId, takeOver: false }, MARI, at(2));
    morning.must(callNext, {}, MARI, at(2));
    expect(ask(morning, ticketId, 3)).toEqual({ ok: false, error: { code: 'wrong-state', is: 'called' } });
  });
});
