/**
 * Sends at once when it was quiet, and at most once per interval under load: the newest state always goes out, states
 * between two sendings are skipped. Boards are whole, so nothing is missed.
 */
export class Pacer {
  readonly #everyMs: number;
  readonly #send: () => void;
  #timer: NodeJS.Timeout | null = null;
  #asked = false;

  constructor(everyMs: number, send: () => void) {
    this.#everyMs = everyMs;
    this.#send = send;
  }

  ask(): void {
    if (this.#timer) {
      this.#asked = true;
      return;
    }
    this.#send();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#asked) {
        this.#asked = false;
        this.ask();
      }
    }, this.#everyMs);
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#asked = false;
  }
}
