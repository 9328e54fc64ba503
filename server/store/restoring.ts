import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import { Outage } from '../basics/outage.ts';
import type { EpochMs } from '../domain/ids.ts';
import { localDay } from '../domain/local-time.ts';
import { auditState, type AuditState } from './audit-state.ts';
import { putBase, type Base, type PassedOver } from './restoring-base.ts';
import { Database } from './database.ts';
import { keptEssentials, putEssentials } from './essentials.ts';
import { flushFolder } from './flushed-file.ts';
import type { Damage } from './inspection.ts';
import { journalHead } from './journal.ts';
import { migrate } from './migrations.ts';
import { forgetWhoIsIn } from './sessions.ts';
import { tellRestored, type Restored } from './restored.ts';
import { replayAudit } from './replaying.ts';
import type { Tables } from './schema.ts';
import { SqliteDialect } from './sqlite-dialect.ts';
import { databaseFile, openSafely } from './sqlite-file.ts';
import type { BackupPlace } from './backups.ts';

export interface Restoring {
  readonly dataDir: string;
  readonly backups: BackupPlace;
  /** IANA name: what a day is. */
  readonly zone: string;
  readonly now: EpochMs;
  readonly newId: () => string;
}

const SIDES = ['', '-wal', '-shm', '-wal.before-start'] as const;

/**
 * Makes the database anew beside the damaged one: the newest good base, the audit file's lines after it, a line that
 * names what was lost. Only when it is whole do the damaged files go aside, to be deleted by age alone, and the new one in their place.
 *
 * @throws Outage when the disk is in the way; everything then stands as it was
 */
export async function restore(place: Restoring, damage: Damage): Promise<Restored> {
  const { dataDir, now } = place;
  const work = join(dataDir, 'restoring');
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { mode: 0o700 });
  const audit = await auditState(join(dataDir, 'audit.jsonl'));
  const { base, passedOver } = await putBase(place, damage, audit, work);
  const keptIn = join('damaged', new Date(now).toISOString().replaceAll(/[:.]/g, '-'));
  const restored = await retold(place, damage, { work, audit, base, passedOver, keptIn });
  await keepAside(dataDir, keptIn, audit, restored);
  await rename(databaseFile(work), databaseFile(dataDir));
  await flushFolder(dataDir);
  await rm(work, { recursive: true, force: true });
  return restored;
}

interface Work {
  readonly work: string;
  readonly audit: AuditState;
  readonly base: Base;
  readonly passedOver: readonly PassedOver[];
  readonly keptIn: string;
}

async function retold(place: Restoring, damage: Damage, { work, audit, base, passedOver, keptIn }: Work) {
  const { dataDir, now, newId, zone } = place;
  const kysely = new Kysely<Tables>({ dialect: new SqliteDialect(() => openSafely(work)) });
  try {
    await migrate(kysely);
    const database = new Database(kysely, 'sqlite');
    await database.own();
    const head = await database.read(journalHead);
    const essentials = await keptEssentials(dataDir);
    const isNewer = essentials !== null && (base.kind !== 'database' || (essentials.seq ?? 0) >= head.seq);
    await database.commit(async (trx) => {
      if (isNewer) await putEssentials(trx, essentials);
      // A session or a link that has ended since must not open anything again: everybody signs in anew.
      if (isNewer || base.kind === 'backup') await forgetWhoIsIn(trx);
    });
    const put = await replayAudit(database, join(dataDir, 'audit.jsonl'), place);
    const numbersJumped = !audit.isWhole || audit.head.seq < head.seq || put.lost.length > 0;
    const found = { cause: damage.kind, found: damage.message, base, passedOver, numbersJumped, keptIn };
    return await database.commit((trx) =>
      tellRestored(trx, found, put, { now, today: localDay(now, zone), id: newId() }),
    );
  } finally {
    await kysely.destroy(); // the last connection to leave also writes the log into the file
  }
}

/** Copies nothing and deletes nothing: a rename keeps every byte. */
async function keepAside(dataDir: string, keptIn: string, audit: AuditState, { lost }: Restored): Promise<void> {
  const aside = join(dataDir, keptIn);
  await mkdir(aside, { recursive: true, mode: 0o700 });
  for (const side of SIDES) {
    await rename(`${databaseFile(dataDir)}${side}`, join(aside, `office.sqlite${side}`)).catch(ignoreMissing);
  }
  const path = join(dataDir, 'audit.jsonl');
  if (lost.length > 0 || audit.isUnreadable) await rename(path, join(aside, 'audit.jsonl')).catch(ignoreMissing);
  else if (!audit.isWhole) await copyFile(path, join(aside, 'audit.jsonl')).catch(ignoreMissing);
  await flushFolder(aside);
}

function ignoreMissing(cause: unknown): void {
  if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw cause;
}

/** @throws Outage when a little cannot be written here: then the disk is in the way, and nothing is damaged */
export async function diskTakes(dataDir: string): Promise<void> {
  const probe = join(dataDir, '.probe');
  try {
    await writeFile(probe, Buffer.alloc(4096), { flush: true });
    await rm(probe);
  } catch (cause) {
    throw new Outage(`nothing can be written in ${dataDir}: ${String(cause)}`, { cause });
  }
}
