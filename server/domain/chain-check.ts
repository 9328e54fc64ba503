import { fitsSeal, type JournalLine } from './journal.ts';

/** Where a journal stops being one: the number of the line that should have followed. */
export interface Break {
  readonly seq: number;
}

/**
 * Follows the chain line by line: an edited, removed, added or swapped line does not follow from the one before. What is
 * missing at the end shows only against a head that was kept elsewhere.
 */
export class ChainCheck {
  #seq: number;
  #hash: string;

  /** @param after the line before the first one, itself known to be good; `{ seq: 0, hash: '' }`: from the beginning */
  constructor(after: { readonly seq: number; readonly hash: string }) {
    this.#seq = after.seq;
    this.#hash = after.hash;
  }

  /** The last good line. */
  get head(): { readonly seq: number; readonly hash: string } {
    return { seq: this.#seq, hash: this.#hash };
  }

  /** @returns where the chain is broken, or `null` */
  take(line: JournalLine): Break | null {
    const follows = line.seq === this.#seq + 1 && line.prevHash === this.#hash && fitsSeal(line);
    if (!follows) return { seq: this.#seq + 1 };
    this.#seq = line.seq;
    this.#hash = line.hash;
    return null;
  }
}
