/** Without a touch for this long the visit ends (milliseconds); never below 60 s (WCAG 2.2, 2.2.1). */
export const IDLE_LIMIT_MS = 60_000;
/** The last part of it, with a warning by sight and sound (milliseconds). */
export const WARNING_MS = 30_000;
/** Who listens needs longer, for the whole and for the warning. */
export const SPEECH_FACTOR = 3;

/** Counts the time since the visitor's last touch. Any touch starts it anew, without limit of times. */
export class IdleClock {
  /** Whole seconds left while the warning shows; `null` before it. */
  secondsLeft = $state<number | null>(null);
  /** 1, or `SPEECH_FACTOR` while the kiosk speaks. */
  factor = 1;
  readonly #now: () => number;
  readonly #onEnd: () => void;
  readonly #onWarning: () => void;
  #touchedAt = 0;
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor(on: { readonly warning: () => void; readonly end: () => void }, now: () => number = () => Date.now()) {
    this.#now = now;
    this.#onWarning = on.warning;
    this.#onEnd = on.end;
  }

  start(): void {
    this.touch();
    this.#timer ??= setInterval(() => this.#tick(), 250);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    this.secondsLeft = null;
  }

  touch(): void {
    this.#touchedAt = this.#now();
    this.secondsLeft = null;
  }

  #tick(): void {
    const left = IDLE_LIMIT_MS * this.factor - (this.#now() - this.#touchedAt);
    if (left <= 0) {
      this.stop();
      this.#onEnd();
    } else if (left <= WARNING_MS * this.factor) {
      const wasQuiet = this.secondsLeft === null;
      this.secondsLeft = Math.ceil(left / 1_000);
      if (wasQuiet) this.#onWarning();
    }
  }
}
