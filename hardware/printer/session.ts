import type { ByteLink } from './byte-link.ts';

/** One connection: bytes leave in the order they were given, and nothing is heard of it once it is closed. */
export class Session {
  readonly #link: ByteLink;
  readonly #lost: (reason: string) => void;
  readonly #ending = new AbortController();
  #tail: Promise<void> = Promise.resolve();

  constructor(link: ByteLink, heard: (bytes: Uint8Array) => void, lost: (reason: string) => void) {
    this.#link = link;
    this.#lost = (reason) => {
      if (!this.#ending.signal.aborted) lost(reason);
    };
    void link.closed.then(this.#lost);
    void this.#listen(heard);
  }

  /** `left` is told when the bytes have left; a write that fails ends the session. */
  write(bytes: Uint8Array, left: () => void = () => undefined): void {
    const { signal } = this.#ending;
    this.#tail = this.#tail
      .then(() => this.#link.write(bytes, signal))
      .then(
        () => (signal.aborted ? undefined : left()),
        (cause: unknown) => this.#lost(reasonOf(cause)),
      );
  }

  async close(): Promise<void> {
    this.#ending.abort();
    await this.#link.close().catch(() => undefined);
  }

  async #listen(heard: (bytes: Uint8Array) => void): Promise<void> {
    try {
      for await (const bytes of this.#link.bytes()) if (!this.#ending.signal.aborted) heard(bytes);
      this.#lost('the link has ended');
    } catch (cause) {
      this.#lost(reasonOf(cause));
    }
  }
}

export function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
