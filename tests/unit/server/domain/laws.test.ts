import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callNext, recallTicket } from '../../../../server/commands/calling.ts';
import { leaveDesk, takeDesk } from '../../../../server/commands/desks.ts';
import { issueTicket } from '../../../../server/commands/issue-ticket.ts';
import { closeDay, endParkings } from '../../../../server/commands/office-day.ts';
import {
  finishService,
  noShow,
  parkTicket,
  returnTicket,
  withdrawTicket,
} from '../../../../server/commands/serving.ts';
import { transferTicket } from '../../../../server/commands/transfer-ticket.ts';
import { undoAct } from '../../../../server/commands/undo-act.ts';
import type { DeskId, EpochMs, NeedId, ServiceId, StaffId, TicketId } from '../../../../server/domain/ids.ts';
import { byPlace, inOrder, lineLength } from '../../../../server/domain/line.ts';
import { numberText } from '../../../../server/domain/number.ts';
import { waitingInOrder } from '../../../../server/domain/queue.ts';
import { at, JUHAN, KIOSK, MARI, Morning } from '../../../support/books.ts';

const NEEDS = ['papers.submit', 'pension.old_age', 'family.birth', 'victim.talk', 'international.a1'] as NeedId[];
const DESKS = ['lett-1', 'laud-2'] as DeskId[];
const SERVICES = ['info', 'pension', 'family'] as ServiceId[];

type Act =
  | { readonly do: 'issue'; readonly need: number }
  | { readonly do: 'take' | 'leave' | 'call' | 'undo'; readonly who: number; readonly desk: number }
  | {
      readonly do: 'recall' | 'finish' | 'no-show' | 'park' | 'return' | 'withdraw' | 'transfer';
      readonly who: number;
      readonly which: number;
    }
  | { readonly do: 'wait'; readonly minutes: number }
  | { readonly do: 'end-parkings' | 'close-day' };

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('issue' as const), need: fc.nat(NEEDS.length - 1) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('take', 'leave', 'call', 'call', 'call', 'undo'),
      who: fc.nat(1),
      desk: fc.nat(1),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom('recall', 'finish', 'finish', 'no-show', 'park', 'return', 'withdraw', 'transfer'),
      who: fc.nat(1),
      which: fc.nat(20),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 16 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('end-parkings', 'close-day') }) },
);

/** Does what may be done; refusals are part of life. */
function live(morning: Morning, acts: readonly Act[], after: (now: EpochMs) => void): void {
  const staff: readonly StaffId[] = [MARI, JUHAN];
  let minute = 0;
  for (const one of acts) {
    const now = at(minute);
    const who = 'who' in one ? (staff[one.who] ?? MARI) : MARI;
    const all: readonly TicketId[] = [...morning.book.open.keys(), ...morning.book.closed.keys()];
    const seen = 'which' in one && all.length > 0 ? morning.seen(all[one.which % all.length] as TicketId) : null;
    if (one.do === 'wait') minute += one.minutes;
    else if (one.do === 'issue')
      morning.try(issueTicket, { needId: NEEDS[one.need] as NeedId, language: 'et' }, KIOSK, now);
    else if (one.do === 'take')
      morning.try(takeDesk, { deskId: DESKS[one.desk] as DeskId, takeOver: one.who === 1 }, who, now);
    else if (one.do === 'leave') morning.try(leaveDesk, {}, who, now);
    else if (one.do === 'call') morning.try(callNext, {}, who, now);
    else if (one.do === 'undo') morning.try(undoAct, {}, who, now);
    else if (one.do === 'end-parkings') morning.try(endParkings, {}, 'system', now);
    else if (one.do === 'close-day') morning.try(closeDay, {}, 'system', now);
    else if (seen) actOn(morning, one.do, seen, who, now);
    after(now);
  }
}

function actOn(morning: Morning, verb: string, seen: ReturnType<Morning['seen']>, who: StaffId, now: EpochMs): void {
  if (verb === 'recall') morning.try(recallTicket, seen, who, now);
  if (verb === 'finish') morning.try(finishService, seen, who, now);
  if (verb === 'no-show') morning.try(noShow, seen, who, now);
  if (verb === 'park') morning.try(parkTicket, { ...seen, reason: 'form', minutes: 10 }, who, now);
  if (verb === 'return') morning.try(returnTicket, seen, who, now);
  if (verb === 'withdraw') morning.try(withdrawTicket, seen, who, now);
  if (verb === 'transfer') {
    const serviceId = SERVICES[seen.version % SERVICES.length] as ServiceId;
    morning.try(transferTicket, { ...seen, to: { kind: 'service', serviceId }, note: null }, who, now);
  }
}

describe('whatever happens in a morning', () => {
  test('no ticket is ever lost, in two states or at two desks, and no number is given twice', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 80 }), (acts) => {
        const morning = new Morning();
        live(morning, acts, () => {
          const { book } = morning;
          const open = [...book.open.values()];
          const closed = [...book.closed.values()];
          expect(open.length + closed.length).toBe(book.issued);
          expect(new Set([...open, ...closed].map(({ number }) => number)).size).toBe(book.issued);
          for (const ticket of open) expect(ticket.state.kind).not.toBe('closed');
          for (const ticket of closed) expect(ticket.state.kind).toBe('closed');

          const waiting = open.filter(({ state }) => state.kind === 'waiting').map(({ id }) => id);
          const inLines = [...book.lines.values()].flatMap((line) => [...inOrder(line)].map(({ id }) => id));
          expect([...inLines].sort()).toEqual([...waiting].sort());
          expect([...book.lines.values()].every((line) => lineLength(line) > 0)).toBe(true);

          const atDesks = [...book.desks.values()].flatMap(({ id, ticketId }) =>
            ticketId === null ? [] : [[id, ticketId]],
          );
          expect(new Set(atDesks.map(([, ticketId]) => ticketId)).size).toBe(atDesks.length);
          const busy = open.flatMap(({ id, state }) =>
            state.kind === 'called' || state.kind === 'serving' ? [[state.deskId, id]] : [],
          );
          expect([...atDesks].sort()).toEqual([...busy].sort());
        });
      }),
      { numRuns: 300 },
    );
  });

  test('the order of two waiting visitors never changes while they wait', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const morning = new Morning();
        let before: readonly { readonly id: TicketId; readonly version: number }[] = [];
        live(morning, acts, () => {
          const now = waitingInOrder(morning.book, 1_000);
          const unchanged = (list: typeof before, other: typeof before): readonly TicketId[] =>
            list
              .filter(({ id, version }) => other.some((one) => one.id === id && one.version === version))
              .map(({ id }) => id);
          expect(unchanged(now, before)).toEqual(unchanged(before, now));
          before = now;
        });
      }),
      { numRuns: 200 },
    );
  });

  test('nobody starves: whoever is called has the earliest promised time that the desk can serve', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const morning = new Morning();
        morning.must(takeDesk, { deskId: 'lett-1' as DeskId, takeOver: false }, MARI, at(0));
        live(morning, acts, (now) => {
          const before = morning.book;
          const waiting = waitingInOrder(before, 1_000);
          const called = morning.try(callNext, {}, MARI, now);
          if (!called.ok) return;
          const chosen = before.open.get(called.value.ticketId);
          if (!chosen) throw new Error('the called ticket was open');
          // Mari can serve everything, so nobody who waits stands before the one she calls
          for (const other of waiting.filter(
            ({ state }) => state.kind === 'waiting' && !state.queueId.startsWith('desk/'),
          )) {
            expect(byPlace(chosen, other)).toBeLessThanOrEqual(0);
          }
        });
      }),
      { numRuns: 200 },
    );
  });

  test('the same requests make the same book: a rule rolls no dice', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const numbers = [0, 1].map(() => {
          const morning = new Morning();
          live(morning, acts, () => undefined);
          return [...morning.book.open.values(), ...morning.book.closed.values()]
            .map(({ number, state, callBy }) => `${number} ${state.kind} ${callBy}`)
            .sort();
        });
        expect(numbers[0]).toEqual(numbers[1]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a number', () => {
  test('is a letter and at least three digits; after 999 it goes on with four', () => {
    expect([1, 42, 999, 1000, 1042].map((count) => numberText('A', count))).toEqual([
      'A001',
      'A042',
      'A999',
      'A1000',
      'A1042',
    ]);
  });

  test('a discreet need shares letter and series with the information desk', () => {
    const morning = new Morning();
    const numbers = ['papers.submit', 'victim.talk', 'unsure', 'private'].map(
      (needId) => morning.must(issueTicket, { needId: needId as NeedId, language: 'et' }, KIOSK, at(0)).number,
    );
    expect(numbers).toEqual(['A001', 'A002', 'A003', 'A004']);
  });
});
