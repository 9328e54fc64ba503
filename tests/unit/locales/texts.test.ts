import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogue, flatten, NAMESPACES, namespacesOf } from '../../../locales/catalogue.ts';
import { LANGUAGES } from '../../../server/contract/language.ts';

const PLURAL = /_(zero|one|two|few|many|other)$/;
const root = join(import.meta.dirname, '../../..');

describe.each(LANGUAGES)('%s', (language) => {
  const mine = catalogue(language);
  const source = catalogue('et');

  test('has the same files as the others, and no file escapes these tests', () => {
    expect(namespacesOf(language)).toEqual([...NAMESPACES]);
  });

  describe.each(NAMESPACES)('%s', (namespace) => {
    const texts = flatten(mine[namespace]);
    const keys = texts.map(([key]) => key);

    test('has the same texts as Estonian', () => {
      const stems = (all: readonly (readonly [string, string])[]) =>
        [...new Set(all.map(([key]) => key.replace(PLURAL, '')))].sort();
      expect(stems(texts)).toEqual(stems(flatten(source[namespace])));
    });

    test('has every plural form its grammar needs, and no other', () => {
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      const plural = keys.filter((key) => PLURAL.test(key));
      for (const stem of new Set(plural.map((key) => key.replace(PLURAL, '')))) {
        const present = plural
          .filter((key) => key.replace(PLURAL, '') === stem)
          .map((key) => key.slice(stem.length + 1))
          // A form for nobody is a wording, not grammar.
          .filter((form) => form !== 'zero');
        expect(present.sort(), stem).toEqual([...forms].sort());
      }
    });

    test('uses the placeholders Estonian uses', () => {
      const wanted = new Map<string, Set<string>>();
      for (const [key, text] of flatten(source[namespace])) {
        const stem = key.replace(PLURAL, '');
        for (const name of placeholders(text)) wanted.set(stem, (wanted.get(stem) ?? new Set()).add(name));
      }
      for (const [key, text] of texts) {
        const known = wanted.get(key.replace(PLURAL, '')) ?? new Set();
        for (const name of placeholders(text)) expect(known, `${key}: {{${name}}}`).toContain(name);
        const isForm = PLURAL.test(key);
        if (!isForm) expect([...placeholders(text)].sort(), key).toEqual([...known].sort());
      }
    });

    test('is written in one alphabet per word', () => {
      for (const [key, text] of texts) {
        for (const word of text.replace(/\{\{\w+\}\}/g, ' ').match(/\p{L}+/gu) ?? []) {
          const mixed = /\p{Script=Latin}/u.test(word) && /\p{Script=Cyrillic}/u.test(word);
          expect(mixed, `${key}: ${word}`).toBe(false);
          if (language !== 'ru' && !NAMES_OF_LANGUAGES.has(word)) {
            expect(/\p{Script=Cyrillic}/u.test(word), `${key}: ${word}`).toBe(false);
          }
        }
      }
    });

    test('has no empty text, no space at an end, no double space', () => {
      for (const [key, text] of texts) {
        expect(text, key).not.toBe('');
        expect(text, key).toBe(text.trim());
        expect(text, key).not.toMatch(/ {2}/);
      }
    });
  });
});

test.each(LANGUAGES)('what stands in for the office says the same as its kiosk, in %s', (language) => {
  const { safety, kiosk } = catalogue(language);
  const texts = Object.fromEntries(flatten(safety));
  expect(texts['standIn.title']).toBe(Object.fromEntries(flatten(kiosk))['cannot.title']);
});

test('every code of a refusal has its sentence', () => {
  const codes = [...readFileSync(join(root, 'server/domain/refusal.ts'), 'utf8').matchAll(/code: '([\w-]+)'/g)].map(
    ([, code]) => code,
  );
  expect(codes.length).toBeGreaterThan(10);
  for (const language of LANGUAGES) {
    expect(Object.keys(catalogue(language).refusal).sort()).toEqual([...codes].sort());
  }
});

/** Each language calls itself by its own name, on every surface. */
const NAMES_OF_LANGUAGES = new Set(['Русский', 'русский', 'РУС']);

function placeholders(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? ''));
}
