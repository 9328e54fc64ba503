import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { Outage } from './basics/outage.ts';
import type { Config } from './config.ts';
import { isBackupDue } from './domain/backup-due.ts';
import type { Actor, EpochMs } from './domain/ids.ts';
import type { JournalLine } from './domain/journal.ts';
import { tell } from './store/accounts.ts';
import { raiseAlarm } from './store/alarms.ts';
import { newestBackup, type MadeBackup } from './store/backups.ts';
import type { Database } from './store/database.ts';

const LOOK_EVERY_MS = 60_000;
/** The first look: the office has opened and people stand in line; the backup has time. */
const FIRST_LOOK_MS = 5 * 60_000;
const AGAIN_AFTER_FAILURE_MS = 3_600_000;
const TAKES_AT_MOST_MS = 3_600_000;
/** Below everybody else: a backup is never in a hurry. */
const LOW_PRIORITY = 10;

interface Parts {
  readonly config: Pick<Config, 'dataDir' | 'backups' | 'backupAt' | 'backupKeepDays' | 'zone' | 'databaseUrl'>;
  readonly database: Database;
  readonly onLines: (lines: readonly JournalLine[]) => Promise<void>;
  readonly now: () => EpochMs;
  readonly log: Logger;
}

/**
 * Sees to it that there is a backup of every night, and makes one when a person asks. Each is made by a process of its
 * own, so that reading a large database through holds nobody up.
 */
export class BackupKeeper {
  readonly #parts: Parts;
  #timers: NodeJS.Timeout[] = [];
  #making: Promise<MadeBackup> | null = null;
  #notBefore = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Whether backups are made here at all: PostgreSQL has its own. */
  get isOurs(): boolean {
    return this.#parts.config.databaseUrl === null;
  }

  /** Where backups go, how many days they stay, and when the nightly one is made. */
  get settings(): Pick<Config, 'backups' | 'backupKeepDays' | 'backupAt'> {
    return this.#parts.config;
  }

  start(): void {
    if (!this.isOurs) return;
    const look = (): void => void this.#look();
    this.#timers = [setTimeout(look, FIRST_LOOK_MS), setInterval(look, LOOK_EVERY_MS)];
    this.#notBefore = Date.now() + FIRST_LOOK_MS;
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  /** When the newest backup was made; `null`: there is none. */
  async newestAt(): Promise<EpochMs | null> {
    const newest = await newestBackup(this.#parts.config.backups.dir);
    return newest && (Date.parse(newest.at) as EpochMs);
  }

  /** Makes one now, or waits for the one being made. @throws Outage with the reason */
  make(actor: Actor): Promise<MadeBackup> {
    this.#making ??= this.#make(actor).finally(() => (this.#making = null));
    return this.#making;
  }

  async #look(): Promise<void> {
    const { config, log } = this.#parts;
    if (Date.now() < this.#notBefore || this.#making) return;
    if (!isBackupDue(await this.newestAt(), config.backupAt, Date.now() as EpochMs, config.zone)) return;
    try {
      const { name, bytes } = await this.make('system');
      log.info({ name, bytes }, 'the nightly backup was made');
    } catch (cause) {
      this.#notBefore = Date.now() + AGAIN_AFTER_FAILURE_MS;
      log.error({ cause: String(cause) }, 'the nightly backup could not be made');
      await this.#alarm(String(cause)).catch((why: unknown) =>
        log.error({ cause: String(why) }, 'nor can an alarm be'),
      );
    }
  }

  async #make(actor: Actor): Promise<MadeBackup> {
    const { database, now, onLines } = this.#parts;
    const made = await runBackup(this.#parts.config);
    const { name, bytes, seq, keyId } = made;
    await onLines(
      await database.write((trx) => tell(trx, 'backup.made', { now: now(), actor }, { name, bytes, upTo: seq, keyId })),
    );
    return made;
  }

  async #alarm(words: string): Promise<void> {
    const { database, now, onLines } = this.#parts;
    const alarm = { id: randomUUID(), kind: 'backup-failed', at: now(), body: { words: words.slice(0, 300) } } as const;
    await onLines(await database.write((trx) => raiseAlarm(trx, alarm)));
  }
}

function runBackup({ dataDir, backups, backupKeepDays }: Parts['config']): Promise<MadeBackup> {
  const { CONFIG: _c, DATABASE_URL: _d, FAILPOINT: _f, ...environment } = process.env;
  const env = {
    ...environment,
    ...{ DATA_DIR: dataDir, BACKUP_DIR: backups.dir, BACKUP_KEY: backups.keyFile },
    BACKUP_KEEP_DAYS: String(backupKeepDays),
  };
  return new Promise((resolve, reject) => {
    const script = join(import.meta.dirname, 'backup.ts');
    const child = execFile(
      process.execPath,
      [script, '--json'],
      { env, timeout: TAKES_AT_MOST_MS },
      (failed, stdout, stderr) => {
        if (failed) reject(new Outage(stderr.trim() || failed.message, { cause: failed }));
        else resolve(JSON.parse(stdout) as MadeBackup);
      },
    );
    if (child.pid !== undefined) setPriority(child.pid, LOW_PRIORITY);
  });
}
