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

/** A network that swallows everything never says no; a call cannot wait for it (milliseconds). */
const LOADED_WITHIN_MS = 10_000;

/** Every recording of the announcements, loaded once and kept decoded. */
export class Clips {
  readonly #audio: () => AudioContext | null;
  readonly #loaded = new Map<string, Promise<AudioBuffer | null>>();

  constructor(audio: () => AudioContext | null) {
    this.#audio = audio;
  }

  /** @returns `null` when it is missing or cannot be fetched now; the next time it is tried again */
  clip(name: string): Promise<AudioBuffer | null> {
    const known = this.#loaded.get(name);
    if (known) return known;
    const loading = this.#fetch(name).catch(() => {
      this.#loaded.delete(name);
      return null;
    });
    this.#loaded.set(name, loading);
    return loading;
  }

  /** Loads all ahead, so that no announcement waits for the network. @returns how many cannot be played */
  async loadAll(): Promise<number> {
    const all = await Promise.all([...CLIPS.keys()].map((name) => this.clip(name)));
    return all.filter((clip) => clip === null).length;
  }

  async #fetch(name: string): Promise<AudioBuffer | null> {
    const url = CLIPS.get(name);
    const audio = this.#audio();
    if (url === undefined) return null;
    if (!audio) throw new Error('no sound now');
    const response = await fetch(url, { signal: AbortSignal.timeout(LOADED_WITHIN_MS) });
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    return audio.decodeAudioData(await response.arrayBuffer());
  }
}
