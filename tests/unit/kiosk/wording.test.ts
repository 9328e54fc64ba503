import { describe, expect, test } from 'vitest';
import type { KioskBoard, SlipState } from '../../../server/contract/boards.ts';
import { LANGUAGES } from '../../../server/contract/language.ts';
import { catalogue, flatten } from '../../../locales/catalogue.ts';
import { slipNews } from '../../../kiosk/src/lib/wording.ts';
import type { Issued } from '../../../kiosk/src/lib/visit.ts';

const ISSUED = { ticketId: 't', slip: 'printing' } as Issued;

function news(state: SlipState, reason: string, printer: KioskBoard['printer'] = 'ok') {
  const slips = [{ ticketId: ISSUED.ticketId, state, reason }];
  return slipNews({ slips, printer } as Pick<KioskBoard, 'slips' | 'printer'> as KioskBoard, ISSUED);
}

describe('what a visitor is told about the paper', () => {
  test('before anything is known, what the office answered', () => {
    expect(slipNews(null, ISSUED)).toBe('printing');
    expect(slipNews(null, { ...ISSUED, slip: 'none' })).toBe('none');
  });

  test.each([
    ['paper-out', 'paper-out'],
    ['cover-open', 'cover-open'],
    ['cutter-error', 'cutter-error'],
    ['cooling', 'cooling'],
    ['fault', 'fault'],
    ['offline', 'offline'],
    ['not-answering', 'not-answering'],
    ['disconnected', 'disconnected'],
    ['queue-full', 'busy'],
    ['too-old', 'busy'],
    ['cleared', 'not-printed'],
    ['not-journaled', 'not-printed'],
  ])('not printed because of %s: %s', (reason, told) => {
    expect(news('not-printed', reason)).toBe(told);
  });

  test('what was wrong at that moment, not what is wrong now', () => {
    expect(news('not-printed', 'cover-open', 'paper-out')).toBe('cover-open');
  });

  test('on low paper the slip may be cut off', () => {
    expect(news('printed', 'process-id', 'paper-low')).toBe('printed-low');
    expect(news('unknown', 'no-answer', 'paper-low')).toBe('unknown');
  });
});

test.each(LANGUAGES)('every trouble has words of its own, %s', (language) => {
  const told = flatten(catalogue(language).kiosk).filter(([key]) => key.startsWith('slip.'));
  expect(new Set(told.map(([, text]) => text)).size).toBe(told.length);
  const advice = flatten(catalogue(language).device).filter(([key]) => key.startsWith('advice.'));
  expect(new Set(advice.map(([, text]) => text)).size).toBe(9);
});
