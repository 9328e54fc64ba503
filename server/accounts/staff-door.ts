import { randomUUID } from 'node:crypto';
import { err, ok, type Result } from '../basics/result.ts';
import { LANGUAGES } from '../contract/language.ts';
import { later, type EpochMs, type StaffId } from '../domain/ids.ts';
import type { JournalLine } from '../domain/journal.ts';
import type { Plan } from '../domain/plan.ts';
import {
  accountById,
  accountByName,
  deleteSession,
  insertAccount,
  insertSession,
  putOneTime,
  sessionByHash,
  takeOneTime,
  tell,
  touchSession,
  type Account,
} from '../store/accounts.ts';
import type { Database } from '../store/database.ts';
import { BackOff } from './back-off.ts';
import { hashPassphrase, isPassphrase, PASSPHRASE_AT_LEAST, PASSPHRASE_AT_MOST } from './passphrase.ts';
import { newToken, tokenHash } from './tokens.ts';

/** A session ends after half an hour without a request, and after twelve hours in any case. */
const IDLE_MS = 30 * 60_000;
const LONGEST_MS = 12 * 3_600_000;
/** A session's last use is written at most this often. */
const TOUCH_EVERY_MS = 60_000;
const ONE_TIME_MS = 15 * 60_000;
const FIRST_ACCOUNT = 'first-account';

export interface Staff {
  readonly account: Account;
  readonly session: string;
}

export type SignInRefusal =
  | { readonly code: 'wrong' }
  | { readonly code: 'wait'; readonly retryAfterMs: number }
  | { readonly code: 'link-used' }
  | { readonly code: 'passphrase-length'; readonly atLeast: number; readonly atMost: number }
  | { readonly code: 'name-taken' };

interface Doorkeeping {
  readonly database: Database;
  readonly now: () => EpochMs;
  readonly plan: () => Plan;
  /** The journal has grown. */
  readonly onLines: (lines: readonly JournalLine[]) => Promise<void>;
}

/** Lets staff in and out. Answers are the same whether the name or the passphrase was wrong. */
export class StaffDoor {
  readonly #keeping: Doorkeeping;
  readonly #backOff = new BackOff();
  readonly #touched = new Map<string, EpochMs>();

  constructor(keeping: Doorkeeping) {
    this.#keeping = keeping;
  }

  /** A fresh one-time token for the first account; an earlier one no longer works. */
  async firstAccountToken(): Promise<string> {
    const token = newToken();
    const endsAt = later(this.#keeping.now(), ONE_TIME_MS);
    await this.#keeping.database.write((trx) =>
      putOneTime(trx, { tokenHash: tokenHash(token), purpose: FIRST_ACCOUNT, endsAt }),
    );
    return token;
  }

  /** Makes the first account, a head with all services and languages, and signs it in. @returns the session's token */
  async makeFirst(
    asked: { readonly token: string; readonly username: string; readonly name: string; readonly passphrase: string },
    address: string,
  ): Promise<Result<string, SignInRefusal>> {
    const { database, now, plan, onLines } = this.#keeping;
    const waitMs = this.#backOff.waitMs(address, now());
    if (waitMs > 0) return err({ code: 'wait', retryAfterMs: waitMs });
    const { length } = asked.passphrase;
    if (length < PASSPHRASE_AT_LEAST || length > PASSPHRASE_AT_MOST) {
      return err({ code: 'passphrase-length', atLeast: PASSPHRASE_AT_LEAST, atMost: PASSPHRASE_AT_MOST });
    }
    const username = asked.username.trim().toLowerCase();
    const passphraseHash = await hashPassphrase(asked.passphrase);
    const id = randomUUID() as string as StaffId;
    const made = await database.write(async (trx): Promise<Result<readonly JournalLine[], SignInRefusal>> => {
      if (await accountByName(trx, username)) return err({ code: 'name-taken' });
      if (!(await takeOneTime(trx, tokenHash(asked.token), FIRST_ACCOUNT, now()))) return err({ code: 'link-used' });
      const services = plan().services.map((service) => service.id);
      const account = { id, username, name: asked.name.trim(), services, languages: LANGUAGES, disabled: false };
      await insertAccount(trx, { ...account, role: 'head', passphraseHash });
      return ok(await tell(trx, 'staff.account-made', { now: now(), actor: id }, { role: 'head' }));
    });
    if (!made.ok) {
      if (made.error.code === 'link-used') this.#backOff.failed(address, now());
      return made;
    }
    await onLines(made.value);
    return ok(await this.#begin(id));
  }

  /** @returns the session's token */
  async signIn(username: string, passphrase: string, address: string): Promise<Result<string, SignInRefusal>> {
    const { database, now } = this.#keeping;
    const name = username.trim().toLowerCase();
    const keys = [address, `${address} ${name}`];
    const waitMs = Math.max(...keys.map((key) => this.#backOff.waitMs(key, now())));
    if (waitMs > 0) return err({ code: 'wait', retryAfterMs: waitMs });
    const account = await database.read((trx) => accountByName(trx, name));
    const hash = account && !account.disabled ? account.passphraseHash : null;
    if (!(await isPassphrase(passphrase, hash)) || !account) {
      for (const key of keys) this.#backOff.failed(key, now());
      await this.#tell('staff.refused', account?.id ?? null);
      return err({ code: 'wrong' });
    }
    for (const key of keys) this.#backOff.succeeded(key);
    return ok(await this.#begin(account.id));
  }

  /** Who a session's token belongs to, while it lasts. */
  async whoIs(session: string): Promise<Staff | null> {
    const { database, now } = this.#keeping;
    const hash = tokenHash(session);
    return database.read(async (trx) => {
      const found = await sessionByHash(trx, hash);
      const seenAt = Math.max(found?.seenAt ?? 0, this.#touched.get(hash) ?? 0);
      if (!found || found.endsAt <= now() || seenAt + IDLE_MS <= now()) return null;
      const account = await accountById(trx, found.staffId);
      return account && !account.disabled ? { account, session: hash } : null;
    });
  }

  /** The session was used: it lasts on. `session` is its hash. */
  async used(session: string): Promise<void> {
    const { database, now } = this.#keeping;
    if (now() - (this.#touched.get(session) ?? 0) < TOUCH_EVERY_MS) return;
    this.#touched.set(session, now());
    await touchSession(database, session, now());
  }

  /** Whether the session behind an open socket still lasts. */
  async lasts(session: string): Promise<boolean> {
    const { database, now } = this.#keeping;
    const found = await database.read((trx) => sessionByHash(trx, session));
    if (!found || found.endsAt <= now()) return false;
    return Math.max(found.seenAt, this.#touched.get(session) ?? 0) + IDLE_MS > now();
  }

  async signOut(session: string, staffId: StaffId): Promise<void> {
    const { database, now, onLines } = this.#keeping;
    this.#touched.delete(session);
    const lines = await database.write(async (trx) => {
      await deleteSession(trx, session);
      return tell(trx, 'staff.signed-out', { now: now(), actor: staffId });
    });
    await onLines(lines);
  }

  async #begin(staffId: StaffId): Promise<string> {
    const { database, now, onLines } = this.#keeping;
    const token = newToken();
    const at = now();
    const lines = await database.write(async (trx) => {
      const endsAt = later(at, LONGEST_MS);
      await insertSession(trx, { tokenHash: tokenHash(token), staffId, createdAt: at, seenAt: at, endsAt });
      return tell(trx, 'staff.signed-in', { now: at, actor: staffId });
    });
    await onLines(lines);
    return token;
  }

  async #tell(kind: 'staff.refused', staffId: StaffId | null): Promise<void> {
    const { database, now, onLines } = this.#keeping;
    const lines = await database.write((trx) =>
      tell(trx, kind, { now: now(), actor: staffId ?? 'system' }, { known: staffId !== null }),
    );
    await onLines(lines);
  }
}
