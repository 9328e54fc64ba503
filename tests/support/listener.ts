import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { soundsOf } from '../../locales/spoken.ts';
import { LANGUAGES, type Language } from '../../server/contract/language.ts';

interface Piece {
  readonly language: Language;
  readonly text: string;
}

declare global {
  var utterances: { readonly pieces: readonly Piece[]; readonly interrupts: boolean }[];
  var playing: Set<HTMLMediaElement>;
  var mostAtOnce: number;
  var clipsPlayed: number;
}

/** The two keys everything can be reached with. */
interface Keys {
  readonly next: string;
  readonly select: string;
}

export const FIVE_KEYS: Keys = { next: 'ArrowDown', select: 'Enter' };
export const TWO_SWITCHES: Keys = { next: '1', select: '2' };

/** The keypad at the office's machine, pressed at its own end: its reports go through the driver. */
export const KEYPAD: Keys = { next: 'down', select: 'select' };

/** What a visitor without sight has: keys, and ears. Nothing here looks at the screen. */
export class Listener {
  readonly #page: Page;
  readonly #keys: Keys;
  readonly #strike: (key: string) => Promise<void>;

  private constructor(page: Page, keys: Keys, strike: (key: string) => Promise<void>) {
    this.#page = page;
    this.#keys = keys;
    this.#strike = strike;
  }

  /** A kiosk whose words are written down as they are said. */
  static async at(page: Page, url: string, keys: Keys): Promise<Listener> {
    await page.addInitScript(recordWhatIsHeard);
    await page.goto(url);
    await expect(page.getByTestId('start')).toBeVisible();
    const strike =
      keys === KEYPAD ? (key: string) => atKeypad(url, { key }) : (key: string) => page.keyboard.press(key);
    return new Listener(page, keys, strike);
  }

  /** Presses a key and waits for what is said at it. @returns the words, piece by piece */
  async press(key: string): Promise<readonly string[]> {
    const before = (await this.utterances()).length;
    await this.#strike(key);
    await expect.poll(async () => (await this.utterances()).length).toBeGreaterThan(before);
    return this.last();
  }

  /** Goes on from key to key until one is heard that is called so. */
  async moveTo(name: string): Promise<readonly string[]> {
    const passed: string[] = [];
    for (let presses = 0; presses < 40; presses++) {
      const heard = await this.press(this.#keys.next);
      if (heard.includes(name)) return heard;
      passed.push(heard[0] ?? '');
    }
    throw new Error(`“${name}” was not among ${passed.join(' | ')}`);
  }

  /** Presses the key that is focused, and waits until a screen with these words is read. */
  async select(words: string): Promise<readonly string[]> {
    const before = (await this.utterances()).length;
    await this.#strike(this.#keys.select);
    return this.hears(words, before);
  }

  /** Waits until these words are said, after the first `before` utterances. @returns all that was said at once with them */
  async hears(words: string, before = 0): Promise<readonly string[]> {
    const found = async (): Promise<readonly string[] | undefined> =>
      (await this.utterances())
        .slice(before)
        .map((pieces) => pieces.map(({ text }) => text))
        .findLast((texts) => texts.join(' ').includes(words));
    await expect.poll(async () => (await found()) !== undefined).toBe(true);
    return (await found()) ?? [];
  }

  async last(): Promise<readonly string[]> {
    return ((await this.utterances()).at(-1) ?? []).map(({ text }) => text);
  }

  async utterances(): Promise<readonly (readonly Piece[])[]> {
    const all = await this.#page.evaluate(() => globalThis.utterances);
    return all.map(({ pieces }) => pieces);
  }

  /** How many recordings have begun, and how many ever sounded at the same time. */
  async sound(): Promise<{ readonly played: number; readonly atOnce: number }> {
    return this.#page.evaluate(() => ({ played: globalThis.clipsPlayed, atOnce: globalThis.mostAtOnce }));
  }

  /** What was said and has no recording. */
  async unrecorded(): Promise<readonly string[]> {
    const known = new Map(LANGUAGES.map((language) => [language, recordingsIn(language)]));
    return (await this.utterances())
      .flat()
      .flatMap(({ text, language }) => soundsOf(text, language, (id) => known.get(language)?.has(id) ?? false))
      .flatMap((sound) => (sound.kind === 'missing' ? [sound.text] : []));
  }
}

/** Does something at the virtual keypad of the office. */
export async function atKeypad(
  url: string,
  act: { readonly key: string } | { readonly jack: 'in' | 'out' },
): Promise<void> {
  const headers = { 'content-type': 'application/json', origin: url };
  const response = await fetch(`${url}/dock/keypad`, { method: 'POST', headers, body: JSON.stringify(act) });
  expect(response.ok).toBe(true);
}

function recordingsIn(language: Language): ReadonlySet<string> {
  const files = readdirSync(join(import.meta.dirname, '../../locales', language, 'clips'));
  return new Set(files.map((file) => file.replace(/\.opus$/, '')));
}

/** Runs in the page. */
function recordWhatIsHeard(): void {
  globalThis.utterances = [];
  globalThis.playing = new Set();
  globalThis.mostAtOnce = 0;
  globalThis.clipsPlayed = 0;
  addEventListener('infolett:said', ({ detail }: CustomEventInit<(typeof utterances)[number]>) => {
    if (detail) globalThis.utterances.push(detail);
  });
  globalThis.Audio = class extends Audio {
    constructor(address?: string) {
      super(address);
      for (const event of ['pause', 'ended', 'error'])
        this.addEventListener(event, () => globalThis.playing.delete(this));
      this.addEventListener('play', () => {
        globalThis.playing.add(this);
        globalThis.clipsPlayed += 1;
        globalThis.mostAtOnce = Math.max(globalThis.mostAtOnce, globalThis.playing.size);
      });
    }
  };
}
