import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, type Language } from '../../server/contract/language.ts';
import { utterance, PAUSE } from '../../locales/utterance.ts';
import type { Made } from './hall-office.ts';

const root = join(import.meta.dirname, '../..');
const BUILT = join(root, 'build/kiosk/_app/immutable/assets');

/** What must be heard of a call: the visitor's language, then Estonian, each whole. */
export function expectedRecordings({ number, desk, language }: Made): readonly string[] {
  // Told here once more, and not taken from what is tested.
  const languages: readonly Language[] = language === 'et' ? ['et'] : [language, 'et'];
  return languages.flatMap((one) =>
    utterance({ ticket: number, kind: 'desk', place: desk }, one)
      .clips.filter((clip) => clip !== PAUSE)
      .map((clip) => `${one}/${clip}`),
  );
}

/**
 * Whose voice a built file is: its name tells what is said and no language, and a call said twice in Estonian must not pass
 * for one in two languages. @returns from the name of a built file to `et/n-20`
 */
export function builtRecordings(): ReadonlyMap<string, string> {
  const built = readdirSync(BUILT).filter((name) => name.endsWith('.opus'));
  return new Map(
    built.map((name) => {
      const clip = name.replace(/\..*$/, '');
      const sound = readFileSync(join(BUILT, name));
      const language = LANGUAGES.find((one) => isSame(sound, join(root, 'locales', one, 'clips', `${clip}.opus`)));
      return [name, `${language ?? '?'}/${clip}`];
    }),
  );
}

function isSame(sound: Buffer, path: string): boolean {
  return existsSync(path) && sound.equals(readFileSync(path));
}
