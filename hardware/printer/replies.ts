/** One thing a printer said. */
export type PrinterReply =
  | { readonly kind: 'status'; readonly byte: number }
  | { readonly kind: 'in-order'; readonly byte: number }
  | { readonly kind: 'cleared' }
  | { readonly kind: 'block'; readonly bytes: Uint8Array }
  | { readonly kind: 'noise'; readonly byte: number };

const BLOCK_START = 0x37;
const INFORMATION_START = 0x5f;
/** The answer to "clear buffers" is `37 25 00`. */
const CLEARED = 0x25;
/** A block without an end is noise. */
const BLOCK_AT_MOST = 80;

/**
 * Takes the printer's bytes apart, in step even under noise: each kind of answer is known by its fixed bits.
 *
 * @source Epson ESC/POS manuals (TM-T88III, TM-T81): transmitted status bytes and blocks
 */
export class Replies {
  #block: number[] = [];

  /** The replies these bytes complete. A block may begin in one piece and end in the next. */
  take(bytes: Uint8Array): readonly PrinterReply[] {
    return [...bytes].flatMap((byte) => this.#next(byte) ?? []);
  }

  /** Forgets a block half received: the link is new. */
  reset(): void {
    this.#block = [];
  }

  #next(byte: number): PrinterReply | null {
    if (this.#block.length > 0) return this.#inBlock(byte);
    if ((byte & 0x93) === 0x12) return { kind: 'status', byte };
    if (byte === BLOCK_START || byte === INFORMATION_START) {
      this.#block = [byte];
      return null;
    }
    return (byte & 0x90) === 0 ? { kind: 'in-order', byte } : { kind: 'noise', byte };
  }

  #inBlock(byte: number): PrinterReply | null {
    this.#block.push(byte);
    const ended = byte === 0;
    if (!ended && this.#block.length < BLOCK_AT_MOST) return null;
    const bytes = Uint8Array.from(this.#block);
    this.#block = [];
    if (!ended) return { kind: 'noise', byte };
    return bytes[0] === BLOCK_START && bytes[1] === CLEARED ? { kind: 'cleared' } : { kind: 'block', bytes };
  }
}
