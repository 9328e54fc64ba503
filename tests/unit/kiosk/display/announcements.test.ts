import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  begun,
  ended,
  heard,
  interrupted,
  SILENCE,
  type Announcements,
} from '../../../../kiosk/src/lib/display/announcements.ts';
import type { CallView } from '../../../../server/contract/boards.ts';
import type { DeskId, EpochMs, TicketNumber } from '../../../../server/domain/ids.ts';

function call(order: number, changes: Partial<CallView> = {}): CallView {
  return {
    order,
    number: `A${String(order).padStart(3, '0')}` as TicketNumber,
    place: { deskId: 'laud-3' as DeskId, kind: 'desk', number: '3' },
    language: 'et',
    at: (order * 1000) as EpochMs,
    times: 1,
    manner: 'spoken',
    long: false,
    current: true,
    repeats: 0,
    ...changes,
  };
}

/** A display that has seen its first board. */
const listening = heard(SILENCE, [call(7), call(6)], true);

/** Announces all that waits, one after the other. */
function toldAll(before: Announcements): readonly number[] {
  const started = begun(before);
  return started.current ? [started.current.order, ...toldAll(ended(started))] : [];
}

describe('the hall', () => {
  test('is not told old calls when the display is switched on', () => {
    expect(toldAll(listening)).toEqual([]);
  });

  test('hears five calls of one second one after the other, the oldest first', () => {
    const board = [12, 11, 10, 9, 8, 7].map((order) => call(order));
    expect(toldAll(heard(listening, board, false))).toEqual([8, 9, 10, 11, 12]);
  });

  test('hears a second call of the same visitor again', () => {
    const once = heard(listening, [call(8, { number: 'K042' as TicketNumber })], false);
    const again = heard(once, [call(9, { number: 'K042' as TicketNumber, times: 2 })], false);
    expect(toldAll(again)).toEqual([8, 9]);
  });

  test('hears a call again that staff had repeated, as often as they did', () => {
    const again = heard(listening, [call(7, { repeats: 1 }), call(6)], false);
    expect(toldAll(again)).toEqual([7]);
    expect(toldAll(heard(ended(begun(again)), [call(7, { repeats: 1 }), call(6)], false))).toEqual([]);
    expect(toldAll(heard(ended(begun(again)), [call(7, { repeats: 2 }), call(6)], false))).toEqual([7]);
  });

  test('hears no repeat of a visitor who has come meanwhile, nor one from before it was switched on', () => {
    expect(toldAll(heard(listening, [call(7, { repeats: 1, current: false })], false))).toEqual([]);
    expect(toldAll(heard(SILENCE, [call(7, { repeats: 3 })], true))).toEqual([]);
  });

  test('hears repeats of a server that has started anew', () => {
    const before = heard(listening, [call(7, { repeats: 2 })], false);
    const anew = heard(ended(begun(before)), [call(7)], true);
    expect(toldAll(heard(anew, [call(7, { repeats: 1 })], false))).toEqual([7]);
  });

  test('keeps the plate for the call being announced while others come', () => {
    const first = begun(heard(listening, [call(8)], false));
    const second = begun(heard(first, [call(9), call(8)], false));
    expect(second.current?.order).toBe(8);
    expect(toldAll(ended(second))).toEqual([9]);
  });

  test('hears all calls made while the line stood, even of visitors who came at once', () => {
    expect(toldAll(heard(listening, [call(8, { current: false })], false))).toEqual([8]);
  });

  test('hears after a gap only of those who are still awaited', () => {
    const gap = interrupted(listening);
    expect(toldAll(heard(gap, [call(10), call(9, { current: false }), call(8)], true))).toEqual([8, 10]);
  });

  test('hears an announcement that was cut off again, from its beginning', () => {
    const cut = interrupted(begun(heard(listening, [call(9), call(8)], false)));
    expect(cut.current).toBeNull();
    expect(toldAll(heard(cut, [call(9), call(8)], true))).toEqual([8, 9]);
  });

  test('hears a repeat that was cut off again, and not the calls that were told before it', () => {
    const told = ended(begun(ended(begun(heard(listening, [call(9), call(8), call(7)], false)))));
    const board = [call(9), call(8), call(7, { repeats: 1 })];
    const cut = interrupted(begun(heard(told, board, false)));
    expect(toldAll(heard(interrupted(cut), board, true))).toEqual([7]);
  });

  test('hears no call that was taken back before its turn', () => {
    const speaking = begun(heard(listening, [call(9), call(8), call(7)], false));
    expect(toldAll(ended(heard(speaking, [call(8), call(7)], false)))).toEqual([]);
    const again = begun(heard(listening, [call(9), call(8), call(7)], false));
    const takenBack = heard(again, [call(8), call(7), call(6, { number: call(9).number })], false);
    expect(toldAll(ended(takenBack))).toEqual([]);
  });

  test('hears a call made again before its turn twice, and all calls that no longer fit a board', () => {
    const speaking = begun(heard(listening, [call(9), call(8), call(7)], false));
    const recalled = heard(speaking, [call(10, { number: call(9).number }), call(8), call(7)], false);
    expect(toldAll(ended(recalled))).toEqual([9, 10]);
    expect(toldAll(ended(heard(speaking, [call(12), call(11), call(10)], false)))).toEqual([9, 10, 11, 12]);
  });

  test('goes on hearing calls of an office that counts from the beginning again', () => {
    const anew = heard(listening, [call(2, { at: 9_000 as EpochMs }), call(1, { at: 6_500 as EpochMs })], true);
    expect(toldAll(anew)).toEqual([2]);
    expect(toldAll(heard(ended(begun(anew)), [call(3, { at: 9_500 as EpochMs })], false))).toEqual([3]);
  });
});

test('whatever happens on the line, every awaited call is announced completely exactly once, in order', () => {
  const happening = fc.array(fc.constantFrom('call', 'board', 'cut', 'done'), { maxLength: 60 });
  fc.assert(
    fc.property(happening, (events) => {
      let hall = listening;
      let made: readonly CallView[] = [call(7)];
      let gap = false;
      const told: number[] = [];
      const finish = (): void => {
        hall = begun(hall);
        if (hall.current) told.push(hall.current.order);
        hall = ended(hall);
      };
      for (const event of [...events, 'board']) {
        if (event === 'call') made = [call(made.length + 7), ...made];
        if (event === 'done' && !gap) finish();
        if (event === 'cut') {
          hall = interrupted(begun(hall));
          gap = true;
        }
        if (event === 'board') {
          hall = heard(hall, made, gap);
          gap = false;
        }
      }
      while (begun(hall).current) finish();
      expect(told).toEqual(
        made
          .slice(0, -1)
          .map(({ order }) => order)
          .toReversed(),
      );
    }),
    { numRuns: 500 },
  );
});
