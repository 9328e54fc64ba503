import { open } from 'node:fs/promises';
import { Outage } from '../basics/outage.ts';
import { endOfAudit } from './audit-end.ts';
import type { Head } from './journal.ts';

/** What the audit file is worth before anything is done to it. */
export interface AuditState {
  /** Its last good line. */
  readonly head: Head;
  /** It is there and ends with a good line: nothing at its end is missing as far as anybody can tell. */
  readonly isWhole: boolean;
  /** No line near its end is good. */
  readonly isUnreadable: boolean;
}

export async function auditState(path: string): Promise<AuditState> {
  const nothing: Head = { seq: 0, hash: '' };
  const handle = await open(path, 'r').catch(() => null);
  if (!handle) return { head: nothing, isWhole: false, isUnreadable: false };
  try {
    const { head, size } = await endOfAudit(handle);
    return { head, isWhole: size === (await handle.stat()).size && head.seq > 0, isUnreadable: false };
  } catch (cause) {
    if (!(cause instanceof Outage)) throw cause;
    return { head: nothing, isWhole: false, isUnreadable: true };
  } finally {
    await handle.close();
  }
}
