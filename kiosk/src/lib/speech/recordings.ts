import type { Language } from '#contract/language.ts';

/** The recordings of one language: which there are, and their sound once it was fetched. */
export interface Recordings {
  has(id: string): boolean;
  /** @returns an address to play from; `null` when it cannot be had now */
  sound(id: string): Promise<string | null>;
}

interface Kept {
  readonly ids: ReadonlySet<string>;
  readonly sounds: Map<string, Promise<string | null>>;
}

const NONE: Recordings = { has: () => false, sound: async () => null };

/**
 * Fetches recordings from the office and keeps them, so that a kiosk which has begun to speak can still say what to do
 * when its line dies. The keeping ends with the page.
 */
export class Library {
  readonly #shelves = new Map<Language, Promise<Kept | null>>();

  /** An office that cannot be asked has none now; it is asked again the next time. */
  async of(language: Language): Promise<Recordings> {
    const shelf = this.#shelves.get(language) ?? this.#open(language);
    this.#shelves.set(language, shelf);
    const kept = await shelf;
    if (!kept) {
      this.#shelves.delete(language);
      return NONE;
    }
    return { has: (id) => kept.ids.has(id), sound: (id) => this.#sound(kept, language, id) };
  }

  /** Fetches all of a language, one after the other, until told to stop. */
  async keepAll(language: Language, signal: AbortSignal): Promise<void> {
    const kept = await this.#shelves.get(language);
    for (const id of kept?.ids ?? []) {
      if (signal.aborted) return;
      if (kept) await this.#sound(kept, language, id);
    }
  }

  async #open(language: Language): Promise<Kept | null> {
    try {
      const response = await fetch(`/voice/${language}.json`);
      if (!response.ok) return null;
      // Our own server speaks the contract of our own build.
      const { clips } = (await response.json()) as { readonly clips: readonly string[] };
      return { ids: new Set(clips), sounds: new Map() };
    } catch {
      return null;
    }
  }

  #sound(kept: Kept, language: Language, id: string): Promise<string | null> {
    const known = kept.sounds.get(id);
    if (known) return known;
    const loading = fetchSound(`/voice/${language}/${id}.opus`).catch(() => null);
    kept.sounds.set(id, loading);
    void loading.then((sound) => sound ?? kept.sounds.delete(id));
    return loading;
  }
}

async function fetchSound(address: string): Promise<string | null> {
  const response = await fetch(address);
  return response.ok ? URL.createObjectURL(await response.blob()) : null;
}
