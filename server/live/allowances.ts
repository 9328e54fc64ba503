import type { EpochMs } from '../domain/ids.ts';
import type { Limits } from '../store/devices.ts';
import { Allowance } from './allowance.ts';

/** More askers than this are an attack; the oldest are forgotten, so memory stays bounded. */
const KEPT_AT_MOST = 10_000;

/** What each device, person or address may still ask, over all its connections: coming again gives nothing back. */
export class Allowances {
  readonly #kept = new Map<string, { readonly limits: Limits; readonly allowance: Allowance }>();

  of(key: string, limits: Limits, now: EpochMs): Allowance {
    const known = this.#kept.get(key);
    if (known?.limits.perMinute === limits.perMinute && known.limits.burst === limits.burst) return known.allowance;
    const allowance = new Allowance(limits, now);
    this.#kept.delete(key);
    this.#kept.set(key, { limits, allowance });
    const oldest = this.#kept.keys().next();
    if (this.#kept.size > KEPT_AT_MOST && !oldest.done) this.#kept.delete(oldest.value);
    return allowance;
  }
}
