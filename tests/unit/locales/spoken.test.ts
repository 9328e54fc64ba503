import { describe, expect, test } from 'vitest';
import { bare, clipId, sentencesOf } from '../../../locales/clip-id.ts';
import { recordingsOf } from '../../../locales/recordings.ts';
import { soundsOf } from '../../../locales/spoken.ts';
import { LANGUAGES, type Language } from '../../../server/contract/language.ts';

const WORDS: Readonly<Record<Language, ReadonlyMap<string, string>>> = {
  et: wordsOf('et'),
  en: wordsOf('en'),
  ru: wordsOf('ru'),
};

function wordsOf(language: Language): ReadonlyMap<string, string> {
  return new Map(recordingsOf(language, []).map(({ id, text }) => [id, text]));
}

/** What is heard: recordings by their words, `·` a breath, `?` what was never recorded. */
function heard(text: string, language: Language): string {
  const words = WORDS[language];
  return soundsOf(text, language, (id) => words.has(id))
    .map((sound) => (sound.kind === 'clip' ? words.get(sound.id) : sound.kind === 'pause' ? '·' : `?${sound.text}`))
    .join(' ');
}

describe('a text of the screen, said aloud', () => {
  test.each<[Language, string, string]>([
    ['et', 'Ooteaeg on 15–25 minutit.', 'Ooteaeg on viisteist kuni kakskümmend viis minutit'],
    ['en', 'The wait is about 15–25 minutes.', 'The wait is about fifteen to twenty five minutes'],
    [
      'et',
      'Teie ees on 21 inimest. Ooteaeg on 1 minut.',
      'Teie ees on kakskümmend üks inimest · Ooteaeg on üks minut ·',
    ],
    ['et', 'Avame: esmaspäev, 30. november, kell 09:00', 'Avame esmaspäev kolmekümnes november kell üheksa null null'],
    ['en', 'We open on Monday 30 November at 13:05', 'We open on Monday thirtieth November at thirteen zero five'],
    ['ru', 'Откроемся: понедельник, 30 ноября, в 09:30', 'Откроемся понедельник тридцатое ноября в девять тридцать'],
    ['et', '09:00–16:00', 'üheksa null null kuni kuusteist null null'],
    [
      'et',
      '09:00–12:00, 13:00–16:00',
      'üheksa null null kuni kaksteist null null · kolmteist null null kuni kuusteist null null',
    ],
    ['et', 'Telefon 116 006', 'Telefon üks üks kuus · null null kuus'],
    ['et', 'Tunnus 7f3a · 10:38', 'Tunnus seitse eff kolm aa · kümme kolmkümmend kaheksa'],
    ['ru', 'Страница 1 / 2', 'Страница один всего два'],
  ])('%s: %s', (language, text, words) => {
    expect(heard(text, language)).toBe(words);
  });

  test('a number of a ticket is its letter and every digit, as they stand on it', () => {
    expect(LANGUAGES.map((language) => heard('K042', language))).toEqual([
      'kaa · null neli kaks',
      'K · zero four two',
      'ка · ноль четыре два',
    ]);
  });

  test('Russian numerals agree with what they count', () => {
    expect(heard('Время ожидания — 21 минута', 'ru')).toBe('Время ожидания двадцать одна минута');
    expect(heard('Время ожидания — 1–2 минуты', 'ru')).toBe('Время ожидания одна · две минуты');
    expect(heard('Осталось 22 секунды. Потом начнём сначала.', 'ru')).toBe(
      'Осталось двадцать две секунды · Потом начнём сначала ·',
    );
    expect(heard('Перед вами 2 человека', 'ru')).toBe('Перед вами два человека');
  });

  test('words nobody recorded are named, the rest is said', () => {
    expect(heard('Uus teenus. Võta number', 'et')).toBe('?Uus teenus · Võta number ·');
  });
});

describe('the name of a recording', () => {
  test('follows the sound: soft hyphens and a last stop make no other, a question does', () => {
    expect(clipId('Вспомога\u00ADтельные  средства.')).toBe(clipId('Вспомогательные средства'));
    expect(clipId('Jah?')).not.toBe(clipId('Jah'));
  });

  test('sentences are parted where one ends, not inside a date', () => {
    expect(sentencesOf('Tähtaeg 1. märts. Tulge siia!')).toEqual(['Tähtaeg 1. märts', 'Tulge siia!']);
    expect(bare(' — 15 минут …')).toBe('15 минут');
  });
});
