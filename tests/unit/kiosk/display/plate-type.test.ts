import { describe, expect, test } from 'vitest';
import { mmPerPixel, plateType, PLATE_ROOM } from '../../../../kiosk/src/lib/display/plate-type.ts';

const { landscape, portrait } = PLATE_ROOM;
const MM_PER_PX = mmPerPixel(55, 1920, 1080);
const DISTANCE_M = 8;
const texts = { number: 'A042', place: 'Laud 3' };

describe('number and place on the plate', () => {
  test('are the drawing’s own on the panel it was drawn for, and readable from the last row', () => {
    const size = plateType({ mmPerPx: MM_PER_PX, distanceM: DISTANCE_M }, texts, landscape);
    expect(size).toMatchObject({ numberPx: 340, placePx: 232 });
    expect(size.readableToM).toBeGreaterThan(8);
  });

  test('on a 43-inch panel the place grows at the number’s cost until both are readable from 8 m', () => {
    const size = plateType({ mmPerPx: 0.496, distanceM: 8 }, texts, landscape);
    expect(size.placePx).toBeGreaterThan(232);
    expect(size.numberPx).toBeLessThan(340);
    // 0.7 degrees at 8 m: capitals of 97.7 mm.
    expect(Math.min(size.placePx, size.numberPx) * 0.711 * 0.496).toBeGreaterThan(97);
  });

  test('five signs fit between the margins', () => {
    const { numberPx } = plateType({ mmPerPx: MM_PER_PX, distanceM: 8 }, { ...texts, number: 'A1042' }, landscape);
    expect(numberPx * (0.68 + 4 * 0.565)).toBeLessThanOrEqual(landscape.widthPx);
    expect(numberPx).toBeGreaterThan(320);
  });

  test.each(['Laud 3', 'Laud 12', 'Lett 12', 'Tuba 12'])('%s can be read from 8 m on an upright panel too', (place) => {
    const size = plateType({ mmPerPx: MM_PER_PX, distanceM: 8 }, { number: 'A1042', place }, portrait);
    expect(size.readableToM).toBeGreaterThanOrEqual(8);
  });

  test('a panel has as many millimetres per pixel as its diagonal has over its pixels', () => {
    expect(MM_PER_PX).toBeCloseTo(0.634, 3);
    expect(mmPerPixel(55, 3840, 2160)).toBeCloseTo(MM_PER_PX / 2, 6);
    expect(mmPerPixel(32, 1080, 1920)).toBeCloseTo(0.369, 3);
  });

  test('a panel too small for the hall says from how far it can be read', () => {
    expect(plateType({ mmPerPx: 0.3, distanceM: 15 }, texts, landscape).readableToM).toBeLessThan(15);
  });
});
