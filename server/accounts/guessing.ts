import { err, ok, type Result } from '../basics/result.ts';
import type { EpochMs } from '../domain/ids.ts';
import { BackOff, USUAL_PACE } from './back-off.ts';

/** Who tries: an account's name, from where, and whether that browser has been used for this account before. */
export interface Try {
  readonly username: string;
  readonly address: string;
  /** An id of the browser, proven by its own cookie; `null`: a strange browser. */
  readonly knownBrowser: string | null;
}

const HALF_HOUR_MS = 30 * 60_000;

/**
 * Slows down whoever guesses passphrases without locking anybody out.
 *
 * A browser in which a person has signed in before is counted by itself: whatever happens elsewhere, it is not slowed
 * down. Strange browsers share three counters: the account from one address (5 free tries, then up to 5 minutes), the
 * account from anywhere (30, then up to 1 minute), and the address (100, then at most 2 seconds: a whole office may sign
 * in from one address, so it can be slowed down but never shut out).
 *
 * @source OWASP, "Slow Down Online Guessing Attacks with Device Cookies"
 */
export class Guessing {
  readonly #own = new BackOff(USUAL_PACE);
  readonly #pair = new BackOff(USUAL_PACE);
  readonly #account = new BackOff({
    freeTries: 30,
    firstWaitMs: 2_000,
    longestWaitMs: 60_000,
    forgottenAfterMs: HALF_HOUR_MS,
  });
  readonly #address = new BackOff({
    freeTries: 100,
    firstWaitMs: 500,
    longestWaitMs: 2_000,
    forgottenAfterMs: HALF_HOUR_MS,
  });

  /** How long this try has to wait (milliseconds); 0: not at all. */
  waitMs(one: Try, now: EpochMs): number {
    return Math.max(...this.#countersOf(one).map(({ backOff, key }) => backOff.waitMs(key, now)));
  }

  /**
   * Lets somebody try; `check` finds out what they get, `null` when the try was wrong. A try counts from its start: a
   * hundred sent at once would otherwise all be let through before the first is known to be wrong.
   *
   * @returns what `check` found, or how long to wait instead (milliseconds)
   */
  async attempt<T>(one: Try, now: EpochMs, check: () => Promise<T | null>): Promise<Result<T | null, number>> {
    const waitMs = this.waitMs(one, now);
    if (waitMs > 0) return err(waitMs);
    this.failed(one, now);
    let isWrong = false;
    try {
      const found = await check();
      isWrong = found === null;
      return ok(found);
    } finally {
      if (!isWrong) for (const { backOff, key } of this.#countersOf(one)) backOff.takeBack(key);
    }
  }

  failed(one: Try, now: EpochMs): void {
    for (const { backOff, key } of this.#countersOf(one)) backOff.failed(key, now);
  }

  /** The address keeps its count: one's own success pays for no guesses at others. */
  succeeded(one: Try): void {
    this.#own.succeeded(ownKey(one));
    this.#pair.succeeded(pairKey(one));
  }

  #countersOf(one: Try): readonly { readonly backOff: BackOff; readonly key: string }[] {
    if (one.knownBrowser !== null) return [{ backOff: this.#own, key: ownKey(one) }];
    return [
      { backOff: this.#pair, key: pairKey(one) },
      { backOff: this.#account, key: one.username },
      { backOff: this.#address, key: one.address },
    ];
  }
}

function ownKey({ knownBrowser, username }: Try): string {
  return `${knownBrowser ?? ''}\n${username}`;
}

function pairKey({ address, username }: Try): string {
  return `${address}\n${username}`;
}
