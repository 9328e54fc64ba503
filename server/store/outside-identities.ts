import type { EpochMs, StaffId } from '../domain/ids.ts';
import type { Reading, Writing } from './database.ts';

/** Whose outside identity this is. */
export async function staffBySubject(trx: Reading, subjectHash: string): Promise<StaffId | null> {
  const row = await trx
    .selectFrom('outside_identity')
    .select('staff_id')
    .where('subject_hash', '=', subjectHash)
    .executeTakeFirst();
  return row ? (row.staff_id as StaffId) : null;
}

export async function hasOutsideIdentity(trx: Reading, staffId: StaffId): Promise<boolean> {
  const row = await trx
    .selectFrom('outside_identity')
    .select('staff_id')
    .where('staff_id', '=', staffId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Links a person to an outside identity, in the place of an earlier one; `null` takes the link away. */
export async function putOutsideIdentity(
  trx: Writing,
  staffId: StaffId,
  subjectHash: string | null,
  madeAt: EpochMs,
): Promise<void> {
  await trx.deleteFrom('outside_identity').where('staff_id', '=', staffId).execute();
  if (subjectHash === null) return;
  await trx
    .insertInto('outside_identity')
    .values({ subject_hash: subjectHash, staff_id: staffId, made_at: madeAt })
    .execute();
}
