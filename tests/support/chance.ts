/** Repeatable randomness for simulations: the same seed gives the same office. Not for secrets. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /**
   * A number from 0 (inclusive) to 1 (exclusive).
   *
   * @source the mulberry32 generator by Tommy Ettinger, public domain: 32 bits of state, period 2^32
   */
  fraction(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** Whether something with this probability (0 to 1) happens now. */
  happens(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** One of them, each as likely as its weight says. */
  oneOf<T>(choices: readonly (readonly [T, number])[]): T {
    const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
    let left = this.fraction() * total;
    for (const [choice, weight] of choices) {
      left -= weight;
      if (left < 0) return choice;
    }
    const last = choices.at(-1);
    if (last === undefined) throw new Error('nothing to choose from');
    return last[0];
  }

  /** The time until the next of events that come independently, `mean` apart on average (same unit as `mean`). */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.fraction());
  }

  /**
   * A desk time: log-normal with this mean. `sigma` 0.6 puts the ninetieth of a hundred at about 1.8 times the mean.
   */
  logNormal(mean: number, sigma: number): number {
    const normal = Math.sqrt(-2 * Math.log(1 - this.fraction())) * Math.cos(2 * Math.PI * this.fraction());
    return mean * Math.exp(sigma * normal - (sigma * sigma) / 2);
  }
}
