import type { CallView } from '#contract/boards.ts';
import { announcedIn, PAUSE, utterance } from '#locales/utterance.ts';
import { Clips } from './clips.ts';

/** Two soft tones before a call (hertz), one after the other. */
const TONES = [659, 523];
const TONE_SECONDS = 0.5;
const LOUDNESS = 0.5;
const PAUSE_SECONDS = 0.35;
/** After the chime, and between two languages. */
const BREATH_SECONDS = 0.7;
/** A sound card may take a moment to start, or sleep; a browser that forbids sound never answers. */
const WAKING_AT_MOST_MS = 1_500;
/** One that has played before only sleeps: no call is lost because the machine is busy. */
const WAKING_AGAIN_AT_MOST_MS = 10_000;
/** Longer than any announcement, and than a chime: a sound that never ends must not stop the hall. */
const ANNOUNCEMENT_AT_MOST_MS = 25_000;
const CHIME_AT_MOST_MS = 4_000;
/** A change of loudness is not to click (seconds). */
const FADE_SECONDS = 0.05;
/** What the chime of a sound test must at least come to at the end of the line, of full scale; and how often one listens. */
const HEARD_FROM = 0.001;
const LISTEN_EVERY_MS = 40;

/** What a sound test found. */
export interface SoundTest {
  /** Recordings that cannot be played. */
  readonly missing: number;
  /** Whether the chime reached the sound card; a test that is to be silent does not listen. */
  readonly heard: boolean;
}

/** What is being said; `ends` with whether it was. */
interface Saying {
  readonly what: string;
  readonly ends: Promise<boolean>;
}

/** Chime and voice of the waiting area. A browser tab may be forbidden to play; then everybody who looks must see it. */
export class HallSound {
  #audio: AudioContext | null = null;
  #loudness: GainNode | null = null;
  #ear: AnalyserNode | null = null;
  #percent = 100;
  #hasPlayed = false;
  #saying: Saying | null = null;
  readonly #clips = new Clips(() => this.#context());

  /** `blocked` by the browser until somebody touches the screen; `absent` without any sound. */
  get state(): 'able' | 'blocked' | 'absent' {
    const audio = this.#context();
    if (audio === null) return 'absent';
    this.#hasPlayed ||= isRunning(audio);
    return isRunning(audio) ? 'able' : 'blocked';
  }

  /** Whether a call would be heard now. */
  get heard(): boolean {
    return this.state === 'able' && this.#percent > 0;
  }

  /** A person touched the screen: now the browser allows sound. */
  async wake(): Promise<void> {
    await this.#context()?.resume();
  }

  /** @param percent of full; 0 silences what is being said too */
  setLoudness(percent: number): void {
    this.#percent = percent;
    const audio = this.#context();
    if (audio) this.#loudness?.gain.setTargetAtTime(percent / 100, audio.currentTime, FADE_SECONDS);
  }

  /** Loads all recordings ahead. */
  load(): void {
    void this.#clips.loadAll();
  }

  /** Tries every recording, and the chime as far as the sound card. Whether a person hears it only a person can say. */
  async test(): Promise<SoundTest> {
    const missing = await this.#clips.loadAll();
    const audio = this.#context();
    if (!audio || !(await this.#awake(audio))) return { missing, heard: false };
    if (this.#percent === 0) return { missing, heard: true };
    // A voice that outlived its line is not spoken into.
    await this.#saying?.ends;
    const begun = audio.currentTime;
    const heard = await this.#listen(audio, this.#chime(audio));
    this.#replaceIfStill(audio, begun);
    return { missing, heard };
  }

  /**
   * Chime, the visitor's language, then Estonian. Resolves when all was said; without sound at once. What is still being said
   * when a lost line comes back is neither cut nor spoken into: the same call is told when it ends, another one waits.
   *
   * @param isWanted whether the call is still to be said when its turn has come
   */
  async announce(call: CallView, isWanted: () => boolean): Promise<void> {
    const what = `${call.order}/${call.repeats}`;
    while (this.#saying) {
      const { what: other, ends } = this.#saying;
      if ((await ends) && other === what) return;
    }
    const saying: Saying = { what, ends: this.#say(call, isWanted) };
    this.#saying = saying;
    await saying.ends;
    if (this.#saying === saying) this.#saying = null;
  }

  async #say(call: CallView, isWanted: () => boolean): Promise<boolean> {
    const audio = this.#context();
    if (!audio || this.#percent === 0 || call.manner !== 'spoken' || !(await this.#awake(audio))) return false;
    const spoken = { ticket: call.number, kind: call.place.kind, place: call.place.number };
    const sentences = await Promise.all(
      announcedIn(call.language).map((language) => this.#recordings(spoken, language)),
    );
    if (!isWanted()) return false;
    const begun = audio.currentTime;
    let at = this.#chime(audio) + BREATH_SECONDS;
    for (const sentence of sentences) at = this.#play(audio, sentence, at) + BREATH_SECONDS;
    await silence(Math.min((at - audio.currentTime) * 1000, ANNOUNCEMENT_AT_MOST_MS));
    this.#replaceIfStill(audio, begun);
    return true;
  }

  /** `null` stands for a pause. A sentence that is not complete is not begun: half a call misleads. */
  async #recordings(spoken: Parameters<typeof utterance>[0], language: CallView['language']) {
    const clips = recorded(spoken, language);
    const buffers = await Promise.all(
      clips.map((id) => (id === PAUSE ? Promise.resolve(null) : this.#clips.clip(`${language}/${id}`))),
    );
    return clips.some((id, i) => id !== PAUSE && !buffers[i]) ? [] : buffers;
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
      tone.connect(volume).connect(this.#out(audio));
      tone.start(start);
      tone.stop(start + TONE_SECONDS);
    });
    return audio.currentTime + TONES.length * TONE_SECONDS * 0.8 + TONE_SECONDS * 0.2;
  }

  /** @returns when the last of them ends */
  #play(audio: AudioContext, buffers: readonly (AudioBuffer | null)[], from: number): number {
    let at = from;
    for (const buffer of buffers) {
      if (buffer === null) at += PAUSE_SECONDS;
      else {
        const source = audio.createBufferSource();
        source.buffer = buffer;
        source.connect(this.#out(audio));
        source.start(at);
        at += buffer.duration;
      }
    }
    return at;
  }

  async #listen(audio: AudioContext, until: number): Promise<boolean> {
    const ear = this.#ear;
    if (!ear) return false;
    const samples = new Float32Array(ear.fftSize);
    const givesUpAt = performance.now() + CHIME_AT_MOST_MS;
    while (audio.currentTime < until && isRunning(audio) && performance.now() < givesUpAt) {
      ear.getFloatTimeDomainData(samples);
      if (samples.some((sample) => Math.abs(sample) > HEARD_FROM)) return true;
      await silence(LISTEN_EVERY_MS);
    }
    return false;
  }

  /** Everything goes through one knob, and past one ear. */
  #out(audio: AudioContext): AudioNode {
    if (this.#loudness) return this.#loudness;
    const loudness = audio.createGain();
    const ear = audio.createAnalyser();
    loudness.gain.value = this.#percent / 100;
    loudness.connect(ear).connect(audio.destination);
    this.#loudness = loudness;
    this.#ear = ear;
    return loudness;
  }

  async #awake(audio: AudioContext): Promise<boolean> {
    if (!isRunning(audio)) {
      const patienceMs = this.#hasPlayed ? WAKING_AGAIN_AT_MOST_MS : WAKING_AT_MOST_MS;
      await Promise.race([audio.resume().catch(() => undefined), silence(patienceMs)]);
    }
    this.#hasPlayed ||= isRunning(audio);
    return isRunning(audio);
  }

  /** A sound card that was taken away can leave a clock behind that stands still for ever: the next sound gets a new one. */
  #replaceIfStill(audio: AudioContext, begun: number): void {
    if (!isRunning(audio) || audio.currentTime > begun || this.#audio !== audio) return;
    void audio.close().catch(() => undefined);
    this.#audio = this.#loudness = this.#ear = null;
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

function silence(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, Math.max(0, ms));
  });
}
