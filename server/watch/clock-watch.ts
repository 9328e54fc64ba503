const LOOK_EVERY_MS = 1_000;
/** A step smaller than this is the usual correction of a clock (milliseconds). */
const STEP_MS = 30_000;

/** Compares the machine's clock with one that only runs forward: nobody sets a clock without being seen. */
export class ClockWatch {
  /** The clock was set. @param byMs forward, or back when negative */
  onStep: (byMs: number) => void = () => undefined;
  readonly #wall: () => number;
  readonly #steady: () => number;
  #ahead: number;
  #timer: NodeJS.Timeout | null = null;

  constructor(wall: () => number, steady: () => number) {
    this.#wall = wall;
    this.#steady = steady;
    this.#ahead = wall() - steady();
  }

  start(): void {
    this.#timer = setInterval(() => this.look(), LOOK_EVERY_MS);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
  }

  look(): void {
    const ahead = this.#wall() - this.#steady();
    const byMs = ahead - this.#ahead;
    this.#ahead = ahead; // a slow drift is followed, a step is told
    if (Math.abs(byMs) >= STEP_MS) this.onStep(Math.round(byMs));
  }
}
