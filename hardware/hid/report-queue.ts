/** Reports on their way from a device to whoever reads them, in order; ends when the device is gone. */
export class ReportQueue implements AsyncIterable<Uint8Array> {
  readonly closed: Promise<string>;
  readonly #waiting: Uint8Array[] = [];
  #wake: () => void = () => undefined;
  #tellEnd: (reason: string) => void = () => undefined;
  #ended = false;

  constructor() {
    this.closed = new Promise((resolve) => (this.#tellEnd = resolve));
  }

  push(report: Uint8Array): void {
    if (this.#ended) return;
    this.#waiting.push(report);
    this.#wake();
  }

  end(reason: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#tellEnd(reason);
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    for (;;) {
      const report = this.#waiting.shift();
      if (report) yield report;
      else if (this.#ended) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
