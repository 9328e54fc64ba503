import { monitorEventLoopDelay } from 'node:perf_hooks';

const LOOK_EVERY_MS = 2_000;
/** A visitor notices from here on (milliseconds). */
const SLOW_MS = 500;
/** How long one slow moment stays told. */
const TOLD_FOR_MS = 60_000;

/** How long the process was held up: everybody waits meanwhile, whoever caused it. */
export class LoopWatch {
  onChange: () => void = () => undefined;
  readonly #delay = monitorEventLoopDelay({ resolution: 20 });
  #timer: NodeJS.Timeout | null = null;
  #worst = 0;
  #slowUntil = 0;
  #wasSlow = false;

  start(): void {
    this.#delay.enable();
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#delay.disable();
  }

  /** The longest hold-up of the last two seconds (milliseconds). */
  get lagMs(): number {
    return this.#worst;
  }

  get isSlow(): boolean {
    return performance.now() < this.#slowUntil;
  }

  #look(): void {
    this.#worst = Math.max(0, Math.round(this.#delay.max / 1e6) - 20);
    this.#delay.reset();
    if (this.#worst >= SLOW_MS) this.#slowUntil = performance.now() + TOLD_FOR_MS;
    if (this.isSlow !== this.#wasSlow) {
      this.#wasSlow = this.isSlow;
      this.onChange();
    }
  }
}
