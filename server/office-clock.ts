import type { EpochMs } from './domain/ids.ts';

/** The office's clock. The demonstration office can set it forward, so nobody has to wait for a parking to end. */
export class OfficeClock {
  #aheadMs = 0;

  readonly now = (): EpochMs => (Date.now() + this.#aheadMs) as EpochMs;

  /** @param byMs milliseconds; negative to go back */
  advance(byMs: number): void {
    this.#aheadMs += byMs;
  }

  get aheadMs(): number {
    return this.#aheadMs;
  }
}
