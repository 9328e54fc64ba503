import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { send, type Route } from './router.ts';

/** Recordings change only with the words or the voice: an hour is soon enough (seconds). */
const KEPT_SECONDS = 3_600;
const SUFFIX = '.opus';

/**
 * What the kiosk can say: which recordings there are in a language, and each of them.
 *
 * @param folders where they lie, as `<folder>/<language>/…`; an earlier folder goes before a later one
 */
export function voiceRoutes(folders: readonly ((language: string) => string)[]): readonly Route[] {
  return [
    {
      method: 'GET',
      path: /^\/voice\/(?<language>et|en|ru)\.json$/,
      handle: async ({ response, parts }) => {
        const found = await Promise.all(folders.map((folder) => filesOf(folder(parts['language'] ?? ''))));
        const clips = found.flat().filter((file) => file.endsWith(SUFFIX));
        send(response, 200, { clips: [...new Set(clips.map((file) => file.slice(0, -SUFFIX.length)))] });
      },
    },
    {
      method: 'GET',
      path: /^\/voice\/(?<language>et|en|ru)\/(?<id>[A-Za-z0-9-]{1,40})\.opus$/,
      handle: async ({ response, parts }) => {
        const { language = '', id = '' } = parts;
        const sound = await firstOf(folders.map((folder) => join(folder(language), `${id}${SUFFIX}`)));
        if (!sound) {
          send(response, 404, { code: 'unknown' });
          return;
        }
        response.setHeader('content-type', 'audio/ogg');
        response.setHeader('cache-control', `public, max-age=${KEPT_SECONDS}`);
        response.end(sound);
      },
    },
  ];
}

/** An office without recordings of its own has no folder for them. */
async function filesOf(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

async function firstOf(files: readonly string[]): Promise<Buffer | null> {
  for (const file of files) {
    const sound = await readFile(file).catch(() => null);
    if (sound) return sound;
  }
  return null;
}
