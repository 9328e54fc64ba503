import { describe, expect, test } from 'vitest';
import { DISTANCE_M, MM_PER_PX, plateType } from '../../../../kiosk/src/lib/display/plate-type.ts';

const PLATE_PX = 1008;
const texts = { number: 'A042', place: 'Laud 3' };

describe('number and place on the plate', () => {
  test('are the drawing’s own on the panel it was drawn for, and readable from the last row', () => {
    const size = plateType({ mmPerPx: MM_PER_PX, distanceM: DISTANCE_M }, texts, PLATE_PX);
    expect(size).toMatchObject({ numberPx: 340, placePx: 232 });
    expect(size.readableToM).toBeGreaterThan(8);
  });

  test('on a 43-inch panel the place grows at the number’s cost until both are readable from 8 m', () => {
    const size = plateType({ mmPerPx: 0.496, distanceM: 8 }, texts, PLATE_PX);
    expect(size.placePx).toBeGreaterThan(232);
    expect(size.numberPx).toBeLessThan(340);
    // 0.7 degrees at 8 m: capitals of 97.7 mm.
    expect(Math.min(size.placePx, size.numberPx) * 0.711 * 0.496).toBeGreaterThan(97);
  });

  test('five signs fit between the margins', () => {
    const { numberPx } = plateType({ mmPerPx: MM_PER_PX, distanceM: 8 }, { ...texts, number: 'A1042' }, PLATE_PX);
    expect(numberPx * (0.68 + 4 * 0.565)).toBeLessThanOrEqual(PLATE_PX);
    expect(numberPx).toBeGreaterThan(320);
  });

  test('a panel too small for the hall says from how far it can be read', () => {
    expect(plateType({ mmPerPx: 0.3, distanceM: 15 }, texts, PLATE_PX).readableToM).toBeLessThan(15);
  });
});
