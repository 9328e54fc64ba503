import { err, ok, type Result } from '../basics/result.ts';
import { later, type EpochMs, type StaffId } from '../domain/ids.ts';
import type { JournalLine } from '../domain/journal.ts';
import {
  nextStep,
  PROOF_LASTS_MS,
  SESSION_IDLE_MS,
  SESSION_LONGEST_MS,
  sessionState,
} from '../domain/sign-in-rules.ts';
import { foldUsername } from '../domain/staff.ts';
import { accountById, accountByName, tell, type Account } from '../store/accounts.ts';
import { factorsOf } from '../store/factors.ts';
import { staffBySubject } from '../store/outside-identities.ts';
import {
  deleteEndedSessions,
  deleteSession,
  insertSession,
  lockSession,
  markProven,
  sessionByHash,
  touchSession,
  type Session,
  type SignInMethod,
} from '../store/sessions.ts';
import { Guessing, type Try } from './guessing.ts';
import { Halves, type Half } from './halves.ts';
import type { Keeping, Where } from './keeping.ts';
import { knownBrowserOf } from './known-browser.ts';
import type { Browser } from './passphrase.ts';
import { newToken, tokenHash } from './tokens.ts';

/** A session's last use is written at most this often. */
const TOUCH_EVERY_MS = 60_000;

/** A person with an open session. `session` is the hash of its token. */
export interface Staff {
  readonly account: Account;
  readonly session: string;
  /** Proved who they are lately enough to change how they sign in. */
  readonly proven: boolean;
}

/** How far somebody got: in, or half in with a step to go. */
export type Entry =
  | { readonly kind: 'in'; readonly token: string; readonly username: string }
  | { readonly kind: Half['step']; readonly half: string };

export type SignInRefusal =
  { readonly code: 'wrong' } | { readonly code: 'wait'; readonly retryAfterMs: number } | { readonly code: 'ended' };

/**
 * Lets staff in and out. Answers are the same, and the same work is done, whether there is no such account, it is
 * disabled, or the passphrase was wrong.
 */
export class StaffDoor {
  readonly halves = new Halves();
  readonly #guessing = new Guessing();
  readonly #keeping: Keeping;
  readonly #touched = new Map<string, EpochMs>();

  constructor(keeping: Keeping) {
    this.#keeping = keeping;
  }

  /** @param before the token of the session this browser had, which ends */
  async signIn(
    asked: { readonly username: string; readonly passphrase: string },
    where: Where,
    before: string | null,
  ): Promise<Result<Entry, SignInRefusal>> {
    const username = foldUsername(asked.username);
    const { database, now, passphrases } = this.#keeping;
    let named: StaffId | null = null;
    const one = this.#tryOf(username, where);
    const tried = await this.#guessing.attempt(one, now(), async () => {
      const account = await database.read((trx) => accountByName(trx, username));
      named = account?.id ?? null;
      const hash = account && !account.disabled ? account.passphraseHash : null;
      return (await passphrases.matches(asked.passphrase, hash, browserOf(one))) ? account : null;
    });
    if (!tried.ok) return err({ code: 'wait', retryAfterMs: tried.error });
    if (tried.value) return this.enter(tried.value, where, before);
    await this.#refused(named, 'passphrase');
    return err({ code: 'wrong' });
  }

  /** Somebody whose passphrase was right just now: in, or half in with a step to go. */
  async enter(account: Account, where: Where, before: string | null): Promise<Result<Entry, SignInRefusal>> {
    const { database, now, rules } = this.#keeping;
    const { totp, passkeys } = await database.read((trx) => factorsOf(trx, account.id));
    const step = nextStep(
      { breakGlass: account.breakGlass === true, hasSecondFactor: totp !== null || passkeys.length > 0 },
      rules(),
    );
    if (step !== 'none') {
      const { id: staffId, passphraseHash } = account;
      return ok({ kind: step, half: this.halves.begin({ staffId, step, passphraseHash }, now()) });
    }
    return this.begin(account, 'passphrase', where, before);
  }

  /**
   * Begins a session with a new token; the one this browser had before ends.
   *
   * @param account as it was when the person proved who they are: closed or with another passphrase since, it opens nothing
   */
  async begin(
    account: Account,
    method: SignInMethod,
    where: Where,
    before: string | null,
  ): Promise<Result<Entry, SignInRefusal>> {
    const { database, now, onLines } = this.#keeping;
    const token = newToken();
    const at = now();
    const endsAt = later(at, SESSION_LONGEST_MS);
    const ended = before === null ? null : tokenHash(before);
    const lines = await database.write(async (trx): Promise<readonly JournalLine[] | null> => {
      if (!isAsProven(await accountById(trx, account.id), account)) return null;
      await deleteEndedSessions(trx, at, SESSION_IDLE_MS);
      const former = ended === null ? null : await sessionByHash(trx, ended);
      const gone = former === null ? [] : await this.#endedBy(trx, former, account.id);
      await insertSession(trx, {
        ...{ tokenHash: tokenHash(token), staffId: account.id, createdAt: at, seenAt: at, endsAt },
        ...{ method, browser: where.browser, provenAt: at },
      });
      return [...gone, ...(await tell(trx, 'staff.signed-in', { now: at, actor: account.id }, { method }))];
    });
    if (!lines) return err({ code: 'ended' });
    // Only whoever is in has succeeded: the right passphrase alone pays for no guesses at the second factor.
    this.#guessing.succeeded(this.#tryOf(account.username, where));
    this.halves.endOf(account.id);
    await onLines(lines);
    if (ended !== null) this.#forget([ended]);
    return ok({ kind: 'in', token, username: account.username });
  }

  /** Who a session's token belongs to, and whether the session is locked. */
  async look(
    token: string,
  ): Promise<{ readonly staff: Staff; readonly state: 'open' | 'locked'; readonly endsAt: EpochMs } | null> {
    const { database, now } = this.#keeping;
    const hash = tokenHash(token);
    return database.read(async (trx) => {
      const found = this.#seen(await sessionByHash(trx, hash));
      const state = found && sessionState(found, now());
      if (!found || state === null || state === 'ended') return null;
      const account = await accountById(trx, found.staffId);
      if (!account || account.disabled) return null;
      const proven = found.provenAt + PROOF_LASTS_MS > now();
      return { staff: { account, session: hash, proven }, state, endsAt: found.endsAt };
    });
  }

  /** Who a token belongs to, while the session lasts and is not locked. */
  async whoIs(token: string): Promise<Staff | null> {
    const found = await this.look(token);
    return found?.state === 'open' ? found.staff : null;
  }

  /** The session was used: it lasts on. `session` is its hash. */
  async used(session: string): Promise<void> {
    const { database, now } = this.#keeping;
    if (now() - (this.#touched.get(session) ?? 0) < TOUCH_EVERY_MS) return;
    this.#touched.set(session, now());
    await touchSession(database, session, now());
  }

  /** Whether the session behind an open socket still lasts, unlocked, and its account may still sign in. */
  async lasts(session: string): Promise<boolean> {
    const { database, now } = this.#keeping;
    return database.read(async (trx) => {
      const found = this.#seen(await sessionByHash(trx, session));
      if (!found || sessionState(found, now()) !== 'open') return false;
      return (await accountById(trx, found.staffId))?.disabled === false;
    });
  }

  async signOut({ session, account }: Pick<Staff, 'session' | 'account'>): Promise<void> {
    const { database, now, onLines } = this.#keeping;
    const lines = await database.write(async (trx) =>
      (await deleteSession(trx, session)) ? tell(trx, 'staff.signed-out', { now: now(), actor: account.id }) : [],
    );
    this.#forget([session]);
    await onLines(lines);
  }

  /** The quick lock: the session stays, but nothing can be asked or seen with it until the person proves to be there. */
  async lock({ session, account }: Staff): Promise<void> {
    const { database, now, onLines, onEnded } = this.#keeping;
    const lines = await database.write(async (trx) => {
      await lockSession(trx, session, now());
      return tell(trx, 'staff.locked', { now: now(), actor: account.id });
    });
    onEnded([session]);
    await onLines(lines);
  }

  /** Opens a locked session with the passphrase. It gets a new token and ends when it would have ended. */
  async unlock(token: string, passphrase: string, where: Where): Promise<Result<Entry, SignInRefusal>> {
    const found = await this.look(token);
    if (!found) return err({ code: 'ended' });
    const { account, session } = found.staff;
    const checked = await this.#checkAgain(account, passphrase, where);
    if (!checked.ok) return checked;
    const { database, now, onLines } = this.#keeping;
    const fresh = newToken();
    const at = now();
    const lines = await database.write(async (trx): Promise<readonly JournalLine[] | null> => {
      const former = await sessionByHash(trx, session);
      if (!former || !(await deleteSession(trx, session))) return null;
      const { method, browser, createdAt, endsAt } = former;
      const next = { tokenHash: tokenHash(fresh), staffId: account.id, createdAt, seenAt: at, endsAt };
      await insertSession(trx, { ...next, method, browser, provenAt: at });
      return tell(trx, 'staff.unlocked', { now: at, actor: account.id });
    });
    if (!lines) return err({ code: 'ended' });
    this.#forget([session]);
    await onLines(lines);
    return ok({ kind: 'in', token: fresh, username: account.username });
  }

  /** The signed-in person proves once more who they are, before changing how they sign in. */
  async prove({ account, session }: Staff, passphrase: string, where: Where): Promise<Result<null, SignInRefusal>> {
    const checked = await this.#checkAgain(account, passphrase, where);
    if (!checked.ok) return checked;
    const { database, now } = this.#keeping;
    await database.write((trx) => markProven(trx, session, now()));
    return ok(null);
  }

  /** An outside sign-in was refused; nobody is named. */
  async refusedOutside(why: string): Promise<void> {
    const { database, now, onLines } = this.#keeping;
    const lines = await database.write((trx) =>
      tell(trx, 'staff.refused', { now: now(), actor: 'system' }, { known: false, why }),
    );
    await onLines(lines);
  }

  /**
   * The account of somebody half in, unless it was closed meanwhile, has another passphrase, or has the second factor by now
   * that was still to be made.
   */
  accountOf(half: Half): Promise<Account | null> {
    return this.#keeping.database.read(async (trx) => {
      const account = await accountById(trx, half.staffId);
      if (!isAsProven(account, half)) return null;
      const { totp, passkeys } = await factorsOf(trx, half.staffId);
      return half.step === 'enrol' && (totp !== null || passkeys.length > 0) ? null : account;
    });
  }

  /** Whose outside identity this is, if they may sign in. */
  async accountBySubject(subjectHash: string): Promise<Account | null> {
    return this.#keeping.database.read(async (trx) => {
      const staffId = await staffBySubject(trx, subjectHash);
      const account = staffId === null ? null : await accountById(trx, staffId);
      return account?.disabled === false ? account : null;
    });
  }

  /** A try at the second factor of somebody half in. A wrong one is counted and journaled. */
  async trySecond(
    half: string,
    account: Account,
    where: Where,
    isRight: () => Promise<boolean>,
  ): Promise<Result<null, { readonly code: 'wrong-code' } | Extract<SignInRefusal, { code: 'wait' }>>> {
    const tried = await this.#guessing.attempt(this.#tryOf(account.username, where), this.#keeping.now(), async () => {
      this.halves.tried(half);
      return (await isRight()) ? account : null;
    });
    if (!tried.ok) return err({ code: 'wait', retryAfterMs: tried.error });
    if (tried.value) return ok(null);
    await this.#refused(account.id, 'second-factor');
    return err({ code: 'wrong-code' });
  }

  /** Sessions ended elsewhere: their connections are cut at once. */
  cut(sessions: readonly string[]): void {
    this.#forget(sessions);
  }

  async #checkAgain(account: Account, passphrase: string, where: Where): Promise<Result<null, SignInRefusal>> {
    const { now, passphrases } = this.#keeping;
    const one = this.#tryOf(account.username, where);
    const tried = await this.#guessing.attempt(one, now(), async () =>
      (await passphrases.matches(passphrase, account.passphraseHash, 'known')) ? account : null,
    );
    if (!tried.ok) return err({ code: 'wait', retryAfterMs: tried.error });
    if (tried.value) {
      this.#guessing.succeeded(one);
      return ok(null);
    }
    await this.#refused(account.id, 'passphrase');
    return err({ code: 'wrong' });
  }

  /** A browser has one session: the former one ends, told in the name of whoever it belonged to. */
  async #endedBy(trx: Parameters<typeof tell>[0], former: Session, by: StaffId): Promise<readonly JournalLine[]> {
    await deleteSession(trx, former.tokenHash);
    const body = { sessions: 1, reason: former.staffId === by ? 'signed-in-again' : 'colleague' };
    return tell(
      trx,
      'staff.session-ended',
      { now: this.#keeping.now(), actor: by },
      { ...body, staff: former.staffId },
    );
  }

  async #refused(staffId: StaffId | null, why: 'passphrase' | 'second-factor'): Promise<void> {
    const { database, now, onLines } = this.#keeping;
    const lines = await database.write((trx) =>
      tell(trx, 'staff.refused', { now: now(), actor: staffId ?? 'system' }, { known: staffId !== null, why }),
    );
    await onLines(lines);
  }

  #tryOf(username: string, { address, mark }: Where): Try {
    return { username, address, knownBrowser: knownBrowserOf(mark, username, this.#keeping.keys) };
  }

  #seen(session: Session | null): Session | null {
    if (!session) return null;
    const seenAt = Math.max(session.seenAt, this.#touched.get(session.tokenHash) ?? 0) as EpochMs;
    return { ...session, seenAt };
  }

  #forget(sessions: readonly string[]): void {
    for (const session of sessions) this.#touched.delete(session);
    this.#keeping.onEnded(sessions);
  }
}

function browserOf({ knownBrowser }: Try): Browser {
  return knownBrowser === null ? 'strange' : 'known';
}

/** Whether the account still is what somebody proved to be: open, with the same passphrase. */
function isAsProven(account: Account | null, then: Pick<Account, 'passphraseHash'>): account is Account {
  return account?.disabled === false && account.passphraseHash === then.passphraseHash;
}
