import type { EpochMs } from '../domain/ids.ts';

/** How one kind of key is slowed down. All durations in milliseconds. */
export interface Pace {
  /** Wrong tries before the first wait; each further one doubles it. */
  readonly freeTries: number;
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  readonly forgottenAfterMs: number;
}

/** Five free tries, then from two seconds up to five minutes; forgotten after half an hour. */
export const USUAL_PACE: Pace = {
  freeTries: 5,
  firstWaitMs: 2_000,
  longestWaitMs: 5 * 60_000,
  forgottenAfterMs: 30 * 60_000,
};

/** More keys than this are an attack; the oldest are forgotten, so memory stays bounded. */
const KEYS_AT_MOST = 10_000;

/** Slows down guessing, per key. */
export class BackOff {
  readonly #pace: Pace;
  readonly #tries = new Map<string, { count: number; last: EpochMs }>();

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /** How long this key has to wait (milliseconds); 0: not at all. */
  waitMs(key: string, now: EpochMs): number {
    const { freeTries, firstWaitMs, longestWaitMs, forgottenAfterMs } = this.#pace;
    const tried = this.#tries.get(key);
    if (!tried || tried.count < freeTries || now - tried.last > forgottenAfterMs) return 0;
    const wait = Math.min(longestWaitMs, firstWaitMs * 2 ** (tried.count - freeTries));
    return Math.max(0, tried.last + wait - now);
  }

  failed(key: string, now: EpochMs): void {
    const tried = this.#tries.get(key);
    const before = tried && now - tried.last <= this.#pace.forgottenAfterMs ? tried.count : 0;
    this.#tries.delete(key);
    this.#tries.set(key, { count: before + 1, last: now });
    const oldest = this.#tries.keys().next();
    if (this.#tries.size > KEYS_AT_MOST && !oldest.done) this.#tries.delete(oldest.value);
  }

  /** One of the counted tries was right, or was never made. */
  takeBack(key: string): void {
    const tried = this.#tries.get(key);
    if (tried && tried.count > 1) tried.count -= 1;
    else this.#tries.delete(key);
  }

  succeeded(key: string): void {
    this.#tries.delete(key);
  }
}
