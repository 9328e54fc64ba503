import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { announcedIn, utterance } from '../../../locales/utterance.ts';
import { LANGUAGES } from '../../../server/contract/language.ts';

const LETTERS = ['A', 'K', 'M', 'T', 'L', 'R', 'S', 'D', 'F', 'U'];
/** Every word of the numbers, the joints between them, and four digits. */
const NUMBERS = [
  1, 2, 10, 11, 14, 19, 20, 21, 42, 99, 100, 101, 110, 119, 120, 200, 321, 500, 612, 777, 840, 999, 1000, 1042, 2005,
  9999,
];
const PLACES = [
  ['desk', '0'],
  ['desk', '3'],
  ['desk', '12'],
  ['counter', '1'],
  ['counter', '21'],
  ['room', '6'],
  ['room', '215'],
  ['room', '999'],
] as const;

/**
 * All that the hall can hear, as a list that people read: every letter, the numbers that differ in their words, the places.
 * `UPDATE_GOLDEN=1` writes it anew; a person who speaks the language then reads the difference.
 */
describe.each(LANGUAGES)('%s', (language) => {
  test('every letter, number and place is said as it was agreed', () => {
    const said = LETTERS.flatMap((letter) =>
      NUMBERS.flatMap((number, i) => {
        const ticket = `${letter}${String(number).padStart(3, '0')}`;
        // Every number with one place, every place with the first numbers: each word stands beside each of its neighbours.
        const places = i < 2 ? PLACES : [PLACES[i % PLACES.length] ?? PLACES[0]];
        return places.map(
          ([kind, place]) => `${ticket} ${kind} ${place}\t${utterance({ ticket, kind, place }, language).sentence}`,
        );
      }),
    );
    const golden = join(import.meta.dirname, 'golden', `utterances-${language}.tsv`);
    const text = `${said.join('\n')}\n`;
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(golden, text);
    expect(text).toBe(readFileSync(golden, 'utf8'));
  });
});

/** What is heard of one call from the chime on: the visitor's language first, Estonian always. */
test('a call is said in the visitor’s language, then in Estonian', () => {
  const heard = LANGUAGES.flatMap((language) =>
    PLACES.map(([kind, place]) => {
      const spoken = { ticket: 'M042', kind, place } as const;
      const sentences = announcedIn(language).map((one) => `${one}: ${utterance(spoken, one).sentence}`);
      return [`M042 ${kind} ${place}, ${language}`, ...sentences].join('\t');
    }),
  );
  const golden = join(import.meta.dirname, 'golden', 'calls.tsv');
  const text = `${heard.join('\n')}\n`;
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(golden, text);
  expect(text).toBe(readFileSync(golden, 'utf8'));
});
