import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { clipId } from '../../../locales/clip-id.ts';
import { recordingsOf } from '../../../locales/recordings.ts';
import { soundsOf, type Sound } from '../../../locales/spoken.ts';
import { SPOKEN_TEXTS } from '../../../locales/spoken-texts.ts';
import { plain } from '../../../locales/templates.ts';
import { officeTexts } from '../../../server/boards/spoken-content.ts';
import { demonstrationPlan } from '../../../server/content/demonstration.ts';
import { LANGUAGES } from '../../../server/contract/language.ts';

interface Manifest {
  readonly voices: Readonly<Record<string, { readonly name: string; readonly licence: string }>>;
  readonly clips: Readonly<Record<string, { readonly text: string; readonly voice: string }>>;
}

/** What may stand in the places of a text. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  time: ['09:00', '13:05', '16:30'],
  day: ['esmaspäev, 30. november', 'Monday 30 November', 'понедельник, 30 ноября'],
  phone: ['15501', '116 006'],
  reference: ['7f3a90bc'],
};
const NUMBERS = ['1', '2', '5', '21', '30', '119'];

describe.each(LANGUAGES)('in %s', (language) => {
  const folder = join(import.meta.dirname, '../../../locales', language, 'clips');
  const office = officeTexts(demonstrationPlan(), language);
  const wanted = recordingsOf(language, office);
  const manifest = JSON.parse(readFileSync(join(folder, 'clips.json'), 'utf8')) as Manifest;
  const files = new Set(readdirSync(folder).filter((file) => file.endsWith('.opus')));
  const has = (id: string): boolean => files.has(`${id}.opus`);

  test('every recording is there, says what it should, and tells whose voice it is', () => {
    expect([...files].sort()).toEqual(wanted.map(({ id }) => `${id}.opus`).sort());
    for (const { id, text } of wanted) {
      const entry = manifest.clips[id];
      expect(entry?.text, id).toBe(text);
      expect(manifest.voices[entry?.voice ?? '']?.licence, id).toMatch(/\w/);
      expect(
        readFileSync(join(folder, `${id}.opus`))
          .subarray(0, 4)
          .toString(),
        id,
      ).toBe('OggS');
    }
    expect(Object.keys(manifest.clips)).toHaveLength(wanted.length);
  });

  test('a text of its own has a name of its own', () => {
    const spoken = wanted.filter(({ id }) => id.startsWith('s-'));
    for (const { id, text } of spoken) expect(id).toBe(clipId(text));
    expect(new Set(spoken.map(({ id }) => id)).size).toBe(spoken.length);
  });

  test.each(SPOKEN_TEXTS[language].flatMap(plain))('the kiosk can say “%s”', (text) => {
    for (const finished of withValues(text, language))
      expect(missing(soundsOf(finished, language, has)), finished).toEqual([]);
  });

  test('the kiosk can say every text of the demonstration office', () => {
    for (const text of office) expect(missing(soundsOf(text, language, has)), text).toEqual([]);
  });
});

/** A text as it may stand on a screen: every place filled in turn. */
function withValues(text: string, language: (typeof LANGUAGES)[number]): readonly string[] {
  return NUMBERS.map((number, turn) =>
    text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
      const values = name === 'day' ? [VALUES['day']?.[LANGUAGES.indexOf(language)] ?? ''] : VALUES[name];
      return values?.[turn % values.length] ?? number;
    }),
  );
}

function missing(sounds: readonly Sound[]): readonly string[] {
  return sounds.flatMap((sound) => (sound.kind === 'missing' ? [sound.text] : []));
}
