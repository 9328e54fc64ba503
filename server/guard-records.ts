import type { Logger } from 'pino';
import type { EpochMs } from './domain/ids.ts';
import type { JournalLine } from './domain/journal.ts';
import type { Plan } from './domain/plan.ts';
import { DaySeals } from './live/day-seals.ts';
import type { JournalLooks } from './live/journal-looks.ts';
import { Purging } from './live/purging.ts';
import type { Database } from './store/database.ts';
import { appendToJournal } from './store/journal.ts';

interface Parts {
  readonly database: Database;
  readonly dataDir: string;
  readonly now: () => EpochMs;
  readonly realNow: () => EpochMs;
  readonly plan: () => Plan;
  readonly onLines: (lines: readonly JournalLine[]) => Promise<void>;
  readonly looks: JournalLooks;
  readonly log: Logger;
}

/** What looks after the office's records: their seals, and the deleting of what is kept no longer. */
export interface Guarding {
  readonly start: () => Promise<void>;
  /** The demonstration's clock was set: what waits for a day looks at once. */
  readonly look: () => void;
  readonly follow: (lines: readonly JournalLine[]) => void;
  readonly stop: () => Promise<void>;
}

/**
 * At the start the journal is looked through from the last sealed day. A broken one does not keep visitors out: it is
 * written into the log and into the journal itself, for the head and for whoever investigates.
 */
export function guardRecords(parts: Parts): Guarding {
  const { database, now, onLines, looks, log } = parts;
  const seals = new DaySeals(parts);
  const purging = new Purging(parts);
  let looking: Promise<unknown> = Promise.resolve();
  let started = false;
  let stopped = false;
  return {
    start: async () => {
      const look = looks.lookThrough('last-seal');
      looking = look;
      const { broken } = await look;
      if (broken) {
        log.error({ line: broken.seq }, 'the journal is broken: run "npm run verify-log"');
        const entry = { kind: 'journal.broken', at: now(), actor: 'system', ticket: null } as const;
        await onLines(await database.write((trx) => appendToJournal(trx, [{ ...entry, body: { line: broken.seq } }])));
      }
      if (stopped) return;
      started = true;
      seals.start();
      purging.start();
    },
    look: () => {
      if (!started || stopped) return;
      seals.look();
      purging.look();
    },
    follow: (lines) => seals.follow(lines),
    stop: async () => {
      stopped = true;
      await looking.catch(() => undefined);
      await seals.stop();
      await purging.stop();
    },
  };
}
