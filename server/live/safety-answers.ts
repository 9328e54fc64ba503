import { stat } from 'node:fs/promises';
import { err, ok } from '../basics/result.ts';
import { takeFallback } from '../commands/take-fallback.ts';
import type { SAFETY_REQUESTS } from '../contract/requests/safety.ts';
import { answerTo } from '../domain/book.ts';
import { fallbackLetter } from '../domain/fallback.ts';
import type { Actor, EpochMs, StaffId, TicketNumber } from '../domain/ids.ts';
import type { JournalLine } from '../domain/journal.ts';
import { judged, type CheckFacts } from '../domain/opening-check.ts';
import { listBackups, type BackupFile } from '../store/backups.ts';
import { checksOf, saveCheck, type CheckReport } from '../store/check-store.ts';
import type { Database } from '../store/database.ts';
import { leaseNumbers, markTaken, numbersOnRoll } from '../store/fallback-store.ts';
import type { Afterwards, Commands } from './commands.ts';
import { fallbackWordsAnswers } from './fallback-words.ts';
import type { Office } from './office.ts';
import type { Once } from './once.ts';
import type { PlanChanges } from './plan-changes.ts';

export type SafetyAnswers = Pick<Commands, keyof typeof SAFETY_REQUESTS>;

interface Parts {
  readonly office: Office;
  readonly database: Database;
  readonly onLines: (lines: readonly JournalLine[]) => Promise<void>;
  readonly once: Once;
  readonly plans: PlanChanges;
  readonly afterwards: Afterwards;
  readonly watch: { readonly acknowledge: (alarmId: string, actor: StaffId) => Promise<void> };
  readonly backups: {
    readonly isOurs: boolean;
    readonly settings: {
      readonly backups: { readonly dir: string };
      readonly backupKeepDays: number;
      readonly backupAt: string;
    };
    readonly make: (actor: Actor) => Promise<BackupFile & { readonly bytes: number }>;
  };
  /** What is found in the office now; the test slip takes as long as the printer does. */
  readonly look: (asked: { readonly clockAt: EpochMs; readonly roundTripMs: number }) => Promise<CheckFacts>;
  readonly newId: () => string;
}

const REPORTS_AT_MOST = 30;

/** Alarms, backups, the morning's check, numbers on paper. */
export function safetyAnswers(parts: Parts): SafetyAnswers {
  const { office, database, onLines, watch, backups, once, afterwards } = parts;
  const acts: Pick<SafetyAnswers, 'alarm:acknowledge' | 'backup:make' | 'check:run' | 'fallback:print'> = {
    'alarm:acknowledge': async ({ alarmId }, { actor }) => {
      await watch.acknowledge(alarmId, actor as StaffId);
      return ok(null);
    },
    'backup:make': async (_, { actor }) => {
      const { name, at, bytes } = await backups.make(actor);
      return ok({ name, at: Date.parse(at) as EpochMs, bytes });
    },
    'check:run': async ({ clockAt, roundTripMs }, { actor }) => {
      const facts = await parts.look({ clockAt, roundTripMs });
      const made: CheckReport = { id: parts.newId(), at: office.now(), actor, items: judged(facts), facts };
      await onLines(await database.write((trx) => saveCheck(trx, made)));
      return ok(told(made));
    },
    'fallback:print': async ({ count }, { actor }) => {
      const letter = fallbackLetter(office.plan());
      if (letter === null) return err({ code: 'no-letter' });
      const { numbers, lines } = await database.write((trx) =>
        leaseNumbers(trx, letter, count, { now: office.now(), actor }),
      );
      await onLines(lines);
      afterwards(printed(numbers));
      return ok({ numbers: [...numbers] });
    },
  };
  return {
    ...once.guardAll(acts),
    ...fallbackWordsAnswers(office, parts.plans),
    'backup:list': async () => {
      const { isOurs, settings } = backups;
      const { backupKeepDays: keepDays, backupAt: at } = settings;
      const found = isOurs ? await listBackups(settings.backups.dir) : [];
      const sized = found.map(async (one) => ({
        name: one.name,
        at: Date.parse(one.at) as EpochMs,
        bytes: (await stat(one.path)).size,
      }));
      return ok({ isOurs, keepDays, at, backups: await Promise.all(sized) });
    },
    'check:list': async () => {
      const reports = await database.read((trx) => checksOf(trx, REPORTS_AT_MOST));
      return ok(reports.map(told));
    },
    'fallback:list': async () => {
      const onRoll = await database.read(numbersOnRoll);
      return ok({ letter: fallbackLetter(office.plan()), onRoll: onRoll.map((one) => ({ ...one })) });
    },
    'fallback:take': async (taken, { actor }) => {
      const known = await database.read(numbersOnRoll);
      const isRepeat = answerTo(office.ledger.committed, taken.requestId) !== undefined;
      if (!isRepeat && !known.some(({ number }) => number === taken.number)) return err({ code: 'unknown-number' });
      const result = await office.ledger.carryOut('fallback:take', takeFallback, taken, actor);
      if (!result.ok) return result;
      await database.write((trx) => markTaken(trx, [result.value.reply], office.now()));
      return ok(result.value.reply);
    },
  };

  function told({ items, facts, ...rest }: CheckReport) {
    const name = office.plan().specialists.find(({ id }) => id === rest.actor)?.name ?? '';
    return { ...rest, actor: rest.actor as StaffId, name, items: items.map((item) => ({ ...item })), facts };
  }

  /** One after the other; a printer that stops keeps the rest for another day: the numbers are set aside all the same. */
  async function printed(numbers: readonly TicketNumber[]): Promise<void> {
    for (const number of numbers) await office.paper.fallback(number, office.plan());
  }
}
