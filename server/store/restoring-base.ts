import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditState } from './audit-state.ts';
import { auditLine } from './audit-reading.ts';
import { checkCopy } from './backup-check.ts';
import { readBackupKey } from './backup-key.ts';
import { BadBackup, openBackup } from './backup-seal.ts';
import { listBackups } from './backups.ts';
import { copyDatabase } from './copying.ts';
import type { Damage } from './inspection.ts';
import type { Head } from './journal.ts';
import type { Restoring } from './restoring.ts';
import { databaseFile } from './sqlite-file.ts';

/** What a restored database began from: what was sound of the old one, a backup, or nothing but the audit file. */
export interface Base {
  readonly kind: 'database' | 'backup' | 'nothing';
  /** The backup's name. */
  readonly name: string | null;
  /** The end of the journal in it. */
  readonly seq: number;
}

export interface PassedOver {
  readonly name: string;
  readonly why: 'no-key' | BadBackup['why'] | 'not-sound' | 'another-past';
}

/**
 * Puts the newest good base into the work folder. A database that only lacks its newest lines, and is sound otherwise,
 * is newer than any backup; then the backups from the newest on; then nothing.
 */
export async function putBase(
  place: Restoring,
  damage: Damage,
  audit: AuditState,
  work: string,
): Promise<{ readonly base: Base; readonly passedOver: readonly PassedOver[] }> {
  const target = databaseFile(work);
  const passedOver: PassedOver[] = [];
  if (damage.kind === 'behind') {
    const seq = await soundEnd(place, () => copyDatabase(databaseFile(place.dataDir), target), target);
    if (typeof seq === 'number' && seq > 0) return { base: { kind: 'database', name: null, seq }, passedOver };
    await rm(target, { force: true });
  }
  const key = await readBackupKey(place.backups.keyFile).catch(() => null);
  for (const { name, path } of await listBackups(place.backups.dir)) {
    if (!key) {
      passedOver.push({ name, why: 'no-key' });
      continue;
    }
    const seq = await soundEnd(place, () => openBackup(path, target, key), target);
    if (typeof seq === 'number') return { base: { kind: 'backup', name, seq }, passedOver };
    passedOver.push({ name, why: seq });
    await rm(target, { force: true });
  }
  return { base: { kind: 'nothing', name: null, seq: 0 }, passedOver };

  /** The end of the journal in what `put` puts there, if every line of it is good and the audit file tells the same. */
  async function soundEnd({ dataDir }: Restoring, put: () => Promise<unknown>, file: string) {
    try {
      await put();
      await chmod(file, 0o600);
      const head = await checkCopy(file);
      return (await tellsTheSame(join(dataDir, 'audit.jsonl'), head, audit)) ? head.seq : ('another-past' as const);
    } catch (cause) {
      return cause instanceof BadBackup ? cause.why : ('not-sound' as const);
    }
  }
}

async function tellsTheSame(path: string, { seq, hash }: Head, audit: AuditState): Promise<boolean> {
  if (seq === 0 || audit.head.seq === 0) return true;
  const common = seq <= audit.head.seq ? await auditLine(path, seq) : null;
  return common === null || common.hash === hash;
}
