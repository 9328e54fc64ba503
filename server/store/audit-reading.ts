import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { lineOfRecord, type JournalLine } from '../domain/journal.ts';
import { sealedRecord } from './audit-end.ts';

/** A look into the middle of the file is this long (bytes): many times the longest line. */
const LOOK_BYTES = 64 * 1024;
/** What is left of the search is read through. */
const CLOSE_ENOUGH_BYTES = 1024 * 1024;

/** Journal lines that no longer stand in the file: from and to, both included. */
export type Gap = readonly [from: number, to: number];

/**
 * The lines after `seq`, in order, as the audit file has them. A line that does not fit its seal, or does not follow
 * from the one before it, is passed over; the next good one then shows the gap.
 *
 * @returns nothing where there is no such file
 */
export async function* auditAfter(path: string, seq: number): AsyncGenerator<JournalLine> {
  const start = await offsetBefore(path, seq + 1);
  if (start === null) return;
  const texts = createInterface({ input: createReadStream(path, { start }), crlfDelay: Infinity });
  let last: { readonly seq: number; readonly hash: string } | null = null;
  for await (const text of texts) {
    const record = sealedRecord(text);
    if (!record || (last && record.seq <= last.seq)) continue;
    if (last?.seq === record.seq - 1 && record.prevHash !== last.hash) continue;
    last = record;
    if (record.seq > seq) yield lineOfRecord(record);
  }
}

/** The line with this number; `null` when the file does not have it. */
export async function auditLine(path: string, seq: number): Promise<JournalLine | null> {
  for await (const line of auditAfter(path, seq - 1)) return line.seq === seq ? line : null;
  return null;
}

/** A place at the beginning of a line, at or before the first line with at least this number; `null`: no file. */
async function offsetBefore(path: string, seq: number): Promise<number | null> {
  const handle = await open(path, 'r').catch(() => null);
  if (!handle) return null;
  try {
    let low = 0;
    let high = (await handle.stat()).size;
    while (high - low > CLOSE_ENOUGH_BYTES) {
      const middle = low + Math.floor((high - low) / 2);
      const found = await lineFrom(handle, middle);
      if (found && found.seq < seq && found.offset < high) low = found.offset;
      else high = middle;
    }
    return low;
  } finally {
    await handle.close();
  }
}

/** The first good line that begins behind `from`. */
async function lineFrom(handle: FileHandle, from: number): Promise<{ offset: number; seq: number } | null> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(LOOK_BYTES), 0, LOOK_BYTES, from);
  for (let start = buffer.indexOf(0x0a) + 1; start > 0 && start < bytesRead;) {
    const end = buffer.indexOf(0x0a, start);
    if (end < 0 || end >= bytesRead) return null;
    const record = sealedRecord(buffer.toString('utf8', start, end));
    if (record) return { offset: from + start, seq: record.seq };
    start = end + 1;
  }
  return null;
}
