import { execFile } from 'node:child_process';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { Outage } from './basics/outage.ts';
import type { Config } from './config.ts';
import { isBackupDue } from './domain/backup-due.ts';
import type { Actor, EpochMs } from './domain/ids.ts';
import type { JournalLine } from './domain/journal.ts';
import { tell } from './store/accounts.ts';
import { readBackupKey } from './store/backup-key.ts';
import { backupHeader } from './store/backup-seal.ts';
import { newestBackup, type MadeBackup } from './store/backups.ts';
import type { Database } from './store/database.ts';
import type { OfficeWatch } from './watch/office-watch.ts';

const LOOK_EVERY_MS = 60_000;
/** The first look: the office has opened and people stand in line; the backup has time. */
const FIRST_LOOK_MS = 5 * 60_000;
const AGAIN_AFTER_FAILURE_MS = 3_600_000;
const TAKES_AT_MOST_MS = 3_600_000;
/** A backup made so far ahead was made by a clock that was wrong. */
const CLOCKS_DIFFER_MS = 3_600_000;
/** Below everybody else: a backup is never in a hurry. */
const LOW_PRIORITY = 10;

interface Parts {
  readonly config: Pick<Config, 'dataDir' | 'backups' | 'backupAt' | 'backupKeepDays' | 'zone' | 'databaseUrl'>;
  readonly database: Database;
  readonly onLines: (lines: readonly JournalLine[]) => Promise<void>;
  readonly now: () => EpochMs;
  readonly log: Logger;
  /** Who tells the head. */
  readonly watch: Pick<OfficeWatch, 'raise' | 'rows'>;
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
    const look = (): void => void this.look();
    this.#timers = [setTimeout(look, FIRST_LOOK_MS), setInterval(look, LOOK_EVERY_MS)];
    this.#notBefore = performance.now() + FIRST_LOOK_MS;
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  /** When the newest backup was made; `null`: there is none. One from a day when the clock was wrong counts for nothing. */
  async newestAt(): Promise<EpochMs | null> {
    const newest = await newestBackup(this.#parts.config.backups.dir, Date.now() + CLOCKS_DIFFER_MS);
    return newest && (Date.parse(newest.at) as EpochMs);
  }

  /** Whether the key at hand is the one that the newest backup was sealed with; a lost one is noticed before it is needed. */
  async opensNewest(): Promise<boolean> {
    const { keyFile } = this.#parts.config.backups;
    const key = await readBackupKey(keyFile).catch(() => null);
    return key !== null && key.id === (await this.#newestKeyId());
  }

  /** Makes one now, or waits for the one being made. @throws Outage with the reason */
  make(actor: Actor): Promise<MadeBackup> {
    this.#making ??= this.#make(actor).finally(() => (this.#making = null));
    return this.#making;
  }

  /** Makes the nightly one if it is due. Never rejects: a head is told once, until it was taken note of. */
  async look(): Promise<void> {
    const { config, log, watch } = this.#parts;
    if (performance.now() < this.#notBefore || this.#making) return;
    if (!isBackupDue(await this.newestAt(), config.backupAt, Date.now() as EpochMs, config.zone)) return;
    try {
      const { name, bytes } = await this.make('system');
      log.info({ name, bytes }, 'the nightly backup was made');
    } catch (cause) {
      this.#notBefore = performance.now() + AGAIN_AFTER_FAILURE_MS;
      log.error({ cause: String(cause) }, 'the nightly backup could not be made');
      if (watch.rows.some(({ kind }) => kind === 'backup-failed')) return;
      await watch.raise('backup-failed', { words: String(cause).slice(0, 300) });
    }
  }

  async #make(actor: Actor): Promise<MadeBackup> {
    const { database, now, onLines, watch } = this.#parts;
    const before = await this.#newestKeyId();
    const made = await runBackup(this.#parts.config);
    const { name, bytes, seq, keyId } = made;
    await onLines(
      await database.write((trx) => tell(trx, 'backup.made', { now: now(), actor }, { name, bytes, upTo: seq, keyId })),
    );
    if (before !== null && before !== keyId) await watch.raise('backup-key-changed', { keyId, before });
    return made;
  }

  async #newestKeyId(): Promise<string | null> {
    const newest = await newestBackup(this.#parts.config.backups.dir);
    return newest && (await backupHeader(newest.path)).keyId;
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
