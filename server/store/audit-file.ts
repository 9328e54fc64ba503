import { open, type FileHandle } from 'node:fs/promises';
import { assert } from '../basics/assert.ts';
import { Turns } from '../basics/turns.ts';
import { canonicalJson, type Json } from '../domain/chain.ts';
import { exportRecord, type JournalLine } from '../domain/journal.ts';
import { endOfAudit } from './audit-end.ts';
import type { Head } from './journal.ts';
import { orOutage } from './outages.ts';

/** Lines of the journal from `seq` on, in order; some of them, at least one while there are any. */
export type JournalReader = (seq: number) => Promise<readonly JournalLine[]>;

/** Whoever waits longer than this for the file is refused; the lines go with the next group. */
const TURN_WITHIN_MS = 5_000;

/**
 * The independent high-water mark: every journal line once more, appended to a plain file outside the database and
 * flushed once per group. A database can lose its newest rows and still call itself sound; this file then says so.
 *
 * Its lines stand in the journal's order and without gaps, whoever brings them first: what is missing before them (a
 * register's own line, or a group that a full disk kept out) is read from the journal.
 */
export class AuditFile {
  readonly #handle: FileHandle;
  readonly #journal: JournalReader;
  readonly #turns = new Turns(TURN_WITHIN_MS);
  #head: Head;
  /** Bytes up to the last flushed line. */
  #size: number;
  /** A write failed half-way: what stands behind `#size` is to be cut off first. */
  #torn = false;

  private constructor(handle: FileHandle, journal: JournalReader, head: Head, size: number) {
    this.#handle = handle;
    this.#journal = journal;
    this.#head = head;
    this.#size = size;
  }

  /**
   * Opens the file, cutting off what a power cut left unfinished at its end.
   *
   * @throws Outage when the file cannot be opened, or holds no whole line near its end
   */
  static async open(path: string, journal: JournalReader): Promise<AuditFile> {
    const handle = await orOutage(open(path, 'a+', 0o600));
    try {
      const { head, size } = await endOfAudit(handle);
      await orOutage(handle.truncate(size));
      return new AuditFile(handle, journal, head, size);
    } catch (cause) {
      await handle.close();
      throw cause;
    }
  }

  /** The newest line in the file. */
  get head(): Head {
    return this.#head;
  }

  /**
   * Resolves when these lines, and all before them, are on the disk. Lines the file has already are passed over.
   *
   * @throws Outage when they could not be written; they are caught up with the next ones
   */
  append(lines: readonly JournalLine[]): Promise<void> {
    return orOutage(
      this.#turns.take(async () => {
        for (let left = this.#after(lines); left.length > 0; left = this.#after(left)) {
          await this.#write(left[0]?.seq === this.#head.seq + 1 ? left : await this.#journal(this.#head.seq + 1));
        }
      }),
    );
  }

  /** Brings the file up to this line of the journal. @throws Outage */
  catchUp(seq: number): Promise<void> {
    return orOutage(
      this.#turns.take(async () => {
        while (this.#head.seq < seq) await this.#write(await this.#journal(this.#head.seq + 1));
      }),
    );
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  #after(lines: readonly JournalLine[]): readonly JournalLine[] {
    return lines.filter(({ seq }) => seq > this.#head.seq);
  }

  async #write(lines: readonly JournalLine[]): Promise<void> {
    const last = lines.at(-1);
    assert(last !== undefined && lines[0]?.seq === this.#head.seq + 1, 'the journal has no gaps');
    const bytes = Buffer.from(lines.map((line) => `${canonicalJson(auditRecord(line))}\n`).join(''));
    if (this.#torn) await this.#handle.truncate(this.#size);
    this.#torn = true;
    await this.#handle.appendFile(bytes);
    await this.#handle.datasync();
    this.#torn = false;
    this.#size += bytes.length;
    this.#head = { seq: last.seq, hash: last.hash };
  }
}

/** The exported record with its seal. */
export function auditRecord(line: JournalLine): { readonly [key: string]: Json } {
  return { ...exportRecord(line), hash: line.hash };
}
