import { open, type FileHandle } from 'node:fs/promises';
import { canonicalJson, type Json } from '../domain/chain.ts';
import { exportRecord, type JournalLine } from '../domain/journal.ts';
import type { Head } from './journal.ts';

/**
 * The independent high-water mark: every journal line once more, appended to a plain file outside the database and
 * flushed once per group. A database can lose its newest rows and still call itself sound; this file then says so.
 */
export class AuditFile {
  readonly #handle: FileHandle;
  /** Lines that a full disk kept out; they go with the next group. */
  #kept: string[] = [];
  #head: Head;

  private constructor(handle: FileHandle, head: Head) {
    this.#handle = handle;
    this.#head = head;
  }

  /** Opens the file, cutting off a last line that a power cut left unfinished. */
  static async open(path: string): Promise<AuditFile> {
    const handle = await open(path, 'a+', 0o600);
    const { size } = await handle.stat();
    const { text, from } = await tail(handle, size);
    const end = text.lastIndexOf('\n') + 1;
    if (from + end < size) await handle.truncate(from + Buffer.byteLength(text.slice(0, end)));
    return new AuditFile(handle, headOf(text.slice(0, end)));
  }

  /** The newest line in the file. */
  get head(): Head {
    return this.#head;
  }

  /** Lines that are not yet in the file because the disk refused them. */
  get behindBy(): number {
    return this.#kept.length;
  }

  /** @throws the file system's error; the lines are kept and go with the next group */
  async append(lines: readonly JournalLine[]): Promise<void> {
    this.#kept.push(...lines.map((line) => `${canonicalJson(auditRecord(line))}\n`));
    const last = lines.at(-1);
    if (this.#kept.length === 0 || !last) return;
    await this.#handle.appendFile(this.#kept.join(''));
    await this.#handle.datasync();
    this.#kept = [];
    this.#head = { seq: last.seq, hash: last.hash };
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

/** The exported record with its seal. */
export function auditRecord(line: JournalLine): Json {
  return { ...exportRecord(line), hash: line.hash };
}

/** A line is far shorter than this, so the end of the file holds at least one whole line. */
const TAIL_BYTES = 64 * 1024;

async function tail(handle: FileHandle, size: number): Promise<{ readonly text: string; readonly from: number }> {
  const from = Math.max(0, size - TAIL_BYTES);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
  return { text: buffer.toString('utf8', 0, bytesRead), from };
}

function headOf(text: string): Head {
  const last = text.trimEnd().split('\n').at(-1);
  if (last === undefined || last === '') return { seq: 0, hash: '' };
  const { seq, hash } = JSON.parse(last) as { seq: number; hash: string };
  return { seq, hash };
}
