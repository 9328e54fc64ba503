import { randomInt } from 'node:crypto';
import { err, ok, type Result } from '../basics/result.ts';
import { later, type EpochMs, type StaffId } from '../domain/ids.ts';
import { newCode, PAIRING_LASTS_MS, typedCode } from '../domain/pairing.ts';
import type { Device } from '../store/devices.ts';
import { BackOff, USUAL_PACE } from './back-off.ts';
import { neighbourhoodOf } from './neighbourhood.ts';
import { newToken, tokenHash } from './tokens.ts';

/** Unpaired screens at one address, and in all: an attacker fills neither the memory nor the head's patience. */
const ALIVE_PER_ADDRESS = 10;
const ALIVE_AT_MOST = 200;

/** A screen that waits to be paired. */
export interface Waiting {
  readonly code: string;
  readonly kind: Device['kind'];
  readonly address: string;
  readonly endsAt: EpochMs;
}

/** What the head said: the device may come in, under this name. */
export interface Approval {
  readonly name: string;
  readonly by: StaffId;
}

export type CodeRefusal =
  { readonly code: 'unknown-code' } | { readonly code: 'too-many-requests'; readonly retryAfterMs: number };

interface Entry extends Waiting {
  approval: Approval | null;
}

/**
 * Codes of screens that wait to be paired. They live in memory only: after a restart every screen shows a new one. The
 * secret that fetches the token never leaves the screen's own cookie; whoever merely reads the code can do nothing.
 */
export class PairingDesk {
  readonly #now: () => EpochMs;
  /** By the hash of the screen's secret. */
  readonly #entries = new Map<string, Entry>();
  readonly #guesses = new BackOff(USUAL_PACE);

  constructor(now: () => EpochMs) {
    this.#now = now;
  }

  /** A new code for a screen. @returns the secret that only this screen gets, or how long to wait (milliseconds) */
  open(kind: Device['kind'], address: string): Result<{ readonly secret: string; readonly waiting: Waiting }, number> {
    this.#forgetOld();
    const alive = [...this.#entries.values()];
    const near = neighbourhoodOf(address);
    const here = alive.filter((entry) => neighbourhoodOf(entry.address) === near);
    const full = alive.length >= ALIVE_AT_MOST ? alive : here.length >= ALIVE_PER_ADDRESS ? here : null;
    if (full) return err(Math.max(1, Math.min(...full.map(({ endsAt }) => endsAt)) - this.#now()));
    const secret = newToken();
    const endsAt = later(this.#now(), PAIRING_LASTS_MS);
    const waiting = { code: this.#freshCode(), kind, address, endsAt };
    this.#entries.set(tokenHash(secret), { ...waiting, approval: null });
    return ok({ secret, waiting });
  }

  /** What a screen waits for; `null` when its code has run out or was never given. */
  waitingOf(secret: string, kind: Device['kind']): Waiting | null {
    this.#forgetOld();
    const entry = this.#entries.get(tokenHash(secret));
    return entry?.kind === kind ? entry : null;
  }

  lastsMs({ endsAt }: Waiting): number {
    return Math.max(0, endsAt - this.#now());
  }

  /** The screen fetches what it was promised, once. `null`: nobody has approved it yet. */
  claim(secret: string, kind: Device['kind']): Approval | null {
    if (!this.waitingOf(secret, kind)) return null;
    const hash = tokenHash(secret);
    const approval = this.#entries.get(hash)?.approval ?? null;
    if (approval) this.#entries.delete(hash);
    return approval;
  }

  /** Which screen shows this code. Wrong codes are slowed down per member of staff. */
  lookUp(typed: string, by: StaffId): Result<Waiting, CodeRefusal> {
    return this.#found(typed, by);
  }

  /** Lets the screen with this code in. The code is used up. */
  approve(typed: string, name: string, by: StaffId): Result<Waiting, CodeRefusal> {
    const found = this.#found(typed, by);
    if (found.ok) found.value.approval = { name, by };
    return found;
  }

  #found(typed: string, by: StaffId): Result<Entry, CodeRefusal> {
    this.#forgetOld();
    const retryAfterMs = this.#guesses.waitMs(by, this.#now());
    if (retryAfterMs > 0) return err({ code: 'too-many-requests', retryAfterMs });
    const code = typedCode(typed);
    const entry = [...this.#entries.values()].find((one) => one.code === code && one.approval === null);
    if (!entry) {
      this.#guesses.failed(by, this.#now());
      return err({ code: 'unknown-code' });
    }
    this.#guesses.succeeded(by);
    return ok(entry);
  }

  #freshCode(): string {
    for (;;) {
      const code = newCode(randomInt);
      if (![...this.#entries.values()].some((entry) => entry.code === code)) return code;
    }
  }

  #forgetOld(): void {
    const now = this.#now();
    for (const [hash, { endsAt }] of this.#entries) if (endsAt <= now) this.#entries.delete(hash);
  }
}
