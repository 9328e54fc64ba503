import { beforeEach, describe, expect, test } from 'vitest';
import { callNext } from '../../../../server/commands/calling.ts';
import { takeDesk } from '../../../../server/commands/desks.ts';
import { issueTicket } from '../../../../server/commands/issue-ticket.ts';
import { repairDesk } from '../../../../server/commands/repair-desk.ts';
import { withTicket } from '../../../../server/domain/book.ts';
import type { NeedId, TicketId } from '../../../../server/domain/ids.ts';
import { irregularities } from '../../../../server/domain/irregularity.ts';
import { at, DESK_1, JUHAN, KIOSK, MARI, Morning } from '../../../support/books.ts';

let morning: Morning;
let here: TicketId;
let other: TicketId;

beforeEach(() => {
  morning = new Morning();
  morning.must(takeDesk, { deskId: DESK_1, takeOver: false }, MARI, at(0));
  const tap = { needId: 'papers.submit' as NeedId, language: 'et' as const };
  here = morning.must(issueTicket, tap, KIOSK, at(0)).ticketId;
  other = morning.must(issueTicket, tap, KIOSK, at(1)).ticketId;
  morning.must(callNext, {}, MARI, at(2));
});

/** As a damaged file would have it: two visitors at one desk, which knows of one. */
function twoAtOneDesk(): void {
  const state = { kind: 'serving', deskId: DESK_1, since: at(2) } as const;
  morning.book = withTicket(morning.book, { ...morning.ticket(other), version: 9, state });
}

describe('one desk has one visitor, and both say so', () => {
  test('in an office in order there is nothing to repair', () => {
    expect(irregularities(morning.book)).toEqual([]);
    expect(morning.try(repairDesk, { deskId: DESK_1, ticketId: here, how: 'gone' }, JUHAN, at(3))).toEqual({
      ok: false,
      error: { code: 'nothing-to-repair' },
    });
  });

  test('a second visitor at a desk is found; sent back, they wait with their place kept', () => {
    twoAtOneDesk();
    const { clock, callBy } = morning.ticket(other);
    expect(irregularities(morning.book)).toMatchObject([{ kind: 'astray', deskId: DESK_1, ticketId: other }]);
    morning.must(repairDesk, { deskId: DESK_1, ticketId: other, how: 'waits-again' }, JUHAN, at(3));
    expect(morning.ticket(other)).toMatchObject({ clock, callBy, state: { kind: 'waiting' } });
    expect(morning.ticket(here).state.kind).toBe('called');
    expect(irregularities(morning.book)).toEqual([]);
  });

  test.each([
    ['served', 'served'],
    ['gone', 'withdrawn'],
  ] as const)('or is closed as whoever looked says: %s', (how, outcome) => {
    twoAtOneDesk();
    morning.must(repairDesk, { deskId: DESK_1, ticketId: other, how }, JUHAN, at(3));
    expect(morning.ticket(other).state).toMatchObject({ kind: 'closed', outcome });
    expect(irregularities(morning.book)).toEqual([]);
  });

  test('a desk that believes to have a visitor who is not there is free again', () => {
    const state = { kind: 'closed', since: at(2), outcome: 'withdrawn' } as const;
    morning.book = withTicket(morning.book, { ...morning.ticket(here), version: 9, state });
    expect(irregularities(morning.book)).toMatchObject([{ kind: 'phantom', deskId: DESK_1, ticketId: here }]);
    morning.must(repairDesk, { deskId: DESK_1, ticketId: here, how: 'gone' }, JUHAN, at(3));
    expect(irregularities(morning.book)).toEqual([]);
    expect(morning.must(callNext, {}, MARI, at(4)).ticketId).toBe(other);
  });
});
