import type { EpochMs } from '../domain/ids.ts';
import type { Limits } from '../store/devices.ts';

export type { Limits };

const MINUTE_MS = 60_000;

/** How much one device or person may still ask now: a bucket that refills evenly. */
export class Allowance {
  readonly #limits: Limits;
  #left: number;
  #at: EpochMs;

  constructor(limits: Limits, now: EpochMs) {
    this.#limits = limits;
    this.#left = limits.burst;
    this.#at = now;
  }

  /** Takes one. @returns 0, or how long to wait (milliseconds) */
  take(now: EpochMs): number {
    const perMs = this.#limits.perMinute / MINUTE_MS;
    this.#left = Math.min(this.#limits.burst, this.#left + Math.max(0, now - this.#at) * perMs);
    this.#at = now;
    if (this.#left >= 1) {
      this.#left -= 1;
      return 0;
    }
    return Math.ceil((1 - this.#left) / perMs);
  }
}
