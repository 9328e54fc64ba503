import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clipList, PAUSE, utterance } from '../../../locales/utterance.ts';
import { LANGUAGES } from '../../../server/contract/language.ts';

const LETTERS = ['A', 'K', 'M', 'T', 'L', 'R', 'S', 'D', 'F', 'U'];
const KINDS = ['desk', 'counter', 'room'] as const;

function said(ticket: string, place: string, kind: 'desk' | 'counter' | 'room' = 'desk') {
  const spoken = { ticket, kind, place };
  return LANGUAGES.map((language) => utterance(spoken, language).sentence);
}

describe('a call, said aloud', () => {
  test.each([
    [
      'A123',
      '4',
      'desk',
      'Number aa sada kakskümmend kolm. Palun tulge laua number neli juurde.',
      'Ticket A one two three. Please go to desk four.',
      'Номер а сто двадцать три. Пройдите, пожалуйста, к столу номер четыре.',
    ],
    [
      'K042',
      '1',
      'counter',
      'Number kaa nelikümmend kaks. Palun tulge leti number üks juurde.',
      'Ticket K four two. Please go to counter one.',
      'Номер ка сорок два. Пройдите, пожалуйста, к стойке номер один.',
    ],
    [
      'M1042',
      '6',
      'room',
      'Number emm tuhat nelikümmend kaks. Palun tulge tuppa number kuus.',
      'Ticket M one zero four two. Please go to room six.',
      'Номер эм тысяча сорок два. Пройдите, пожалуйста, в кабинет номер шесть.',
    ],
    [
      'T2005',
      '215',
      'room',
      'Number tee kaks tuhat viis. Palun tulge tuppa number kakssada viisteist.',
      'Ticket T two zero zero five. Please go to room two one five.',
      'Номер тэ две тысячи пять. Пройдите, пожалуйста, в кабинет номер двести пятнадцать.',
    ],
    [
      'R700',
      '21',
      'desk',
      'Number err seitsesada. Palun tulge laua number kakskümmend üks juurde.',
      'Ticket R seven zero zero. Please go to desk twenty one.',
      'Номер эр семьсот. Пройдите, пожалуйста, к столу номер двадцать один.',
    ],
    [
      'L011',
      '0',
      'desk',
      'Number ell üksteist. Palun tulge laua number null juurde.',
      'Ticket L one one. Please go to desk zero.',
      'Номер эль одиннадцать. Пройдите, пожалуйста, к столу номер ноль.',
    ],
  ] as const)('%s to %s (%s)', (ticket, place, kind, et, en, ru) => {
    expect(said(ticket, place, kind)).toEqual([et, en, ru]);
  });

  test('every letter of the office has a name in every language', () => {
    for (const letter of LETTERS)
      for (const sentence of said(`${letter}007`, '3')) expect(sentence).not.toMatch(/ {2}/);
    expect(() => utterance({ ticket: 'Q001', kind: 'desk', place: '1' }, 'et')).toThrow('No name for the letter Q');
  });

  test('is joined from recordings that exist, with one pause between its two sentences', () => {
    const call = fc.record({
      ticket: fc
        .tuple(fc.constantFrom(...LETTERS), fc.integer({ min: 1, max: 9999 }))
        .map(([letter, number]) => `${letter}${String(number).padStart(3, '0')}`),
      kind: fc.constantFrom(...KINDS),
      place: fc.integer({ min: 0, max: 999 }).map(String),
    });
    for (const language of LANGUAGES) {
      const known = new Map(clipList(language).map(({ id, text }) => [id, text]));
      fc.assert(
        fc.property(call, (spoken) => {
          const { clips, sentence } = utterance(spoken, language);
          expect(clips.filter((id) => id === PAUSE)).toHaveLength(1);
          const words = clips.filter((id) => id !== PAUSE).map((id) => known.get(id));
          expect(words).not.toContain(undefined);
          expect(plain(words.join(' '))).toBe(plain(sentence));
        }),
      );
    }
  });

  test('no two numbers sound alike', () => {
    for (const language of LANGUAGES) {
      const heard = new Set<string>();
      for (let number = 1; number <= 9999; number += 1) {
        const ticket = `A${String(number).padStart(3, '0')}`;
        heard.add(utterance({ ticket, kind: 'desk', place: '1' }, language).sentence);
      }
      expect(heard.size).toBe(9999);
    }
  });
});

test('Russian recordings are written in Cyrillic: a Latin letter would be read as English', () => {
  for (const { text } of clipList('ru')) expect(text).not.toMatch(/\p{Script=Latin}/u);
});

function plain(text: string): string {
  return text.replace(/[.,]/g, '').replace(/\s+/g, ' ').trim();
}
