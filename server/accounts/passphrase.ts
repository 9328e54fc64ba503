import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Turns } from '../basics/turns.ts';

const derive = promisify(argon2);

/** argon2id with 19 MiB, two passes, one lane: the least that OWASP's password storage sheet asks for. */
const MEMORY_KIB = 19_456;
const PASSES = 2;
const LANES = 1;
const SALT_BYTES = 16;
const TAG_BYTES = 32;

/** Whoever waits longer than this for a turn is refused: an attacker may not stall the office. */
const TURN_WITHIN_MS = 10_000;
/** At most two hashes at a time, however many sign in at once. */
const AT_ONCE = 2;
const KEPT_FOR_KNOWN = 1;

export type Browser = 'known' | 'strange';

/**
 * Hashes passphrases, at most two at a time; one for the whole process. Browsers in which nobody has signed in before share
 * one of the two: from however many addresses strangers send guesses, the other is there for colleagues at their tablets.
 */
export class Passphrases {
  /** How many hashes have been made: the same for a known and an unknown name, which a test counts. */
  made = 0;
  /** How many are being made now, and the most there have been. */
  busy = 0;
  mostBusy = 0;
  readonly #lanes = Array.from({ length: AT_ONCE }, () => ({ turns: new Turns(TURN_WITHIN_MS), waiting: 0 }));

  /** @returns `argon2id$salt$tag`, both base64url */
  async hash(passphrase: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    const tag = await this.#tagOf(passphrase, salt, 'known');
    return `argon2id$${salt.toString('base64url')}$${tag.toString('base64url')}`;
  }

  /**
   * Does the same work whether or not there is an account (`hash` is `null`): the time the answer takes tells nothing.
   *
   * @param browser whether this account has signed in before where the passphrase comes from
   * @throws Outage when no turn came in time
   */
  async matches(passphrase: string, hash: string | null, browser: Browser): Promise<boolean> {
    const [, salt = '', tag = ''] = (hash ?? '').split('$');
    const nonce = salt === '' ? Buffer.alloc(SALT_BYTES) : Buffer.from(salt, 'base64url');
    const made = await this.#tagOf(passphrase, nonce, browser);
    const known = Buffer.from(tag, 'base64url');
    return hash !== null && known.length === made.length && timingSafeEqual(known, made);
  }

  async #tagOf(passphrase: string, nonce: Buffer, browser: Browser): Promise<Buffer> {
    const lanes = browser === 'known' ? this.#lanes : this.#lanes.slice(0, AT_ONCE - KEPT_FOR_KNOWN);
    const lane = lanes.reduce((best, one) => (one.waiting < best.waiting ? one : best));
    const message = Buffer.from(passphrase.normalize('NFC'), 'utf8');
    lane.waiting += 1;
    try {
      return await lane.turns.take(async () => {
        this.made += 1;
        this.busy += 1;
        this.mostBusy = Math.max(this.mostBusy, this.busy);
        try {
          return await derive('argon2id', {
            message,
            nonce,
            parallelism: LANES,
            tagLength: TAG_BYTES,
            memory: MEMORY_KIB,
            passes: PASSES,
          });
        } finally {
          this.busy -= 1;
        }
      });
    } finally {
      lane.waiting -= 1;
    }
  }
}
