import type { FileHandle } from 'node:fs/promises';
import { Outage } from '../basics/outage.ts';
import { chainHash, type Json } from '../domain/chain.ts';
import type { Head } from './journal.ts';

/** A line is far shorter than this, so the end of the file holds many whole lines. */
const END_BYTES = 64 * 1024;
const NEW_LINE = 0x0a;

/**
 * The last whole line of the audit file, and how far it reaches. A power cut can leave a line unfinished, or blocks of a
 * group that never came; none of that was acknowledged, for the reply waits for the flush.
 *
 * @throws Outage when none of the last lines fits its seal: that is damage, not a power cut
 */
export async function endOfAudit(handle: FileHandle): Promise<{ readonly head: Head; readonly size: number }> {
  const { size } = await handle.stat();
  const from = Math.max(0, size - END_BYTES);
  const { buffer } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
  for (let end = buffer.lastIndexOf(NEW_LINE); end >= 0; end = buffer.lastIndexOf(NEW_LINE, end - 1)) {
    const start = end === 0 ? 0 : buffer.lastIndexOf(NEW_LINE, end - 1) + 1;
    const head = sealedHead(buffer.toString('utf8', start, end));
    if (head) return { head, size: from + end + 1 };
    if (start === 0) break;
  }
  if (from > 0 || buffer.includes(NEW_LINE))
    throw new Outage('audit.jsonl is damaged: no line near its end fits its seal');
  return { head: { seq: 0, hash: '' }, size: 0 };
}

/** The head this line makes; `null` unless it fits its own seal. */
function sealedHead(text: string): Head | null {
  const record = sealedRecord(text);
  return record && { seq: record.seq, hash: record.hash };
}

/** A line of the file that fits its own seal; `null`: it is no line, or not as it was written. */
export function sealedRecord(text: string): SealedRecord | null {
  const record = parsed(text);
  if (!record) return null;
  const { hash, ...sealed } = record;
  const { seq, prevHash } = sealed;
  if (typeof seq !== 'number' || typeof prevHash !== 'string' || typeof hash !== 'string') return null;
  return chainHash(prevHash, sealed) === hash ? { ...sealed, seq, prevHash, hash } : null;
}

/** An exported record with its seal, checked. */
export type SealedRecord = Readonly<Record<string, Json>> & {
  readonly seq: number;
  readonly prevHash: string;
  readonly hash: string;
};

function parsed(text: string): Readonly<Record<string, Json>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, Json>>) : null;
  } catch {
    return null;
  }
}
