import { open, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { diskState, mayIssue, type DiskFacts, type DiskState } from '../domain/disk.ts';
import { metAtDisk } from '../store/disk-faults.ts';

const LOOK_EVERY_MS = 5_000;
/** Setting the reserve aside has time: the office has opened and people stand in line. */
const FIRST_LOOK_MS = 10_000;
/** While something is wrong. */
const LOOK_SOONER_MS = 1_000;
const PIECE_BYTES = 1024 * 1024;
const PROBE_BYTES = 64 * 1024;

/**
 * Watches the disk with the office's data, and holds a reserve on it: when the disk is full the reserve goes, so that
 * those who wait can still be called, and nobody gets a number until it fits again. Nothing needs a restart.
 */
export class DiskWatch {
  /** The state changed. */
  onChange: (state: DiskState) => void = () => undefined;
  readonly #dataDir: string;
  readonly #reserve: string;
  readonly #wanted: number;
  #state: DiskState = 'ok';
  #free = Infinity;
  #held = 0;
  #met: DiskFacts['met'] = 'nothing';
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(dataDir: string, reserveBytes: number) {
    this.#dataDir = dataDir;
    this.#reserve = join(dataDir, 'reserve');
    this.#wanted = reserveBytes;
  }

  get state(): DiskState {
    return this.#state;
  }

  /** Bytes; `Infinity` before the first look. */
  get free(): number {
    return this.#free;
  }

  get mayIssue(): boolean {
    return mayIssue(this.#state);
  }

  start(): void {
    this.#next(FIRST_LOOK_MS);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#looking;
  }

  /** A write failed: if it was the disk, the state changes at once, before the next visitor presses. */
  met(cause: unknown): void {
    const met = metAtDisk(cause);
    if (met === 'nothing') return;
    this.#met = met;
    this.#become(met);
    this.#next(0);
  }

  /** Looks now. */
  look(): Promise<void> {
    this.#looking = this.#looking.then(() => this.#look());
    return this.#looking;
  }

  #next(inMs: number): void {
    if (this.#stopped) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      void this.look().then(() => this.#next(mayIssue(this.#state) ? LOOK_EVERY_MS : LOOK_SOONER_MS));
    }, inMs);
  }

  async #look(): Promise<void> {
    if (this.#met === 'full' || this.#state === 'full') await this.#release();
    await this.#measure();
    const healthy = mayIssue(this.#state);
    const takesWrites = healthy && this.#met === 'nothing' ? true : await this.#probe();
    if (takesWrites) this.#met = 'nothing';
    if (mayIssue(this.#judge(takesWrites)) && this.#held < this.#wanted) {
      await this.#hold();
      await this.#measure();
    }
    this.#become(this.#judge(takesWrites));
    if (this.#state === 'full') await this.#release();
  }

  #judge(takesWrites: boolean): DiskState {
    const reserve = { wanted: this.#wanted, held: this.#held };
    return diskState({ free: this.#free, reserve, met: this.#met, takesWrites }, this.#state);
  }

  #become(state: DiskState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.onChange(state);
  }

  async #measure(): Promise<void> {
    const { bavail, bsize } = await statfs(this.#dataDir).catch(() => ({ bavail: 0, bsize: 0 }));
    this.#free = bavail * bsize;
    this.#held = await stat(this.#reserve).then(
      ({ size }) => size,
      () => 0,
    );
  }

  async #release(): Promise<void> {
    await rm(this.#reserve, { force: true }).catch(() => undefined);
    this.#held = 0;
  }

  /** Written out, not only promised: a hole in a file keeps no place. Only where enough stays free beside it. */
  async #hold(): Promise<void> {
    if (this.#free < this.#wanted + this.#wanted / 2) return;
    const piece = Buffer.alloc(PIECE_BYTES);
    const handle = await open(this.#reserve, 'w', 0o600).catch(() => null);
    if (!handle) return;
    try {
      for (let written = 0; written < this.#wanted && !this.#stopped; written += PIECE_BYTES) {
        await handle.write(piece, 0, Math.min(PIECE_BYTES, this.#wanted - written));
      }
      await handle.sync();
      this.#held = this.#stopped ? 0 : this.#wanted;
    } catch {
      this.#held = 0;
    } finally {
      // Some disks tell only now that they are full.
      await handle.close().catch(() => (this.#held = 0));
      if (this.#held === 0) await this.#release();
    }
  }

  async #probe(): Promise<boolean> {
    const path = join(this.#dataDir, '.probe');
    try {
      const handle = await open(path, 'w', 0o600);
      try {
        await handle.write(Buffer.alloc(PROBE_BYTES));
        await handle.sync();
      } finally {
        await handle.close();
      }
      return true;
    } catch (cause) {
      this.#met = metAtDisk(cause) === 'read-only' ? 'read-only' : this.#met;
      return false;
    } finally {
      await rm(path, { force: true }).catch(() => undefined);
    }
  }
}
