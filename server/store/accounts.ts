import type { Actor, EpochMs, ServiceId, StaffId } from '../domain/ids.ts';
import type { JournalKind, JournalLine } from '../domain/journal.ts';
import type { Language } from '../domain/language.ts';
import type { Reading, Writing } from './database.ts';
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
  /** Signs in by passphrase alone where the office asks for a second factor: for the day when all else fails. */
  readonly breakGlass?: boolean;
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

/** Everybody, disabled ones too, by name. */
export async function allAccounts(trx: Reading): Promise<readonly Account[]> {
  const rows = await trx.selectFrom('staff').selectAll().orderBy('name').execute();
  return rows.map(accountOf);
}

/** @param outside whether there is an outside sign-in: who is linked to it can sign in too */
export async function hasSignInAccount(trx: Reading, outside: boolean): Promise<boolean> {
  const row = await trx.selectFrom('staff').select('id').where('passphrase_hash', 'is not', null).executeTakeFirst();
  const linked = outside ? await trx.selectFrom('outside_identity').select('staff_id').executeTakeFirst() : undefined;
  return row !== undefined || linked !== undefined;
}

/** @throws when the user name is taken */
export async function insertAccount(trx: Writing, account: Account): Promise<void> {
  const { id, username, name, role, services, languages, passphraseHash, disabled, breakGlass } = account;
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
      break_glass: breakGlass === true ? 1 : 0,
    })
    .execute();
}

/** Changes what is given; the rest stays. */
export async function updateAccount(
  trx: Writing,
  id: StaffId,
  change: Partial<Omit<Account, 'id' | 'username'>>,
): Promise<void> {
  const { name, role, services, languages, passphraseHash, disabled, breakGlass } = change;
  const values = {
    ...(name === undefined ? {} : { name }),
    ...(role === undefined ? {} : { role }),
    ...(services === undefined ? {} : { services: JSON.stringify(services) }),
    ...(languages === undefined ? {} : { languages: JSON.stringify(languages) }),
    ...(passphraseHash === undefined ? {} : { passphrase_hash: passphraseHash }),
    ...(disabled === undefined ? {} : { disabled: disabled ? 1 : 0 }),
    ...(breakGlass === undefined ? {} : { break_glass: breakGlass ? 1 : 0 }),
  };
  if (Object.keys(values).length > 0) await trx.updateTable('staff').set(values).where('id', '=', id).execute();
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
  break_glass: number;
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
    breakGlass: row.break_glass !== 0,
  };
}
