import type { ByteLink } from '../byte-link.ts';

/** One end of a cable to a virtual printer. */
export class VirtualLink implements ByteLink {
  readonly closed: Promise<string>;
  readonly #receive: (bytes: Uint8Array) => void;
  readonly #readingMs: (bytes: number) => number;
  readonly #said: Uint8Array[] = [];
  #wake: () => void = () => undefined;
  #end: (reason: string) => void = () => undefined;
  #isOpen = true;

  /** @param readingMs how long the printer takes to read so many bytes */
  constructor(receive: (bytes: Uint8Array) => void, readingMs: (bytes: number) => number) {
    this.#receive = receive;
    this.#readingMs = readingMs;
    this.closed = new Promise((resolve) => (this.#end = resolve));
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  async write(bytes: Uint8Array, signal?: AbortSignal): Promise<void> {
    if (!this.#isOpen) throw new Error('device is gone');
    const ms = this.#readingMs(bytes.length);
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
    signal?.throwIfAborted();
    this.#receive(bytes);
    if (!this.#open()) throw new Error('device is gone');
  }

  async *bytes(): AsyncIterable<Uint8Array> {
    while (this.#isOpen || this.#said.length > 0) {
      const next = this.#said.shift();
      if (next) yield next;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** The printer says something. */
  say(bytes: Uint8Array): void {
    this.#said.push(bytes);
    this.#wake();
  }

  cut(): void {
    this.#isOpen = false;
    this.#end('device is gone');
    this.#wake();
  }

  async close(): Promise<void> {
    this.cut();
  }

  /** Receiving may have cut the link. */
  #open(): boolean {
    return this.#isOpen;
  }
}
