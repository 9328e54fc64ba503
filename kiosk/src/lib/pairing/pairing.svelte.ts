import type { PairingAnswer } from '#contract/pairing.ts';

/** What an unpaired screen shows. `away`: the server did not answer; what it said before is shown on. */
export interface PairingState {
  readonly answer: PairingAnswer;
  readonly away: boolean;
}

/** How often the screen asks whether the head has let it in (milliseconds). */
const ASK_EVERY_MS = 2_000;
/** A network that swallows everything never says no: then it is asked again. */
const ANSWER_WITHIN_MS = 5_000;

/** Asks to become this office's screen until the office says yes; meanwhile there is a code to show. */
export class Pairing {
  state = $state.raw<PairingState | null>(null);
  readonly #surface: 'kiosk' | 'display';
  readonly #onPaired: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking = false;

  constructor(surface: 'kiosk' | 'display', onPaired: () => void) {
    this.#surface = surface;
    this.#onPaired = onPaired;
  }

  start(): void {
    if (this.#asking) return;
    this.#asking = true;
    void this.#ask();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#asking = false;
  }

  async #ask(): Promise<void> {
    const response = await fetch('/api/pair', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ surface: this.#surface }),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    }).catch(() => null);
    if (response?.status === 204) {
      this.#asking = false;
      this.state = null;
      this.#onPaired();
      return;
    }
    await this.#show(response);
    if (this.#asking) this.#timer = setTimeout(() => void this.#ask(), ASK_EVERY_MS);
  }

  async #show(response: Response | null): Promise<void> {
    const told = response?.status === 202 || response?.status === 429;
    // Our own server speaks the contract of our own build.
    const answer = told ? ((await response.json().catch(() => null)) as PairingAnswer | null) : null;
    if (answer) this.state = { answer, away: false };
    else if (this.state) this.state = { ...this.state, away: true };
  }
}
