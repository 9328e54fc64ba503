import type { EpochMs, StaffId } from '../domain/ids.ts';
import type { Database, Reading, Writing } from './database.ts';

/** How somebody proved who they are. */
export type SignInMethod = 'passphrase' | 'totp' | 'passkey' | 'recovery' | 'outside';

/** A signed-in member of staff. Instants in milliseconds; the token itself is never stored. */
export interface Session {
  readonly tokenHash: string;
  readonly staffId: StaffId;
  readonly createdAt: EpochMs;
  readonly seenAt: EpochMs;
  readonly endsAt: EpochMs;
  readonly method: SignInMethod;
  /** When the person last proved who they are: at sign-in, at unlocking, or when asked again. */
  readonly provenAt: EpochMs;
  /** The quick lock; `null`: not locked. */
  readonly lockedAt: EpochMs | null;
  /** Browser and system in two words, so that a person knows their own sessions: `Chrome, Android`. */
  readonly browser: string;
}

/** What a session begins with; the rest is as for one begun by passphrase just now. */
export type NewSession = Pick<Session, 'tokenHash' | 'staffId' | 'createdAt' | 'seenAt' | 'endsAt'> &
  Partial<Pick<Session, 'method' | 'browser' | 'provenAt'>>;

export async function insertSession(trx: Writing, session: NewSession): Promise<void> {
  const { tokenHash, staffId, createdAt, seenAt, endsAt } = session;
  await trx
    .insertInto('session')
    .values({
      token_hash: tokenHash,
      staff_id: staffId,
      created_at: createdAt,
      seen_at: seenAt,
      ends_at: endsAt,
      method: session.method ?? 'passphrase',
      proven_at: session.provenAt ?? createdAt,
      locked_at: null,
      browser: session.browser ?? '',
    })
    .execute();
}

export async function sessionByHash(trx: Reading, tokenHash: string): Promise<Session | null> {
  const row = await trx.selectFrom('session').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
  return row ? sessionOf(row) : null;
}

/** Newest first; ended ones that nobody has cleared away yet are among them. */
export async function sessionsOf(trx: Reading, staffId: StaffId): Promise<readonly Session[]> {
  const rows = await trx
    .selectFrom('session')
    .selectAll()
    .where('staff_id', '=', staffId)
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map(sessionOf);
}

export async function touchSession(database: Database, tokenHash: string, seenAt: EpochMs): Promise<void> {
  await database.commit((trx) =>
    trx.updateTable('session').set({ seen_at: seenAt }).where('token_hash', '=', tokenHash).execute(),
  );
}

export async function markProven(trx: Writing, tokenHash: string, at: EpochMs): Promise<void> {
  await trx.updateTable('session').set({ proven_at: at }).where('token_hash', '=', tokenHash).execute();
}

export async function lockSession(trx: Writing, tokenHash: string, at: EpochMs): Promise<void> {
  await trx.updateTable('session').set({ locked_at: at }).where('token_hash', '=', tokenHash).execute();
}

/** @returns whether there was such a session */
export async function deleteSession(trx: Writing, tokenHash: string): Promise<boolean> {
  const { numDeletedRows } = await trx.deleteFrom('session').where('token_hash', '=', tokenHash).executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Ends all sessions of a person, but for one if it is named. @returns those that it ended */
export async function deleteSessionsOf(trx: Writing, staffId: StaffId, but: string | null): Promise<readonly string[]> {
  return deleteAll(
    trx,
    (await sessionsOf(trx, staffId)).filter(({ tokenHash }) => tokenHash !== but),
  );
}

/** Ends the sessions that a person began by the outside sign-in. @returns those that it ended */
export async function deleteOutsideSessionsOf(trx: Writing, staffId: StaffId): Promise<readonly string[]> {
  return deleteAll(
    trx,
    (await sessionsOf(trx, staffId)).filter(({ method }) => method === 'outside'),
  );
}

async function deleteAll(trx: Writing, sessions: readonly Session[]): Promise<readonly string[]> {
  const ended = sessions.map(({ tokenHash }) => tokenHash);
  if (ended.length > 0) await trx.deleteFrom('session').where('token_hash', 'in', ended).execute();
  return ended;
}

/** Ends every session and every one-time link. */
export async function forgetWhoIsIn(trx: Writing): Promise<void> {
  await trx.deleteFrom('session').execute();
  await trx.deleteFrom('one_time').execute();
}

/** Clears away what ended by time. */
export async function deleteEndedSessions(trx: Writing, now: EpochMs, idleMs: number): Promise<void> {
  await trx
    .deleteFrom('session')
    .where((row) => row.or([row('ends_at', '<=', now), row('seen_at', '<=', now - idleMs)]))
    .execute();
}

function sessionOf(row: {
  token_hash: string;
  staff_id: string;
  created_at: number;
  seen_at: number;
  ends_at: number;
  method: string;
  proven_at: number;
  locked_at: number | null;
  browser: string;
}): Session {
  return {
    tokenHash: row.token_hash,
    staffId: row.staff_id as StaffId,
    createdAt: Number(row.created_at) as EpochMs,
    seenAt: Number(row.seen_at) as EpochMs,
    endsAt: Number(row.ends_at) as EpochMs,
    method: row.method as SignInMethod,
    provenAt: Number(row.proven_at) as EpochMs,
    lockedAt: row.locked_at === null ? null : (Number(row.locked_at) as EpochMs),
    browser: row.browser,
  };
}
