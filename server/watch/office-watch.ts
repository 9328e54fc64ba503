import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { Outage } from '../basics/outage.ts';
import type { AlarmRow } from '../contract/boards.ts';
import type { AlarmKind } from '../domain/alarm.ts';
import type { Json } from '../domain/chain.ts';
import type { EpochMs, StaffId } from '../domain/ids.ts';
import type { JournalLine } from '../domain/journal.ts';
import { acknowledgeAlarm, openAlarms, raiseAlarm, type Alarm } from '../store/alarms.ts';
import type { Database } from '../store/database.ts';
import { isDamage } from '../store/disk-faults.ts';
import { ClockWatch } from './clock-watch.ts';
import { DiskWatch } from './disk-watch.ts';
import { LoopWatch } from './loop-watch.ts';

interface Parts {
  readonly database: Database;
  readonly dataDir: string;
  readonly reserveBytes: number;
  readonly now: () => EpochMs;
  readonly onLines: (lines: readonly JournalLine[]) => Promise<void>;
  readonly log: Logger;
  /** SQLite says that its file is damaged: nothing more is written, the process ends and the next start restores. */
  readonly onDamage: (cause: unknown) => void;
}

/** A condition that lasts, and goes by itself. */
type Condition = Exclude<AlarmRow['kind'], AlarmKind>;

/**
 * Knows what is not as it should be with the office itself: what has happened and must be known (an alarm, until a head
 * has taken note), and what is so now (a condition, until it is over). For the console, `/healthz` and the log.
 */
export class OfficeWatch {
  onChange: () => void = () => undefined;
  readonly disk: DiskWatch;
  readonly loop = new LoopWatch();
  readonly #clock = new ClockWatch(
    () => Date.now(),
    () => performance.now(),
  );
  readonly #parts: Parts;
  readonly #conditions = new Map<Condition, { readonly since: EpochMs; readonly body: AlarmRow['body'] }>();
  #alarms: readonly Alarm[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
    this.disk = new DiskWatch(parts.dataDir, parts.reserveBytes);
    this.disk.onChange = (state) => {
      this.#set('disk-full', state === 'full');
      this.#set('disk-read-only', state === 'read-only');
      this.#set('disk-low', state === 'low', { freeMiB: Math.floor(this.disk.free / 1024 / 1024) });
    };
    this.loop.onChange = () => this.#set('slow', this.loop.isSlow, { lagMs: this.loop.lagMs });
    this.#clock.onStep = (byMs) => void this.raise('clock-jumped', { byMs });
  }

  async start(): Promise<void> {
    this.#alarms = await this.#parts.database.read(openAlarms);
    for (const { kind, at, body } of this.#alarms) this.#parts.log.error({ kind, at, ...body }, 'an open alarm');
    this.disk.start();
    this.loop.start();
    this.#clock.start();
  }

  async stop(): Promise<void> {
    this.loop.stop();
    this.#clock.stop();
    await this.disk.stop();
  }

  /** Whether a new number may be given. */
  get mayIssue(): boolean {
    return this.disk.mayIssue;
  }

  /** All that a person should know, what must be taken note of first. */
  get rows(): readonly AlarmRow[] {
    const lasting = [...this.#conditions].map(([kind, { since, body }]) => ({ alarmId: null, kind, since, body }));
    return [...this.#alarms.map(({ id, kind, at, body }) => ({ alarmId: id, kind, since: at, body })), ...lasting];
  }

  /** A commit failed. */
  commitFailed(cause: unknown): void {
    if (isDamage(cause)) this.#parts.onDamage(cause);
    this.disk.met(cause);
    this.#set('database-busy', String(cause).includes('SQLITE_BUSY'));
  }

  committed(): void {
    if (this.#conditions.has('database-busy')) this.#set('database-busy', false);
  }

  /** The audit file could not be written, or has caught up. */
  auditFault(cause: unknown): void {
    this.disk.met(cause);
    this.#set('audit-behind', true);
  }

  auditCaughtUp(): void {
    if (this.#conditions.has('audit-behind')) this.#set('audit-behind', false);
  }

  backup(newestAt: EpochMs | null, isTooOld: boolean): void {
    this.#set('backup-old', isTooOld, { newestAt });
  }

  async raise(kind: AlarmKind, body: Readonly<Record<string, Json>>): Promise<void> {
    const { database, now, onLines, log } = this.#parts;
    log.error({ kind, ...body }, 'an alarm');
    try {
      const alarm = { id: randomUUID(), kind, at: now(), body };
      await onLines(await database.write((trx) => raiseAlarm(trx, alarm)));
      await this.#read();
    } catch (cause) {
      log.error({ cause: String(cause), kind }, 'the alarm could not be written down');
      if (!(cause instanceof Outage)) throw cause;
    }
  }

  /** A head has taken note. @throws Outage */
  async acknowledge(alarmId: string, actor: StaffId): Promise<void> {
    const { database, now, onLines } = this.#parts;
    await onLines(await database.write((trx) => acknowledgeAlarm(trx, alarmId, { actor, now: now() })));
    await this.#read();
  }

  async #read(): Promise<void> {
    this.#alarms = await this.#parts.database.read(openAlarms);
    this.onChange();
  }

  #set(kind: Condition, holds: boolean, body: AlarmRow['body'] = {}): void {
    if (holds === this.#conditions.has(kind)) return;
    if (holds) this.#conditions.set(kind, { since: this.#parts.now(), body });
    else this.#conditions.delete(kind);
    this.#parts.log[holds ? 'error' : 'info']({ kind, ...body }, holds ? 'a condition began' : 'a condition is over');
    this.onChange();
  }
}
