/** Waits by name: setting one again puts it off. */
export class Timers<Name> {
  readonly #over: (name: Name) => void;
  readonly #running = new Map<Name, NodeJS.Timeout>();

  constructor(over: (name: Name) => void) {
    this.#over = over;
  }

  set(name: Name, ms: number): void {
    this.forget(name);
    const over = (): void => {
      this.#running.delete(name);
      this.#over(name);
    };
    this.#running.set(name, setTimeout(over, ms));
  }

  forget(name: Name): void {
    clearTimeout(this.#running.get(name));
    this.#running.delete(name);
  }

  forgetAll(): void {
    for (const name of [...this.#running.keys()]) this.forget(name);
  }
}
