import type { Logger } from 'pino';
import { localDay } from '../domain/local-time.ts';
import type { EpochMs } from '../domain/ids.ts';
import type { JournalLine } from '../domain/journal.ts';
import type { Plan } from '../domain/plan.ts';
import { keptSince } from '../domain/retention.ts';
import type { Database } from '../store/database.ts';
import { dropCopies, oldCopies } from '../store/old-copies.ts';
import { lastPurge, purge } from '../store/purge.ts';

const LOOK_EVERY_MS = 20_000;

interface Parts {
  readonly database: Database;
  readonly dataDir: string;
  readonly now: () => EpochMs;
  /** Sessions and links end by real time, also while a demonstration sets the office's clock forward. */
  readonly realNow: () => EpochMs;
  readonly plan: () => Plan;
  /** The journal has grown. */
  readonly onLines: (lines: readonly JournalLine[]) => Promise<void>;
  readonly log: Logger;
}

/** Deletes once a day what the office no longer keeps, so that nothing of it is left in the file either. */
export class Purging {
  readonly #parts: Parts;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  start(): void {
    this.look();
    this.#timer = setInterval(() => this.look(), LOOK_EVERY_MS);
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#running;
  }

  /** Looks now whether today's deleting has been done. */
  look(): void {
    this.#running ??= this.#purgeOnce()
      .catch((cause: unknown) => this.#parts.log.error({ cause: String(cause) }, 'old data could not be deleted'))
      .finally(() => (this.#running = null));
  }

  async #purgeOnce(): Promise<void> {
    const { database, dataDir, now, realNow, plan, onLines, log } = this.#parts;
    const { retention, office } = plan();
    const today = localDay(now(), office.zone);
    const before = await database.read((trx) => lastPurge(trx, now()));
    if (before && localDay(before.at, office.zone) >= today) return;
    const at = { now: now(), realNow: realNow() };
    const copies = await oldCopies(dataDir, { keepDays: retention.detailsDays, ...at });
    await dropCopies(copies);
    const lines = await database.write((trx) =>
      purge(trx, keptSince(retention, today), { ...at, copies: copies.length }),
    );
    await onLines(lines);
    await database.wipeDeleted();
    log.info({ deleted: lines.length > 0 }, 'old data was looked through');
  }
}
