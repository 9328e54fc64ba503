import type { CallView } from '#contract/boards.ts';
import { PAUSE, utterance } from '#locales/utterance.ts';

/** Two soft tones before a call (hertz), one after the other. */
const TONES = [659, 523];
const TONE_SECONDS = 0.5;
const LOUDNESS = 0.5;
const PAUSE_SECONDS = 0.35;
/** After the chime, and between two languages. */
const BREATH_SECONDS = 0.7;
/** A sound card may take a moment to start, or sleep; a browser that forbids sound never answers. */
const WAKING_AT_MOST_MS = 1_500;
/** Longer than any announcement: a sound that never ends must not stop the hall. */
const ANNOUNCEMENT_AT_MOST_MS = 25_000;

/** The recordings of announcements, by `et/n-20`. Files of people's voices may replace the machine's under the same names. */
const CLIPS = new Map(
  Object.entries(
    import.meta.glob<string>('../../../../locales/*/clips/{letter,n,desk,counter,room}-*.opus', {
      query: '?url&no-inline',
      import: 'default',
      eager: true,
    }),
  ).map(([path, url]) => [path.replace(/^.*locales\/(\w+)\/clips\/(.+)\.opus$/, '$1/$2'), url]),
);

/** Chime and voice of the waiting area. A browser tab may be forbidden to play; then everybody who looks must see it. */
export class HallSound {
  #audio: AudioContext | null = null;
  readonly #loaded = new Map<string, Promise<AudioBuffer | null>>();

  /** Whether a sound would be heard. */
  get able(): boolean {
    const audio = this.#context();
    return audio !== null && isRunning(audio);
  }

  /** A person touched the screen: now the browser allows sound. */
  async wake(): Promise<void> {
    await this.#context()?.resume();
  }

  /** Loads all recordings ahead, so that no announcement waits for the network. */
  load(): void {
    for (const name of CLIPS.keys()) void this.#clip(name);
  }

  /** Chime, the visitor's language, then Estonian. Resolves when all was said; without sound at once. */
  async announce(call: CallView): Promise<void> {
    const audio = this.#context();
    if (!audio || call.manner !== 'spoken' || !(await awake(audio))) return;
    const languages = call.language === 'et' ? (['et'] as const) : ([call.language, 'et'] as const);
    const spoken = { ticket: call.number, kind: call.place.kind, place: call.place.number };
    const sentences = await Promise.all(languages.map((language) => this.#recordings(spoken, language)));
    let at = this.#chime(audio) + BREATH_SECONDS;
    for (const sentence of sentences) at = play(audio, sentence, at) + BREATH_SECONDS;
    await silence(Math.min((at - audio.currentTime) * 1000, ANNOUNCEMENT_AT_MOST_MS));
  }

  /** `null` stands for a pause. A sentence that is not complete is not begun: half a call misleads. */
  async #recordings(spoken: Parameters<typeof utterance>[0], language: CallView['language']) {
    const clips = recorded(spoken, language);
    const buffers = await Promise.all(
      clips.map((id) => (id === PAUSE ? Promise.resolve(null) : this.#clip(`${language}/${id}`))),
    );
    return clips.some((id, i) => id !== PAUSE && !buffers[i]) ? [] : buffers;
  }

  #clip(name: string): Promise<AudioBuffer | null> {
    const known = this.#loaded.get(name);
    if (known) return known;
    const loading = this.#fetch(name).catch(() => {
      this.#loaded.delete(name);
      return null;
    });
    this.#loaded.set(name, loading);
    return loading;
  }

  async #fetch(name: string): Promise<AudioBuffer | null> {
    const url = CLIPS.get(name);
    const audio = this.#context();
    if (url === undefined || !audio) return null;
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    return audio.decodeAudioData(await response.arrayBuffer());
  }

  /** @returns when it ends (seconds of the audio clock) */
  #chime(audio: AudioContext): number {
    TONES.forEach((frequency, i) => {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      const start = audio.currentTime + i * TONE_SECONDS * 0.8;
      tone.frequency.value = frequency;
      volume.gain.setValueAtTime(0.0001, start);
      volume.gain.exponentialRampToValueAtTime(LOUDNESS, start + 0.03);
      volume.gain.exponentialRampToValueAtTime(0.0001, start + TONE_SECONDS);
      tone.connect(volume).connect(audio.destination);
      tone.start(start);
      tone.stop(start + TONE_SECONDS);
    });
    return audio.currentTime + TONES.length * TONE_SECONDS * 0.8 + TONE_SECONDS * 0.2;
  }

  #context(): AudioContext | null {
    try {
      this.#audio ??= new AudioContext();
    } catch {
      return null;
    }
    return this.#audio;
  }
}

async function awake(audio: AudioContext): Promise<boolean> {
  if (audio.state === 'running') return true;
  await Promise.race([audio.resume().catch(() => undefined), silence(WAKING_AT_MOST_MS)]);
  return isRunning(audio);
}

function isRunning({ state }: AudioContext): boolean {
  return state === 'running';
}

function recorded(spoken: Parameters<typeof utterance>[0], language: CallView['language']): readonly string[] {
  try {
    return utterance(spoken, language).clips;
  } catch {
    // A number that cannot be spoken still has its chime and its plate.
    return [];
  }
}

/** @returns when the last of them ends */
function play(audio: AudioContext, buffers: readonly (AudioBuffer | null)[], from: number): number {
  let at = from;
  for (const buffer of buffers) {
    if (buffer === null) at += PAUSE_SECONDS;
    else {
      const source = audio.createBufferSource();
      source.buffer = buffer;
      source.connect(audio.destination);
      source.start(at);
      at += buffer.duration;
    }
  }
  return at;
}

function silence(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, Math.max(0, ms));
  });
}
