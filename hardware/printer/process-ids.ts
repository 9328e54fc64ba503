import { randomInt } from 'node:crypto';

/** Signs 20h to 7Dh: `~` is left for the question whether the printer knows process ids at all. */
const SIGNS = 94;
const LENGTH = 4;
const ALL = SIGNS ** LENGTH;

/** Names for jobs, four printable signs each, beginning anywhere: an answer to an older process's job is told apart. */
export class ProcessIds {
  #last = randomInt(ALL);

  next(): string {
    this.#last = (this.#last + 1) % ALL;
    const digits = Array.from({ length: LENGTH }, (_, i) => Math.floor(this.#last / SIGNS ** i) % SIGNS);
    return String.fromCharCode(...digits.map((digit) => 0x20 + digit));
  }
}
