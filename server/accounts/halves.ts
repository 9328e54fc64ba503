import type { EpochMs, StaffId } from '../domain/ids.ts';
import { newToken, tokenHash } from './tokens.ts';

/** Somebody who gave the right passphrase and has a step to go. Kept in memory only, and not for long. */
export interface Half {
  readonly staffId: StaffId;
  readonly step: 'second-factor' | 'enrol';
  /** The passphrase that was right, as it is kept: with another one nobody is half in any more. */
  readonly passphraseHash: string | null;
}

const LASTS_MS = 10 * 60_000;
/** Wrong codes before the passphrase is asked for anew. */
const TRIES = 5;
const AT_MOST = 1_000;

/** Keeps those who are half in, by a token that only their browser has. */
export class Halves {
  readonly #known = new Map<string, Half & { readonly endsAt: number; tries: number }>();

  begin(half: Half, now: EpochMs): string {
    const token = newToken();
    this.#known.set(tokenHash(token), { ...half, endsAt: now + LASTS_MS, tries: 0 });
    const oldest = this.#known.keys().next();
    if (this.#known.size > AT_MOST && !oldest.done) this.#known.delete(oldest.value);
    return token;
  }

  of(token: string, now: EpochMs): Half | null {
    const half = this.#known.get(tokenHash(token));
    return half && half.endsAt > now && half.tries < TRIES ? half : null;
  }

  /** One try at a code begins; after a few the passphrase is asked for anew, however many are sent at once. */
  tried(token: string): void {
    const half = this.#known.get(tokenHash(token));
    if (half) half.tries += 1;
  }

  /** Nobody of this account is half in any more. */
  endOf(staffId: StaffId): void {
    for (const [hash, half] of this.#known) if (half.staffId === staffId) this.#known.delete(hash);
  }
}
