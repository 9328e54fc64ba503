import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LANGUAGES, type Language } from '../server/contract/language.ts';
import { clipList } from './utterance.ts';

/*
 * `npm run clips`: makes every recording of the announcements by machine, `locales/<language>/clips/<id>.opus`, and lists
 * them with their words in `clips.json`. They are placeholders: a person's recordings take the same names.
 * Needs espeak-ng and opusenc (Debian: espeak-ng, opus-tools).
 */

const VOICES: Readonly<Record<Language, string>> = { et: 'et', en: 'en-gb', ru: 'ru' };
/** Slower than talk: numbers in a hall (words a minute). */
const SPEED = '135';
/** Amplitude below which a machine voice is silent, of 32,768. */
const SILENT_BELOW = 300;
/** Kept before and after the sound, so that joined words do not run together. */
const MARGIN_MS = 45;
const WAV_HEADER_BYTES = 44;

const folder = mkdtempSync(join(tmpdir(), 'clips-'));
for (const language of LANGUAGES) {
  const clips = join(import.meta.dirname, language, 'clips');
  rmSync(clips, { recursive: true, force: true });
  mkdirSync(clips);
  const list = clipList(language);
  for (const { id, text } of list) {
    const wav = join(folder, `${id}.wav`);
    execFileSync('espeak-ng', ['-v', VOICES[language], '-s', SPEED, '-w', wav, text]);
    writeFileSync(wav, trimmed(readFileSync(wav)));
    const quiet = ['--quiet', '--bitrate', '24', '--discard-comments', '--serial', '1'];
    execFileSync('opusenc', [...quiet, wav, join(clips, `${id}.opus`)]);
  }
  const manifest = Object.fromEntries(list.map(({ id, text }) => [id, text]));
  writeFileSync(join(clips, 'clips.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}
rmSync(folder, { recursive: true });

/** Cuts the silence off both ends of 16-bit mono sound. */
function trimmed(wav: Buffer): Buffer {
  const rate = wav.readUInt32LE(24);
  const samples = Math.floor((wav.length - WAV_HEADER_BYTES) / 2);
  const loud = (i: number): boolean => Math.abs(wav.readInt16LE(WAV_HEADER_BYTES + i * 2)) >= SILENT_BELOW;
  let first = 0;
  while (first < samples && !loud(first)) first += 1;
  let last = samples - 1;
  while (last > first && !loud(last)) last -= 1;
  const margin = Math.round((rate * MARGIN_MS) / 1000);
  const from = WAV_HEADER_BYTES + Math.max(0, first - margin) * 2;
  const sound = wav.subarray(from, WAV_HEADER_BYTES + Math.min(samples, last + margin) * 2);
  const header = Buffer.from(wav.subarray(0, WAV_HEADER_BYTES));
  header.writeUInt32LE(WAV_HEADER_BYTES - 8 + sound.length, 4);
  header.writeUInt32LE(sound.length, WAV_HEADER_BYTES - 4);
  return Buffer.concat([header, sound]);
}
