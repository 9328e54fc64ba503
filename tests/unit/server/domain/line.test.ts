import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EpochMs, TicketId } from '../../../../server/domain/ids.ts';
import {
  ahead,
  byPlace,
  inOrder,
  lineLength,
  lineWith,
  lineWithout,
  type Line,
  type Place,
} from '../../../../server/domain/line.ts';

const place = fc.record({
  id: fc.uuid().map((id) => id as TicketId),
  callBy: fc.integer({ min: 0, max: 30 }).map((minute) => minute as EpochMs),
  clock: fc.integer({ min: 0, max: 30 }).map((minute) => minute as EpochMs),
  order: fc.integer({ min: 0, max: 1000 }),
});

function lineOf(places: readonly Place[]): Line {
  return places.reduce<Line>(lineWith, null);
}

/** The longest way from the front of the tree to a leaf. */
function depth(line: Line): number {
  return line ? 1 + Math.max(depth(line.left), depth(line.right)) : 0;
}

describe('a line', () => {
  test('stands in promised-time order, whoever joins and leaves', () => {
    fc.assert(
      fc.property(fc.uniqueArray(place, { selector: ({ id }) => id }), fc.nat(), (places, many) => {
        const gone = places.slice(0, many % (places.length + 1));
        const left = gone.reduce<Line>(lineWithout, lineOf(places));
        const expected = places.slice(gone.length).sort(byPlace);
        expect([...inOrder(left)]).toEqual(expected);
        expect(lineLength(left)).toBe(expected.length);
      }),
    );
  });

  test('knows how many stand before each place', () => {
    fc.assert(
      fc.property(fc.uniqueArray(place, { selector: ({ id }) => id }), (places) => {
        const line = lineOf(places);
        for (const [i, one] of [...places].sort(byPlace).entries()) expect(ahead(line, one)).toBe(i);
      }),
    );
  });

  test('joining leaves the line before as it was', () => {
    fc.assert(
      fc.property(fc.uniqueArray(place, { selector: ({ id }) => id, minLength: 1 }), (places) => {
        const [last, ...others] = places;
        if (!last) return;
        const before = lineOf(others);
        const shown = JSON.stringify(before);
        lineWith(before, last);
        expect(JSON.stringify(before)).toBe(shown);
      }),
    );
  });

  test('ten thousand who come one after the other make it no deeper than twice what is needed', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => ({
      id: String(i) as TicketId,
      callBy: i as EpochMs,
      clock: i as EpochMs,
      order: i,
    }));
    expect(depth(lineOf(many))).toBeLessThan(2 * Math.log2(10_000) + 1);
  });
});
