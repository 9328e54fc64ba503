import { describe, expect, test } from 'vitest';
import { folded, foldedToLatin } from '#console/folding.ts';
import { pieces, search, type Findable } from '#console/need-search.ts';

const NONE = { et: '', en: '', ru: '' };
const BIRTH: Findable = {
  names: {
    et: 'Laps sündis: sünnitoetus ja lapsetoetus',
    en: 'A child was born: birth allowance',
    ru: 'Родился ребёнок: пособие по рождению',
  },
  descriptions: NONE,
  above: { et: 'Lapsed ja pere', en: 'Children and family', ru: 'Дети и семья' },
};
const OLD_AGE: Findable = {
  names: { et: 'Vanaduspension', en: 'Old-age pension', ru: 'Пенсия по старости' },
  descriptions: { et: 'Kui jõuate pensioniikka', en: 'When you reach the age', ru: 'Когда наступает возраст' },
};
const CERTIFICATE: Findable = {
  names: { et: 'Pensionitunnistus', en: 'Pension certificate', ru: 'Пенсионное удостоверение' },
  descriptions: NONE,
};
const ALL = [BIRTH, OLD_AGE, CERTIFICATE];

function foundBy(typed: string): readonly Findable[] {
  return search(ALL, typed).map(({ item }) => item);
}

describe('finding a need', () => {
  test.each(['sündis', 'SUNDIS', 'child', 'ребёнок', 'РЕБЕНОК', 'пособие реб'])(
    'any word in any language finds it, whatever its case and accents: %s',
    (typed) => {
      expect(foundBy(typed)).toContain(BIRTH);
    },
  );

  test('the second half of an Estonian compound finds it too', () => {
    expect(foundBy('toetus')).toEqual([BIRTH]);
  });

  test('two letters find beginnings of words only', () => {
    expect(foundBy('nn')).toEqual([]);
  });

  test('words that begin so come before words that contain it', () => {
    expect(foundBy('pension')).toEqual([OLD_AGE, CERTIFICATE]);
    expect(foundBy('pensioni')).toEqual([CERTIFICATE, OLD_AGE]);
  });

  test('Russian words are found by their Latin spelling', () => {
    expect(search(ALL, 'posobie')).toMatchObject([{ item: BIRTH, languages: ['ru'] }]);
  });

  test('the topic above finds everything below it', () => {
    expect(foundBy('семья')).toEqual([BIRTH]);
  });

  test('every typed word must be found in the same language', () => {
    expect(foundBy('laps child')).toEqual([]);
  });

  test('nothing typed finds nothing', () => {
    expect(foundBy('  ')).toEqual([]);
    expect(foundBy('—')).toEqual([]);
  });
});

describe('what was found is marked', () => {
  test('in the letters of the text, not of the typing', () => {
    expect(pieces('Родился ребёнок', 'ребен')).toEqual([
      { text: 'Родился ', found: false },
      { text: 'ребён', found: true },
      { text: 'ок', found: false },
    ]);
  });

  test('also where one letter becomes two', () => {
    expect(pieces('Защита', 'zasch')).toEqual([
      { text: 'Защ', found: true },
      { text: 'ита', found: false },
    ]);
  });

  test('nothing typed marks nothing', () => {
    expect(pieces('Pension', '')).toEqual([{ text: 'Pension', found: false }]);
  });
});

test('folding forgets case, accents and soft hyphens, and knows where each letter stood', () => {
  expect(folded('Üks\u00adik')).toEqual({ letters: 'uksik', origins: [0, 1, 2, 4, 5] });
  expect(foldedToLatin('Щи').letters).toBe('schi');
});
