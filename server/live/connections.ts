/** How many connections each device or person has open: one that has no end of them is broken or an attack. */
export class Connections {
  readonly #open = new Map<string, number>();

  /** Counts one more. @returns whether it is still within `atMost`; if not, nothing was counted */
  enter(key: string, atMost: number): boolean {
    const open = this.#open.get(key) ?? 0;
    if (open >= atMost) return false;
    this.#open.set(key, open + 1);
    return true;
  }

  leave(key: string): void {
    const left = (this.#open.get(key) ?? 0) - 1;
    if (left > 0) this.#open.set(key, left);
    else this.#open.delete(key);
  }
}
