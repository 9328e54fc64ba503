import { describe, expect, test } from 'vitest';
import { pack } from '#kiosk/pack.ts';

function piece(top: number, height: number, keep = false) {
  return { top, bottom: top + height, keep };
}

describe('content over pages', () => {
  test('what fits stays on one page', () => {
    expect(pack([piece(0, 100), piece(110, 100)], 210)).toEqual([0, 0]);
  });

  test('the first piece that does not fit begins the next page', () => {
    expect(pack([piece(0, 100), piece(110, 100), piece(220, 100)], 210)).toEqual([0, 0, 1]);
  });

  test('pieces side by side are never parted', () => {
    expect(pack([piece(0, 100), piece(0, 80), piece(110, 80), piece(110, 100)], 200)).toEqual([0, 0, 1, 1]);
  });

  test('a heading is never the last thing on a page', () => {
    expect(pack([piece(0, 100), piece(110, 40, true), piece(160, 100)], 200)).toEqual([0, 1, 1]);
  });

  test('a piece taller than the room gets a page of its own', () => {
    expect(pack([piece(0, 500), piece(510, 50)], 200)).toEqual([0, 1]);
  });

  test('nothing at all is no page', () => {
    expect(pack([], 200)).toEqual([]);
  });
});
