import type { Logger } from 'pino';
import { dayBefore, localDay } from '../domain/local-time.ts';
import type { EpochMs } from '../domain/ids.ts';
import type { JournalLine } from '../domain/journal.ts';
import type { Plan } from '../domain/plan.ts';
import type { Database } from '../store/database.ts';
import { dayHeads, sealDay } from '../store/day-heads.ts';
import { journalFrom } from '../store/journal.ts';

const LOOK_EVERY_MS = 60_000;

interface Parts {
  readonly database: Database;
  readonly now: () => EpochMs;
  readonly plan: () => Plan;
  /** The journal has grown. */
  readonly onLines: (lines: readonly JournalLine[]) => Promise<void>;
  readonly log: Logger;
}

/** Seals the journal's end once a day: when the office day is closed, else when the date has moved on. */
export class DaySeals {
  readonly #parts: Parts;
  #timer: NodeJS.Timeout | null = null;
  #sealing: Promise<void> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  start(): void {
    this.look();
    this.#timer = setInterval(() => this.look(), LOOK_EVERY_MS);
  }

  /** Looks now whether a day has passed. */
  look(): void {
    this.#soon(() => this.#sealPassedDay());
  }

  /** Sees the end of the office day among what was committed. */
  follow(lines: readonly JournalLine[]): void {
    if (lines.some(({ kind }) => kind === 'office.day-closed')) this.#soon(() => this.#seal(this.#today()));
  }

  /** Ends the looking; what was begun is finished. */
  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#sealing;
  }

  #soon(work: () => Promise<void>): void {
    this.#sealing = this.#sealing.then(work).catch((cause: unknown) => {
      this.#parts.log.error({ cause: String(cause) }, 'the day could not be sealed');
    });
  }

  async #sealPassedDay(): Promise<void> {
    const { database, plan } = this.#parts;
    const first = await database.read(async (trx) => {
      const [newest] = await dayHeads(trx, 1);
      // The line after a seal only tells of the seal.
      const [line] = await journalFrom(trx, newest ? newest.seq + 2 : 1, 1);
      return line;
    });
    if (!first) return;
    const since = localDay(Date.parse(first.at) as EpochMs, plan().office.zone);
    if (since < this.#today()) await this.#seal(dayBefore(this.#today()));
  }

  async #seal(day: string): Promise<void> {
    const { database, now, onLines } = this.#parts;
    await onLines(await database.write((trx) => sealDay(trx, day, now())));
  }

  #today(): string {
    return localDay(this.#parts.now(), this.#parts.plan().office.zone);
  }
}
