import type { EpochMs } from '../domain/ids.ts';

/** Wrong tries before the first wait; each further one doubles it. */
const FREE_TRIES = 5;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 5 * 60_000;
const FORGOTTEN_AFTER_MS = 30 * 60_000;
/** More keys than this are an attack; the oldest are forgotten, so memory stays bounded. */
const KEYS_AT_MOST = 10_000;

/**
 * Slows down guessing, per key. An account is keyed together with the address it is asked from, so nobody can lock a
 * colleague out from elsewhere; an address alone is keyed as well.
 */
export class BackOff {
  readonly #tries = new Map<string, { count: number; last: EpochMs }>();

  /** How long this key has to wait (milliseconds); 0: not at all. */
  waitMs(key: string, now: EpochMs): number {
    const tried = this.#tries.get(key);
    if (!tried || tried.count < FREE_TRIES || now - tried.last > FORGOTTEN_AFTER_MS) return 0;
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tried.count - FREE_TRIES));
    return Math.max(0, tried.last + wait - now);
  }

  failed(key: string, now: EpochMs): void {
    const count = (this.#tries.get(key)?.count ?? 0) + 1;
    this.#tries.delete(key);
    this.#tries.set(key, { count, last: now });
    const oldest = this.#tries.keys().next();
    if (this.#tries.size > KEYS_AT_MOST && !oldest.done) this.#tries.delete(oldest.value);
  }

  succeeded(key: string): void {
    this.#tries.delete(key);
  }
}
