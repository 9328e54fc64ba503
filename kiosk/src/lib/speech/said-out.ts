import type { Voice } from './narrator.ts';
import type { Said } from './read.ts';

/** Of the event that carries what is being said, in words: for a Braille line at the kiosk, and for tests. */
export const SAID = 'infolett:said';

export interface SaidDetail {
  readonly pieces: readonly Said[];
  /** Instead of what was being said before. */
  readonly interrupts: boolean;
}

/** Tells the page what the voice says. */
export class SaidOut implements Voice {
  readonly #voice: Voice;

  constructor(voice: Voice) {
    this.#voice = voice;
  }

  say(pieces: readonly Said[]): void {
    this.#tell(pieces, true);
    this.#voice.say(pieces);
  }

  append(pieces: readonly Said[]): void {
    this.#tell(pieces, false);
    this.#voice.append(pieces);
  }

  stop(): void {
    this.#voice.stop();
  }

  #tell(pieces: readonly Said[], interrupts: boolean): void {
    if (pieces.length === 0) return;
    globalThis.dispatchEvent(new CustomEvent<SaidDetail>(SAID, { detail: { pieces, interrupts } }));
  }
}
