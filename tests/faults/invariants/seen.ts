/** What a client saw with its own eyes, in the order it happened. */
export type Sighting =
  /** A kiosk showed this number: the office had acknowledged it. */
  | { readonly kind: 'number'; readonly requestId: string; readonly ticket: string; readonly number: string }
  /** A console was answered that this visitor is called to its desk. */
  | { readonly kind: 'call'; readonly requestId: string; readonly ticket: string; readonly desk: string }
  /** A display showed a call. */
  | { readonly kind: 'display'; readonly order: number; readonly number: string; readonly desk: string }
  /** A slip fell out of the printer. */
  | { readonly kind: 'paper'; readonly number: string };

/** Remembers all that the clients of one office saw, and every board they were sent, for the checks afterwards. */
export class Witness {
  readonly sightings: Sighting[] = [];
  readonly #calls = new Set<string>();
  /** Boards and replies as text: what public eyes could read. Each surface's newest few are kept. */
  readonly streams: string[] = [];

  saw(sighting: Sighting): void {
    if (sighting.kind === 'display') {
      const key = `${sighting.order} ${sighting.number} ${sighting.desk}`;
      if (this.#calls.has(key)) return;
      this.#calls.add(key);
    }
    this.sightings.push(sighting);
  }

  /** Keeps one of many boards: all would be the same few again and again. */
  read(board: object): void {
    const kept = JSON.stringify(board);
    if (this.streams.length < STREAMS_KEPT) this.streams.push(kept);
    else this.streams[this.sightings.length % STREAMS_KEPT] = kept;
  }
}

const STREAMS_KEPT = 200;
