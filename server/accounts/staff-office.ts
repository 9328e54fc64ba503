import { randomUUID } from 'node:crypto';
import { err, ok, type Result } from '../basics/result.ts';
import type { Answer, Request } from '../contract/events.ts';
import type { StaffId } from '../domain/ids.ts';
import type { JournalLine } from '../domain/journal.ts';
import type { Refusal } from '../domain/refusal.ts';
import { sessionState, type SignInRules } from '../domain/sign-in-rules.ts';
import { foldUsername, isUsername, keepsAManager, type Standing } from '../domain/staff.ts';
import { accountByName, allAccounts, insertAccount, tell, updateAccount, type Account } from '../store/accounts.ts';
import type { Reading, Writing } from '../store/database.ts';
import { factorsOf } from '../store/factors.ts';
import { deleteOneTimeOf, oneTimeOf } from '../store/one-time.ts';
import { hasOutsideIdentity, putOutsideIdentity, staffBySubject } from '../store/outside-identities.ts';
import { renewPlan } from '../store/plan-store.ts';
import {
  deleteOutsideSessionsOf,
  deleteSession,
  deleteSessionsOf,
  sessionByHash,
  sessionsOf,
} from '../store/sessions.ts';
import { putSignInRules } from '../store/sign-in-rules.ts';
import type { Invitations } from './invitations.ts';
import type { Keeping } from './keeping.ts';

interface Parts {
  readonly keeping: Keeping;
  readonly invitations: Invitations;
  /** Where staff reach the console, without a slash at the end. */
  readonly publicUrl: () => string;
  /** The fingerprint under which an outside subject is kept, as it was typed; `null`: there is no outside sign-in. */
  readonly subjectHash: ((subject: string) => string) | null;
  /** The people of the plan have changed. */
  readonly onPeople: () => Promise<void>;
  readonly onRules: (rules: SignInRules) => void;
}

type Lines = readonly JournalLine[];

/** What head and admin do with accounts. Every change is journaled; none of it names a person but by id. */
export class StaffOffice {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async list(ownSession: string | null): Promise<Answer<'staff:list'>> {
    const { keeping, subjectHash } = this.#parts;
    const people = await keeping.database.read(async (trx) => {
      const all: Answer<'staff:list'>['people'] = [];
      for (const account of await allAccounts(trx)) all.push(await this.#person(trx, account, ownSession));
      return all;
    });
    return { people, rules: keeping.rules(), outside: subjectHash !== null };
  }

  async create(asked: Request<'staff:create'>, by: StaffId): Promise<Result<Answer<'staff:create'>, Refusal>> {
    const username = foldUsername(asked.username);
    if (!isUsername(username)) return err({ code: 'username-form' });
    const { name, role, services, languages } = asked;
    const id = randomUUID() as string as StaffId;
    const { invitations, publicUrl, onPeople } = this.#parts;
    return this.#change(async (trx) => {
      if (await accountByName(trx, username)) return err({ code: 'username-taken' });
      const made: Account = {
        ...{ id, username, name, role, services: this.#offered(services), languages, passphraseHash: null },
        ...{ disabled: false, breakGlass: false },
      };
      await insertAccount(trx, made);
      const { token, endsAt } = await invitations.put(trx, id, 'invitation');
      const at = this.#at(by);
      const lines = await tell(trx, 'staff.account-made', at, { staff: id, role });
      const more = await tell(trx, 'staff.link-made', at, { staff: id, purpose: 'invitation' });
      const reply = { staffId: id, url: `${publicUrl()}/console/#${token}`, endsAt };
      return ok({ reply, lines: [...lines, ...more, ...(await renewPlan(trx, at))], ended: [] });
    }, onPeople);
  }

  async change(asked: Request<'staff:change'>, by: StaffId): Promise<Result<null, Refusal>> {
    const { staffId, role, services, languages, breakGlass } = asked;
    return this.#change(async (trx) => {
      const account = await this.#account(trx, staffId);
      if (!account) return err({ code: 'unknown-person' });
      const newRole = role !== undefined && role !== account.role ? role : undefined;
      if (newRole !== undefined) {
        const kept = keepsAManager(await this.#standings(trx), staffId, { role: newRole });
        if (!kept.ok) return kept;
      }
      await updateAccount(trx, staffId, {
        ...(newRole === undefined ? {} : { role: newRole }),
        ...(services === undefined ? {} : { services: this.#offered(services) }),
        ...(languages === undefined ? {} : { languages }),
        ...(breakGlass === undefined ? {} : { breakGlass }),
      });
      const at = this.#at(by);
      const ended = newRole === undefined ? [] : await deleteSessionsOf(trx, staffId, null);
      const roles =
        newRole === undefined
          ? []
          : await tell(trx, 'staff.role-changed', at, {
              ...{ staff: staffId, from: account.role, to: newRole, sessions: ended.length },
            });
      const rest = services ?? languages ?? breakGlass;
      const changed =
        rest === undefined
          ? []
          : await tell(trx, 'staff.changed', at, {
              staff: staffId,
              breakGlass: breakGlass ?? account.breakGlass === true,
            });
      return ok({ reply: null, lines: [...roles, ...changed, ...(await renewPlan(trx, at))], ended });
    }, this.#parts.onPeople);
  }

  async disable(staffId: StaffId, disabled: boolean, by: StaffId): Promise<Result<null, Refusal>> {
    if (staffId === by) return err({ code: 'not-yourself' });
    return this.#change(async (trx) => {
      if (!(await this.#account(trx, staffId))) return err({ code: 'unknown-person' });
      const kept = disabled ? keepsAManager(await this.#standings(trx), staffId, { disabled }) : ok(null);
      if (!kept.ok) return kept;
      await updateAccount(trx, staffId, { disabled });
      if (disabled) await deleteOneTimeOf(trx, staffId);
      const ended = disabled ? await deleteSessionsOf(trx, staffId, null) : [];
      const at = this.#at(by);
      const lines = await tell(trx, disabled ? 'staff.disabled' : 'staff.enabled', at, {
        ...{ staff: staffId, sessions: ended.length },
      });
      return ok({ reply: null, lines: [...lines, ...(await renewPlan(trx, at))], ended });
    }, this.#parts.onPeople);
  }

  /** A fresh link for somebody who cannot get in. Their sessions, passphrase and second factors stay until it is used. */
  async link(asked: Request<'staff:link'>, by: StaffId): Promise<Result<Answer<'staff:link'>, Refusal>> {
    const { staffId, forgetFactors } = asked;
    if (staffId === by) return err({ code: 'not-yourself' });
    const { invitations, publicUrl } = this.#parts;
    return this.#change(async (trx) => {
      const account = await this.#account(trx, staffId);
      if (!account || account.disabled) return err({ code: 'unknown-person' });
      const renews = forgetFactors ? 'reset-with-factors' : 'reset';
      const purpose = account.passphraseHash === null ? 'invitation' : renews;
      const { token, endsAt } = await invitations.put(trx, staffId, purpose);
      const at = this.#at(by);
      const made = await tell(trx, 'staff.link-made', at, { staff: staffId, purpose });
      return ok({
        reply: { staffId, url: `${publicUrl()}/console/#${token}`, endsAt },
        lines: made,
        ended: [],
      });
    });
  }

  /** Ends a person's sessions, or one of them; their own by themselves too. */
  async endSessions(
    staffId: StaffId,
    which: { readonly one: string } | { readonly allBut: string | null },
    by: StaffId,
  ): Promise<Result<null, Refusal>> {
    return this.#change(async (trx) => {
      const ended: string[] = [];
      if ('one' in which) {
        const found = await sessionByHash(trx, which.one);
        if (found?.staffId === staffId && (await deleteSession(trx, which.one))) ended.push(which.one);
      } else {
        ended.push(...(await deleteSessionsOf(trx, staffId, which.allBut)));
      }
      const lines =
        ended.length === 0
          ? []
          : await tell(trx, 'staff.session-ended', this.#at(by), {
              ...{ staff: staffId, sessions: ended.length, reason: staffId === by ? 'own' : 'manager' },
            });
      return ok({ reply: null, lines, ended });
    });
  }

  async linkIdentity(asked: Request<'staff:link-identity'>, by: StaffId): Promise<Result<null, Refusal>> {
    const { staffId, subject } = asked;
    const { subjectHash, keeping } = this.#parts;
    const hash = subject === null || subjectHash === null ? null : subjectHash(subject);
    return this.#change(async (trx) => {
      const account = await this.#account(trx, staffId);
      if (!account) return err({ code: 'unknown-person' });
      const owner = hash === null ? null : await staffBySubject(trx, hash);
      if (owner !== null && owner !== staffId) return err({ code: 'identity-taken' });
      const canSignIn = hash !== null || account.passphraseHash !== null;
      const kept = keepsAManager(await this.#standings(trx), staffId, { canSignIn });
      if (!kept.ok) return kept;
      await putOutsideIdentity(trx, staffId, hash, keeping.now());
      // Whoever came in by the identity that was linked until now may be somebody else.
      const ended = owner === staffId ? [] : await deleteOutsideSessionsOf(trx, staffId);
      const kind = hash === null ? 'staff.identity-unlinked' : 'staff.identity-linked';
      const lines = await tell(trx, kind, this.#at(by), { staff: staffId, sessions: ended.length });
      return ok({ reply: null, lines, ended });
    });
  }

  async setRules(rules: SignInRules, by: StaffId): Promise<Result<null, Refusal>> {
    const done = await this.#change(async (trx) => {
      await putSignInRules(trx, rules);
      return ok({ reply: null, lines: await tell(trx, 'staff.rules-changed', this.#at(by), { ...rules }), ended: [] });
    });
    if (done.ok) this.#parts.onRules(rules);
    return done;
  }

  /** One change in one transaction; what follows it comes after the commit: cut sockets, audit file, the plan's people. */
  async #change<T>(
    work: (trx: Writing) => Promise<Result<{ reply: T; lines: Lines; ended: readonly string[] }, Refusal>>,
    afterwards: () => Promise<void> = () => Promise.resolve(),
  ): Promise<Result<T, Refusal>> {
    const { database, onLines, onEnded } = this.#parts.keeping;
    const result = await database.write(work);
    if (!result.ok) return result;
    onEnded(result.value.ended);
    await afterwards();
    await onLines(result.value.lines);
    return ok(result.value.reply);
  }

  async #person(
    trx: Reading,
    account: Account,
    ownSession: string | null,
  ): Promise<Answer<'staff:list'>['people'][number]> {
    const now = this.#parts.keeping.now();
    const { id: staffId, username, name, role, services, languages, disabled, passphraseHash } = account;
    const { totp, passkeys } = await factorsOf(trx, staffId);
    const sessions = (await sessionsOf(trx, staffId)).filter((one) => sessionState(one, now) !== 'ended');
    const link = await oneTimeOf(trx, staffId, now);
    return {
      ...{ staffId, username, name, role, services: [...services], languages: [...languages], disabled },
      breakGlass: account.breakGlass === true,
      hasPassphrase: passphraseHash !== null,
      linked: await hasOutsideIdentity(trx, staffId),
      linkEndsAt: link?.endsAt ?? null,
      totp: totp !== null,
      passkeys: passkeys.length,
      sessions: sessions.map(({ tokenHash, createdAt, seenAt, browser, lockedAt }) => ({
        ...{ sessionId: tokenHash, since: createdAt, seenAt, browser, locked: lockedAt !== null },
        own: tokenHash === ownSession,
      })),
    };
  }

  async #standings(trx: Reading): Promise<readonly Standing[]> {
    const all: Standing[] = [];
    for (const { id, role, disabled, passphraseHash } of await allAccounts(trx)) {
      all.push({ id, role, disabled, canSignIn: passphraseHash !== null || (await hasOutsideIdentity(trx, id)) });
    }
    return all;
  }

  async #account(trx: Reading, staffId: StaffId): Promise<Account | undefined> {
    return (await allAccounts(trx)).find(({ id }) => id === staffId);
  }

  /** Only services the office has. */
  #offered(services: Account['services']): Account['services'] {
    const known = this.#parts.keeping.plan().services.map(({ id }) => id);
    return known.filter((id) => services.includes(id));
  }

  #at(actor: StaffId) {
    return { now: this.#parts.keeping.now(), actor };
  }
}
