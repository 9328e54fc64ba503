import type { EpochMs, StaffId } from '../domain/ids.ts';
import type { Reading, Writing } from './database.ts';

/**
 * What a one-time link is for: the office's very first account, a new colleague's, a new passphrase, or a new passphrase for
 * somebody whose second factors are lost and go when the link is used.
 */
export type LinkPurpose = 'first-account' | 'invitation' | 'reset' | 'reset-with-factors';

/** A one-time link; only the hash of its token is stored. */
export interface OneTime {
  readonly tokenHash: string;
  readonly purpose: LinkPurpose;
  /** Whose; `null` for the first account, which nobody has yet. */
  readonly staffId: StaffId | null;
  readonly endsAt: EpochMs;
}

/** Replaces the earlier link of the same person, or of the first account, by this one. */
export async function putOneTime(trx: Writing, link: OneTime): Promise<void> {
  await deleteOneTimeOf(trx, link.staffId);
  await trx
    .insertInto('one_time')
    .values({
      token_hash: link.tokenHash,
      purpose: link.purpose,
      ends_at: link.endsAt,
      staff_id: link.staffId,
    })
    .execute();
}

/** The link as long as it is good. */
export async function oneTimeByHash(trx: Reading, tokenHash: string, now: EpochMs): Promise<OneTime | null> {
  const row = await trx
    .selectFrom('one_time')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('ends_at', '>', now)
    .executeTakeFirst();
  return row ? linkOf(row) : null;
}

/** The link that is out for a person, as long as it is good. */
export async function oneTimeOf(trx: Reading, staffId: StaffId, now: EpochMs): Promise<OneTime | null> {
  const row = await trx
    .selectFrom('one_time')
    .selectAll()
    .where('staff_id', '=', staffId)
    .where('ends_at', '>', now)
    .executeTakeFirst();
  return row ? linkOf(row) : null;
}

/** Uses a link up. @returns it, if it was good */
export async function takeOneTime(trx: Writing, tokenHash: string, now: EpochMs): Promise<OneTime | null> {
  const link = await oneTimeByHash(trx, tokenHash, now);
  const { numDeletedRows } = await trx.deleteFrom('one_time').where('token_hash', '=', tokenHash).executeTakeFirst();
  return numDeletedRows === 1n ? link : null;
}

export async function deleteOneTimeOf(trx: Writing, staffId: StaffId | null): Promise<void> {
  const all = trx.deleteFrom('one_time');
  await (staffId === null ? all.where('staff_id', 'is', null) : all.where('staff_id', '=', staffId)).execute();
}

function linkOf(row: { token_hash: string; purpose: string; ends_at: number; staff_id: string | null }): OneTime {
  return {
    tokenHash: row.token_hash,
    purpose: row.purpose as LinkPurpose,
    staffId: row.staff_id as StaffId | null,
    endsAt: Number(row.ends_at) as EpochMs,
  };
}
