/** From here on somebody should have a new roll at hand (millimetres left). */
const LOW_AT_MM = 5_000;

/** What is known of the roll across restarts: many printers have no sensor for its last metres. */
export interface RollMemory {
  /** A full roll; 80 m is common. */
  readonly lengthMm: number;
  readonly usedMm: number;
  /** Told after each slip and each new roll. */
  readonly onChange: (roll: { readonly lengthMm: number; readonly usedMm: number }) => void;
}

/** Counts what was printed from the roll. */
export class PaperRoll {
  readonly #memory: RollMemory;
  #lengthMm: number;
  #usedMm: number;

  constructor(memory: RollMemory) {
    this.#memory = memory;
    this.#lengthMm = memory.lengthMm;
    this.#usedMm = memory.usedMm;
  }

  get lengthMm(): number {
    return this.#lengthMm;
  }

  get usedMm(): number {
    return Math.round(this.#usedMm);
  }

  get isLow(): boolean {
    return this.#usedMm > this.#lengthMm - LOW_AT_MM;
  }

  use(mm: number): void {
    this.#usedMm += mm;
    this.#tell();
  }

  /** A new roll is in: the old one was at its end, or a person says so and how long it is. */
  renew(lengthMm: number = this.#lengthMm): void {
    this.#lengthMm = lengthMm;
    this.#usedMm = 0;
    this.#tell();
  }

  #tell(): void {
    const { lengthMm, usedMm } = this;
    this.#memory.onChange({ lengthMm, usedMm });
  }
}
