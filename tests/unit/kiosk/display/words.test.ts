import { expect, test } from 'vitest';
import { lastHeardWords } from '../../../../kiosk/src/lib/display/words.ts';

/** 17:02 in Tallinn on a Friday. */
const HEARD = Date.UTC(2026, 10, 27, 15, 2);
const MINUTE_MS = 60_000;

test.each([
  [0, 'Viimane teade kell 17:02'],
  [4, 'Viimane teade kell 17:02, 4 min tagasi'],
  [150, 'Viimane teade kell 17:02, 2 h tagasi'],
  [63 * 60, 'Viimane teade 27.11.2026 kell 17:02'],
])('what was heard %i minutes ago is told as a person would', (minutes, words) => {
  expect(lastHeardWords(HEARD, HEARD + minutes * MINUTE_MS, 'Europe/Tallinn')).toBe(words);
});
