import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayBoard } from '../../../../server/boards/display-board.ts';
import { kioskBoard, sharedKioskBoard } from '../../../../server/boards/kiosk-board.ts';
import { phoneBoard } from '../../../../server/boards/phone-board.ts';
import { takeDesk } from '../../../../server/commands/desks.ts';
import { callNext } from '../../../../server/commands/calling.ts';
import { issueTicketFor } from '../../../../server/commands/issue-ticket.ts';
import { demonstrationPlan, demonstrationStaff } from '../../../../server/content/demonstration.ts';
import { apply, emptyBook, type Book } from '../../../../server/domain/book.ts';
import type { Asked, Command } from '../../../../server/domain/change.ts';
import { USUAL_HALL, USUAL_PANEL } from '../../../../server/domain/hall.ts';
import type { DeskId, DeviceId, EpochMs, RequestId, StaffId } from '../../../../server/domain/ids.ts';
import type { Plan } from '../../../../server/domain/plan.ts';

const HALL = { hall: USUAL_HALL, repeats: new Map<number, number>(), soundTests: 0 };

const NOW = Date.parse('2026-11-24T08:00:00Z') as EpochMs;
const plan: Plan = { ...demonstrationPlan(), version: 1, specialists: demonstrationStaff() };
const CANARY = 'MARY ÄNN O’CONNEŽ-ŠUSLIK TESTNUMBER';

/** Words that must not reach a public board: every need, every service name that is not public, every colleague, the note. */
const SECRETS = [
  CANARY,
  ...plan.needs.flatMap(({ id, names }) => [id, ...Object.values(names)]),
  ...plan.services.filter(({ privacy }) => privacy !== 'ordinary').flatMap(({ names }) => Object.values(names)),
  ...plan.specialists.map(({ name }) => name),
].filter((text) => text.length > 6);

let requests = 0;

function carriedOut<R extends Asked, T>(
  book: Book,
  command: Command<R, T>,
  request: Omit<R, 'requestId'>,
  actor: StaffId,
): Book {
  requests += 1;
  const requestId = `00000000-0000-4000-8000-${String(requests).padStart(12, '0')}` as RequestId;
  const decided = command(book, { ...request, requestId } as R, { actor, now: NOW, plan, freshId: requestId });
  return decided.ok ? apply(book, requestId, { actor, event: 'test' }, decided.value, NOW) : book;
}

const visit = fc.record({
  need: fc.constantFrom(...plan.needs.filter(({ kind }) => kind !== 'topic')),
  language: fc.constantFrom('et', 'en', 'ru'),
  standing: fc.constantFrom('walk-in', 'priority'),
  assistance: fc.subarray(['visual-only', 'fetch', 'more-time', 'quiet'] as const),
});

describe('public boards', () => {
  test('carry no need, no name, no note and no sensitive service, whoever waits and whoever is called', () => {
    fc.assert(
      fc.property(fc.array(visit, { minLength: 1, maxLength: 12 }), (visits) => {
        const [head] = demonstrationStaff();
        if (!head) throw new Error('the demonstration office has a head');
        let book = carriedOut(
          emptyBook('2026-11-24', NOW),
          takeDesk,
          { deskId: 'lett-1' as DeskId, takeOver: false },
          head.id,
        );
        for (const { need, language, standing, assistance } of visits) {
          const found = {
            needId: need.id,
            serviceId: need.serviceId,
            language,
            standing,
            assistance,
            further: [],
            note: CANARY,
            print: false,
          };
          book = carriedOut(book, issueTicketFor, found, head.id);
        }
        book = carriedOut(book, callNext, {}, head.id);
        expect(book.recentCalls).toHaveLength(1);
        const moment = { book, plan, now: NOW, bootId: 'boot' };
        const shared = sharedKioskBoard(moment, 'ok', true);
        const display = JSON.stringify(displayBoard(moment, HALL, USUAL_PANEL));
        const kiosk = JSON.stringify(kioskBoard(shared, book, 'kiosk-1' as DeviceId));
        for (const secret of SECRETS) expect(display).not.toContain(secret);
        for (const ticket of book.open.values()) {
          const { bring, ...board } = phoneBoard(moment, ticket, USUAL_HALL);
          for (const secret of SECRETS) expect(JSON.stringify(board)).not.toContain(secret);
          // What to bring tells what one came for.
          if (board.guarded) expect(bring).toEqual([]);
          expect(board.guarded).toBe(plan.services.find(({ id }) => id === ticket.serviceId)?.privacy !== 'ordinary');
        }
        expect(kiosk).not.toContain(CANARY);
        for (const { name } of plan.specialists) expect(kiosk).not.toContain(name);
        expect(display + kiosk).not.toMatch(/visual-only|more-time|"quiet"|standing/);
      }),
      { numRuns: 50 },
    );
  });

  test('a call that must not be spoken says so, and not why', () => {
    const [head] = demonstrationStaff();
    if (!head) throw new Error('the demonstration office has a head');
    let book = carriedOut(
      emptyBook('2026-11-24', NOW),
      takeDesk,
      { deskId: 'lett-1' as DeskId, takeOver: false },
      head.id,
    );
    const [service] = plan.services;
    if (!service) throw new Error('the demonstration office has services');
    const found = {
      needId: null,
      serviceId: service.id,
      language: 'ru',
      standing: 'walk-in',
      further: [],
      note: '',
      print: false,
    } as const;
    book = carriedOut(book, issueTicketFor, { ...found, assistance: ['fetch'] }, head.id);
    book = carriedOut(book, callNext, {}, head.id);
    const [call] = displayBoard({ book, plan, now: NOW, bootId: 'boot' }, HALL, USUAL_PANEL).calls;
    expect(call?.manner).toBe('fetched');
    expect(Object.keys(call ?? {}).sort()).toEqual([
      'at',
      'current',
      'language',
      'long',
      'manner',
      'number',
      'order',
      'place',
      'repeats',
      'times',
    ]);
  });
});
