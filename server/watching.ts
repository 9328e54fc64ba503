import type { Logger } from 'pino';
import type { BackupKeeper } from './backup-keeper.ts';
import { BACKUP_TOO_OLD_MS } from './domain/backup-due.ts';
import type { EpochMs } from './domain/ids.ts';
import type { JournalLine } from './domain/journal.ts';
import { tell } from './store/accounts.ts';
import type { Ledger } from './store/ledger.ts';
import type { Store } from './store/opening.ts';
import { markSuspect } from './store/run-mark.ts';
import { OfficeWatch } from './watch/office-watch.ts';

const BACKUP_LOOK_EVERY_MS = 10 * 60_000;

interface Parts {
  readonly config: { readonly dataDir: string; readonly reserveBytes: number };
  readonly store: Store;
  readonly ledger: Ledger;
  readonly now: () => EpochMs;
  readonly onLines: (lines: readonly JournalLine[]) => Promise<void>;
  readonly log: Logger;
}

/** Sets up who watches over the office: whatever a commit or the audit file meets is told to it. */
export function watchOver({ config, store, ledger, now, onLines, log }: Parts): OfficeWatch {
  const { database } = store;
  const onDamage = (cause: unknown): void => {
    log.fatal({ cause: String(cause) }, 'the database is damaged: the process ends, and the next start restores it');
    void markSuspect(config.dataDir, String(cause))
      .catch((why: unknown) => log.error({ cause: String(why) }, 'that could not be marked'))
      .finally(() => process.exit(1));
  };
  const watch = new OfficeWatch({ database, ...config, now, onLines, log, onDamage });
  database.onCommit = (fault) => (fault ? watch.commitFailed(fault) : watch.committed());
  ledger.onAuditFault = (cause) => {
    log.error({ cause: String(cause) }, 'audit.jsonl cannot be written; its lines are kept');
    watch.auditFault(cause);
  };
  ledger.onAuditWritten = () => watch.auditCaughtUp();
  return watch;
}

/** A line in the journal and in the log: which process serves now, and whether the one before it stopped in order. */
export async function tellStarted({ store, now, onLines, log }: Parts, bootId: string): Promise<void> {
  const { stoppedCleanly, restored } = store;
  if (!stoppedCleanly) log.warn('the server before this one did not stop in order');
  const body = { bootId, stoppedCleanly, restored: restored !== null };
  await onLines(
    await store.database.write((trx) => tell(trx, 'server.started', { now: now(), actor: 'system' }, body)),
  );
}

/** Looks whether there is a backup of last night. @returns stops it */
export function watchBackups(watch: OfficeWatch, backups: BackupKeeper): () => void {
  if (!backups.isOurs) return () => undefined;
  const started = Date.now();
  const look = async (): Promise<void> => {
    const newestAt = await backups.newestAt();
    const since = newestAt ?? started; // an office that has just been set up has a night's time
    watch.backup(newestAt, Date.now() - since > BACKUP_TOO_OLD_MS);
  };
  const timer = setInterval(() => void look().catch(() => undefined), BACKUP_LOOK_EVERY_MS);
  void look().catch(() => undefined);
  return () => clearInterval(timer);
}
