import type { Actor, EpochMs, ServiceId, StaffId } from '../domain/ids.ts';
import type { JournalKind, JournalLine } from '../domain/journal.ts';
import type { Language } from '../domain/language.ts';
import type { Database, Reading, Writing } from './database.ts';
import { appendToJournal } from './journal.ts';

export interface Account {
  readonly id: StaffId;
  readonly username: string;
  readonly name: string;
  readonly role: 'specialist' | 'head' | 'admin';
  readonly services: readonly ServiceId[];
  readonly languages: readonly Language[];
  /** `null`: cannot sign in. */
  readonly passphraseHash: string | null;
  readonly disabled: boolean;
}

/** A signed-in member of staff. Instants in milliseconds; the token itself is never stored. */
export interface Session {
  readonly tokenHash: string;
  readonly staffId: StaffId;
  readonly createdAt: EpochMs;
  readonly seenAt: EpochMs;
  readonly endsAt: EpochMs;
}

export async function accountByName(trx: Reading, username: string): Promise<Account | null> {
  const row = await trx.selectFrom('staff').selectAll().where('username', '=', username).executeTakeFirst();
  return row ? accountOf(row) : null;
}

export async function accountById(trx: Reading, id: StaffId): Promise<Account | null> {
  const row = await trx.selectFrom('staff').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? accountOf(row) : null;
}

export async function staffNames(trx: Reading): Promise<ReadonlyMap<StaffId, string>> {
  const rows = await trx.selectFrom('staff').select(['id', 'name']).execute();
  return new Map(rows.map(({ id, name }) => [id as StaffId, name]));
}

export async function hasSignInAccount(trx: Reading): Promise<boolean> {
  const row = await trx.selectFrom('staff').select('id').where('passphrase_hash', 'is not', null).executeTakeFirst();
  return row !== undefined;
}

/** @throws when the user name is taken */
export async function insertAccount(trx: Writing, account: Account): Promise<void> {
  const { id, username, name, role, services, languages, passphraseHash, disabled } = account;
  await trx
    .insertInto('staff')
    .values({
      id,
      username,
      name,
      role,
      services: JSON.stringify(services),
      languages: JSON.stringify(languages),
      passphrase_hash: passphraseHash,
      disabled: disabled ? 1 : 0,
    })
    .execute();
}

export async function insertSession(trx: Writing, session: Session): Promise<void> {
  const { tokenHash, staffId, createdAt, seenAt, endsAt } = session;
  await trx
    .insertInto('session')
    .values({ token_hash: tokenHash, staff_id: staffId, created_at: createdAt, seen_at: seenAt, ends_at: endsAt })
    .execute();
}

export async function sessionByHash(trx: Reading, tokenHash: string): Promise<Session | null> {
  const row = await trx.selectFrom('session').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
  if (!row) return null;
  return {
    tokenHash,
    staffId: row.staff_id as StaffId,
    createdAt: Number(row.created_at) as EpochMs,
    seenAt: Number(row.seen_at) as EpochMs,
    endsAt: Number(row.ends_at) as EpochMs,
  };
}

export async function touchSession(database: Database, tokenHash: string, seenAt: EpochMs): Promise<void> {
  await database.commit((trx) =>
    trx.updateTable('session').set({ seen_at: seenAt }).where('token_hash', '=', tokenHash).execute(),
  );
}

export async function deleteSession(trx: Writing, tokenHash: string): Promise<void> {
  await trx.deleteFrom('session').where('token_hash', '=', tokenHash).execute();
}

/** Uses a one-time token up. @returns whether it was good */
export async function takeOneTime(trx: Writing, tokenHash: string, purpose: string, now: EpochMs): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('one_time')
    .where('token_hash', '=', tokenHash)
    .where('purpose', '=', purpose)
    .where('ends_at', '>', now)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** Replaces all one-time tokens of a purpose by this one. */
export async function putOneTime(
  trx: Writing,
  token: { readonly tokenHash: string; readonly purpose: string; readonly endsAt: EpochMs },
): Promise<void> {
  await trx.deleteFrom('one_time').where('purpose', '=', token.purpose).execute();
  await trx
    .insertInto('one_time')
    .values({ token_hash: token.tokenHash, purpose: token.purpose, ends_at: token.endsAt })
    .execute();
}

/** A line about staff or devices, in the transaction of what it tells. */
export function tell(
  trx: Writing,
  kind: JournalKind,
  at: { readonly now: EpochMs; readonly actor: Actor },
  body: Readonly<Record<string, string | number | boolean | null>> = {},
): Promise<readonly JournalLine[]> {
  return appendToJournal(trx, [{ kind, at: at.now, actor: at.actor, ticket: null, body }]);
}

function accountOf(row: {
  id: string;
  username: string;
  name: string;
  role: string;
  services: string;
  languages: string;
  passphrase_hash: string | null;
  disabled: number;
}): Account {
  return {
    id: row.id as StaffId,
    username: row.username,
    name: row.name,
    role: row.role as Account['role'],
    services: JSON.parse(row.services) as ServiceId[],
    languages: JSON.parse(row.languages) as Language[],
    passphraseHash: row.passphrase_hash,
    disabled: row.disabled !== 0,
  };
}
