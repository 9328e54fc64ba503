import { Chance } from '../support/chance.ts';

/** One fault of the list: what is done to the office, and what must hold afterwards. */
export interface Fault {
  /** For `--only`. */
  readonly name: string;
  /** The numbers of the fault list in docs/reliability.md. */
  readonly of: string;
  readonly says: string;
  /** Its figures mean something only while nothing else is tried. */
  readonly alone?: true;
  /** @returns what was measured, a line each. @throws Error with what did not hold */
  readonly run: (trial: Trial) => Promise<readonly string[]>;
}

/** How a fault is tried: its randomness, and how often. */
export class Trial {
  readonly chance: Chance;
  readonly #share: number;

  /** @param share of the full number of repetitions, above 0 up to 1 */
  constructor(seed: number, share: number) {
    this.chance = new Chance(seed);
    this.#share = share;
  }

  /** How many of the full number of repetitions are made now; at least one. */
  times(full: number): number {
    return Math.max(1, Math.round(full * this.#share));
  }

  get isWhole(): boolean {
    return this.#share === 1;
  }
}

/** This fault cannot be made on this machine; the reason is printed, and nothing counts as shown. */
export class Skipped extends Error {}

/** @throws Error with `says` unless it holds */
export function mustHold(holds: boolean, says: string): asserts holds {
  if (!holds) throw new Error(says);
}

/** Middle, near-worst and worst of measured times (milliseconds), as text. */
export function spread(name: string, times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0);
  return `${name}: p50 ${at(0.5)}, p95 ${at(0.95)}, worst ${at(1)} ms (${sorted.length})`;
}
