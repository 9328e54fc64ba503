import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Language } from './contract/language.ts';

/** A voice that needs no person: good enough until somebody records the words. */
export interface MachineVoice {
  /** Its name in the list of recordings. */
  readonly id: string;
  readonly name: string;
  readonly licence: string;
  /** Writes the spoken text into an Opus file. */
  readonly speak: (text: string, language: Language, file: string, place: keyof typeof PACE) => void;
  readonly end: () => void;
}

const VOICES: Readonly<Record<Language, string>> = { et: 'et', en: 'en-gb', ru: 'ru' };
/**
 * Slower than talk, and slower still in a hall (words a minute). At a kiosk speech stays clear with fewer bits (kilobits a
 * second), which keeps the repository small.
 */
const PACE = { hall: { speed: '135', bitrate: '24' }, kiosk: { speed: '145', bitrate: '14' } } as const;
/** A telephone number in a sentence. */
const TELEPHONE = /\b\d{3} \d{3,4}\b|\b112\b/g;
/** Amplitude below which a machine voice is silent, of 32,768. */
const SILENT_BELOW = 300;
/** Kept before and after the sound, so that joined words do not run together. */
const MARGIN_MS = 45;
const WAV_HEADER_BYTES = 44;

/** @throws Error that names the programs which are missing */
export function machineVoice(): MachineVoice {
  const name = versionOf('espeak-ng', ['--version']);
  versionOf('opusenc', ['--version']);
  const folder = mkdtempSync(join(tmpdir(), 'clips-'));
  const wav = join(folder, 'spoken.wav');
  return {
    id: 'machine',
    name,
    licence: 'made by espeak-ng; its licence (GPL-3.0) covers the program, not the speech; terms of this repository',
    speak: (text, language, file, place) => {
      const { speed, bitrate } = PACE[place];
      const words = text.replace(TELEPHONE, (number) => [...number].join(' '));
      execFileSync('espeak-ng', ['-v', VOICES[language], '-s', speed, '-w', wav, '--', words]);
      writeFileSync(wav, trimmed(readFileSync(wav)));
      const small = ['--quiet', '--speech', '--bitrate', bitrate, '--framesize', '40'];
      execFileSync('opusenc', [...small, '--discard-comments', '--padding', '0', '--serial', '1', wav, file]);
    },
    end: () => rmSync(folder, { recursive: true }),
  };
}

function versionOf(program: string, options: readonly string[]): string {
  try {
    const [line = ''] = execFileSync(program, options, { encoding: 'utf8' }).split('\n');
    return line.replace(/\s*Data at:.*$/, '').trim();
  } catch {
    throw new Error(`${program} is missing. Debian: apt-get install espeak-ng opus-tools`);
  }
}

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
