import { Outage } from './outage.ts';

/**
 * One at a time, in the order asked for. A turn that does not come within `waitMs` is refused: either something
 * outside is stuck, or work asks for a turn inside its own turn and would wait for itself for ever.
 */
export class Turns {
  readonly #waitMs: number;
  readonly #waiting: (() => void)[] = [];
  #taken = false;

  constructor(waitMs: number) {
    this.#waitMs = waitMs;
  }

  async take<T>(work: () => Promise<T>): Promise<T> {
    await this.enter();
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  /** For work that begins and ends in two places. Every `enter` that resolves is followed by one `leave`. */
  async enter(): Promise<void> {
    if (this.#taken) await this.#comesUp();
    this.#taken = true;
  }

  leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#taken = false;
  }

  #comesUp(): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(go), 1);
        reject(new Outage(`no turn within ${this.#waitMs} ms`));
      }, this.#waitMs);
      this.#waiting.push(go);
    });
  }
}
