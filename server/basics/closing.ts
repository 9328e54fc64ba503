/**
 * What has been opened, to be closed in the opposite order: at an orderly stop, and when something that is opened later fails, so
 * that the next try finds nothing held.
 */
export class Closing {
  readonly #works: (() => unknown)[] = [];

  /** @param work closes what has just been opened */
  add(work: () => unknown): void {
    this.#works.push(work);
  }

  /** Closes all of it, once. One that fails keeps none of the others open. @throws the first failure, after all the others */
  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (let work = this.#works.pop(); work; work = this.#works.pop()) {
      try {
        await work();
      } catch (cause) {
        failures.push(cause);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
