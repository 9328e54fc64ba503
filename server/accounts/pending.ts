import type { EpochMs } from '../domain/ids.ts';

const AT_MOST = 1_000;

/** What waits for an answer from a browser: kept in memory for a while, taken once, bounded in number. */
export class Pending<T> {
  readonly #lastsMs: number;
  readonly #known = new Map<string, { readonly value: T; readonly endsAt: number }>();

  constructor(lastsMs: number) {
    this.#lastsMs = lastsMs;
  }

  put(key: string, value: T, now: EpochMs): void {
    this.#known.delete(key);
    this.#known.set(key, { value, endsAt: now + this.#lastsMs });
    const oldest = this.#known.keys().next();
    if (this.#known.size > AT_MOST && !oldest.done) this.#known.delete(oldest.value);
  }

  /** Looks without taking: a mistyped code does not end an enrolment. */
  look(key: string, now: EpochMs): T | null {
    const found = this.#known.get(key);
    return found && found.endsAt > now ? found.value : null;
  }

  take(key: string, now: EpochMs): T | null {
    const value = this.look(key, now);
    this.#known.delete(key);
    return value;
  }
}
