import type { Language } from '#contract/language.ts';
import { soundsOf, type Sound } from '#locales/spoken.ts';
import { SPOKEN_TEXTS } from '#locales/spoken-texts.ts';
import type { Said } from './read.ts';
import { Library } from './recordings.ts';

/** Between two pieces, and where a text breathes (milliseconds, at the plain rate). */
const BREATH_MS = 220;
/** No recording lasts longer; a sound that never ends must not silence the rest (milliseconds). */
const CLIP_AT_MOST_MS = 30_000;

export interface Loudness {
  /** Of full volume, 0 to 1. */
  readonly gain: number;
  /** 1 is as recorded. */
  readonly rate: number;
}

/**
 * Says texts by playing their recordings one after the other. Words of the office without a recording are left to the
 * browser's own voice, where it has one for the language; otherwise the visitor is told to look or to call a person.
 */
export class ClipVoice {
  readonly #library = new Library();
  readonly #loudness: () => Loudness;
  /** Told once for each utterance whether anything could be played. */
  readonly #onPlayed: (works: boolean) => void;
  #queue: Said[] = [];
  /** Counts interruptions: what was begun before the newest one stops. */
  #turn = 0;
  #busy = false;
  #audio: HTMLAudioElement | null = null;
  #keeping = new AbortController();

  constructor(loudness: () => Loudness, onPlayed: (works: boolean) => void) {
    this.#loudness = loudness;
    this.#onPlayed = onPlayed;
  }

  /** Stops what is being said and says this instead. */
  say(pieces: readonly Said[]): void {
    this.stop();
    this.append(pieces);
  }

  /** Says this after what is being said. */
  append(pieces: readonly Said[]): void {
    this.#queue.push(...pieces);
    if (!this.#busy) void this.#speak();
  }

  stop(): void {
    this.#turn += 1;
    this.#queue = [];
    this.#busy = false;
    this.#audio?.pause();
    this.#audio = null;
    (globalThis.speechSynthesis as SpeechSynthesis | undefined)?.cancel();
  }

  close(): void {
    this.#keeping.abort();
    this.stop();
  }

  async #speak(): Promise<void> {
    const turn = this.#turn;
    this.#busy = true;
    for (let next = this.#queue.shift(); next && turn === this.#turn; next = this.#queue.shift()) {
      await this.#sayOne(next, turn);
      await silence(BREATH_MS / this.#loudness().rate);
    }
    if (turn === this.#turn) this.#busy = false;
  }

  async #sayOne({ text, language }: Said, turn: number): Promise<void> {
    const recordings = await this.#library.of(language);
    void this.#library.keepAll(language, this.#keeping.signal);
    for (const sound of soundsOf(text, language, (id) => recordings.has(id))) {
      if (turn !== this.#turn) return;
      if (sound.kind === 'pause') await silence(BREATH_MS / this.#loudness().rate);
      else if (sound.kind === 'clip') await this.#play(await recordings.sound(sound.id), turn);
      else await this.#sayMissing(sound, language, turn);
    }
  }

  async #sayMissing({ text }: Sound & { readonly kind: 'missing' }, language: Language, turn: number): Promise<void> {
    if (await spokenByBrowser(text, language, this.#loudness())) return;
    const recordings = await this.#library.of(language);
    for (const sound of soundsOf(wordsFor(language).look, language, (id) => recordings.has(id))) {
      if (sound.kind === 'clip') await this.#play(await recordings.sound(sound.id), turn);
    }
  }

  async #play(address: string | null, turn: number): Promise<void> {
    if (address === null || turn !== this.#turn) return;
    const audio = new Audio(address);
    const { gain, rate } = this.#loudness();
    audio.volume = gain;
    audio.defaultPlaybackRate = rate;
    audio.playbackRate = rate;
    this.#audio = audio;
    try {
      await audio.play();
      this.#onPlayed(true);
      await ended(audio);
    } catch (cause) {
      // Interrupted is not broken.
      if (turn === this.#turn) this.#onPlayed(cause instanceof DOMException && cause.name === 'AbortError');
    }
  }
}

function wordsFor(language: Language): (typeof SPOKEN_TEXTS)['et'][1] {
  return SPOKEN_TEXTS[language][1];
}

function ended(audio: HTMLAudioElement): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(limit);
      resolve();
    };
    const limit = setTimeout(done, CLIP_AT_MOST_MS);
    for (const event of ['ended', 'pause', 'error']) audio.addEventListener(event, done, { once: true });
    if (audio.ended || audio.paused) done();
  });
}

/** @returns whether the browser has a voice of that language and used it */
function spokenByBrowser(text: string, language: Language, { gain, rate }: Loudness): Promise<boolean> {
  const synthesis = globalThis.speechSynthesis as SpeechSynthesis | undefined;
  const voice = synthesis?.getVoices().find(({ lang }) => lang.startsWith(language));
  if (!synthesis || !voice) return Promise.resolve(false);
  return new Promise((resolve) => {
    const utterance = new SpeechSynthesisUtterance(text);
    Object.assign(utterance, { voice, lang: voice.lang, volume: gain, rate });
    const limit = setTimeout(() => resolve(true), CLIP_AT_MOST_MS);
    const done = (isSaid: boolean): void => {
      clearTimeout(limit);
      resolve(isSaid);
    };
    utterance.onend = () => done(true);
    utterance.onerror = ({ error }) => done(error === 'interrupted' || error === 'canceled');
    synthesis.speak(utterance);
  });
}

function silence(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
