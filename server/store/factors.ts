import type { EpochMs, StaffId } from '../domain/ids.ts';
import type { Reading, Writing } from './database.ts';

/** A secret shared with a person's authenticator app. */
export interface Totp {
  readonly staffId: StaffId;
  /** Sealed with the office's secret. */
  readonly secret: string;
  /** The newest time step used: no code works twice. */
  readonly lastStep: number;
  readonly madeAt: EpochMs;
}

/** A WebAuthn credential. */
export interface Passkey {
  readonly id: string;
  readonly staffId: StaffId;
  /** The host name it was made for; a browser uses it on no other. */
  readonly host: string;
  /** COSE key, base64url. */
  readonly publicKey: string;
  readonly counter: number;
  readonly transports: readonly string[];
  /** What the person calls it. */
  readonly name: string;
  readonly madeAt: EpochMs;
}

/** What a person can sign in with besides the passphrase. */
export interface Factors {
  readonly totp: Totp | null;
  readonly passkeys: readonly Passkey[];
  /** Recovery codes not yet used. */
  readonly recoveryLeft: number;
}

export async function factorsOf(trx: Reading, staffId: StaffId): Promise<Factors> {
  const totp = await trx.selectFrom('totp').selectAll().where('staff_id', '=', staffId).executeTakeFirst();
  const passkeys = await trx
    .selectFrom('passkey')
    .selectAll()
    .where('staff_id', '=', staffId)
    .orderBy('made_at')
    .execute();
  const codes = await trx.selectFrom('recovery_code').select('code_hash').where('staff_id', '=', staffId).execute();
  return {
    totp: totp
      ? { staffId, secret: totp.secret, lastStep: Number(totp.last_step), madeAt: Number(totp.made_at) as EpochMs }
      : null,
    passkeys: passkeys.map((row) => ({
      id: row.id,
      staffId,
      host: row.host,
      publicKey: row.public_key,
      counter: Number(row.counter),
      transports: JSON.parse(row.transports) as string[],
      name: row.name,
      madeAt: Number(row.made_at) as EpochMs,
    })),
    recoveryLeft: codes.length,
  };
}

/** Sets the app's secret, in the place of an earlier one. */
export async function putTotp(trx: Writing, { staffId, secret, lastStep, madeAt }: Totp): Promise<void> {
  await deleteTotp(trx, staffId);
  await trx.insertInto('totp').values({ staff_id: staffId, secret, last_step: lastStep, made_at: madeAt }).execute();
}

/** Marks a time step as used. @returns false when it, or a later one, was used before */
export async function useTotpStep(trx: Writing, staffId: StaffId, step: number): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('totp')
    .set({ last_step: step })
    .where('staff_id', '=', staffId)
    .where('last_step', '<', step)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function deleteTotp(trx: Writing, staffId: StaffId): Promise<boolean> {
  const { numDeletedRows } = await trx.deleteFrom('totp').where('staff_id', '=', staffId).executeTakeFirst();
  return numDeletedRows > 0n;
}

/** @returns false when there is one of this id already: a browser names it, and may name what it likes */
export async function insertPasskey(trx: Writing, passkey: Passkey): Promise<boolean> {
  const { id, staffId, host, publicKey, counter, transports, name, madeAt } = passkey;
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('passkey')
    .values({
      id,
      staff_id: staffId,
      host,
      public_key: publicKey,
      counter,
      transports: JSON.stringify(transports),
      name,
      made_at: madeAt,
    })
    .onConflict((id) => id.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

export async function countPasskey(trx: Writing, id: string, counter: number): Promise<void> {
  await trx.updateTable('passkey').set({ counter }).where('id', '=', id).execute();
}

export async function deletePasskey(trx: Writing, staffId: StaffId, id: string): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('passkey')
    .where('staff_id', '=', staffId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Replaces a person's recovery codes. */
export async function putRecoveryCodes(trx: Writing, staffId: StaffId, hashes: readonly string[]): Promise<void> {
  await trx.deleteFrom('recovery_code').where('staff_id', '=', staffId).execute();
  if (hashes.length === 0) return;
  await trx
    .insertInto('recovery_code')
    .values(hashes.map((hash) => ({ code_hash: hash, staff_id: staffId })))
    .execute();
}

/** Uses one up. @returns whether it was good */
export async function takeRecoveryCode(trx: Writing, staffId: StaffId, hash: string): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('recovery_code')
    .where('staff_id', '=', staffId)
    .where('code_hash', '=', hash)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** Takes all second factors away, for somebody who has lost them. */
export async function deleteFactors(trx: Writing, staffId: StaffId): Promise<void> {
  await deleteTotp(trx, staffId);
  await trx.deleteFrom('passkey').where('staff_id', '=', staffId).execute();
  await putRecoveryCodes(trx, staffId, []);
}
