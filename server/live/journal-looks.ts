import type { EpochMs } from '../domain/ids.ts';
import { lookThrough, type Looked } from '../store/chain-reading.ts';
import type { Database } from '../store/database.ts';

/** What became of the newest look through the journal. */
export interface LookedThrough {
  readonly at: EpochMs;
  /** The whole journal, or from the last sealed day, as at every start. */
  readonly from: 'last-seal' | 'beginning';
  readonly lines: number;
  /** The first line that does not follow from the one before; `null`: all do. */
  readonly brokenAt: number | null;
}

/** Looks the journal through, and remembers the newest look for whoever asks when that was. */
export class JournalLooks {
  readonly #database: Database;
  readonly #now: () => EpochMs;
  #newest: LookedThrough | null = null;

  constructor(database: Database, now: () => EpochMs) {
    this.#database = database;
    this.#now = now;
  }

  /** `null`: the look at the start has not ended yet. */
  get newest(): LookedThrough | null {
    return this.#newest;
  }

  async lookThrough(from: LookedThrough['from']): Promise<Looked> {
    const looked = await lookThrough(this.#database, from);
    this.#newest = { at: this.#now(), from, lines: looked.lines, brokenAt: looked.broken?.seq ?? null };
    return looked;
  }
}
