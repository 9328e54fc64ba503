import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clipList } from '../../../locales/utterance.ts';
import { LANGUAGES } from '../../../server/contract/language.ts';

test.each(LANGUAGES)('every recording an announcement in %s may need is there, and says what it should', (language) => {
  const folder = join(import.meta.dirname, '../../../locales', language, 'clips');
  const list = clipList(language);
  expect(JSON.parse(readFileSync(join(folder, 'clips.json'), 'utf8'))).toEqual(
    Object.fromEntries(list.map(({ id, text }) => [id, text])),
  );
  const files = readdirSync(folder).filter((file) => file.endsWith('.opus'));
  expect(files.sort()).toEqual(list.map(({ id }) => `${id}.opus`).sort());
  for (const file of files) expect(readFileSync(join(folder, file)).subarray(0, 4).toString(), file).toBe('OggS');
});
