import { randomUUID } from 'node:crypto';
import { err, ok, type Result } from '../basics/result.ts';
import { LANGUAGES } from '../contract/language.ts';
import { later, type EpochMs, type StaffId } from '../domain/ids.ts';
import type { JournalLine } from '../domain/journal.ts';
import { passphraseFault, type PassphraseFault } from '../domain/passphrase-rules.ts';
import { foldUsername, isUsername } from '../domain/staff.ts';
import { accountById, accountByName, insertAccount, tell, updateAccount, type Account } from '../store/accounts.ts';
import type { Writing } from '../store/database.ts';
import { deleteFactors, factorsOf } from '../store/factors.ts';
import { oneTimeByHash, putOneTime, takeOneTime, type LinkPurpose, type OneTime } from '../store/one-time.ts';
import { renewPlan } from '../store/plan-store.ts';
import { deleteSessionsOf } from '../store/sessions.ts';
import { BackOff } from './back-off.ts';
import { commonPassphrases } from './common-passphrases.ts';
import type { Keeping } from './keeping.ts';
import { newToken, tokenHash } from './tokens.ts';

const LINK_LASTS_MS = 15 * 60_000;

/** What a link is for, and for whom: shown before anything is typed. */
export interface Invited {
  readonly purpose: Exclude<LinkPurpose, 'reset-with-factors'>;
  /** `null`: to be chosen. */
  readonly username: string | null;
  readonly name: string;
}

export interface Accepting {
  readonly token: string;
  /** Only the first account chooses it. */
  readonly username: string;
  readonly name: string;
  readonly passphrase: string;
}

export type LinkRefusal =
  | { readonly code: 'link-used' }
  | { readonly code: 'wait'; readonly retryAfterMs: number }
  | { readonly code: 'name-taken' }
  | { readonly code: 'username-form' }
  | PassphraseFault;

/** One-time links: the office's first account, a colleague's new account, a forgotten passphrase. */
export class Invitations {
  readonly #keeping: Keeping;
  readonly #guesses = new BackOff({
    freeTries: 20,
    firstWaitMs: 1_000,
    longestWaitMs: 5_000,
    forgottenAfterMs: LINK_LASTS_MS,
  });

  constructor(keeping: Keeping) {
    this.#keeping = keeping;
  }

  /** A fresh token for the first account; an earlier one no longer works. */
  firstAccountToken(): Promise<string> {
    return this.#keeping.database.write((trx) => this.put(trx, null, 'first-account').then(({ token }) => token));
  }

  /** A fresh link for a person, in the transaction of what it is made for. */
  async put(
    trx: Writing,
    staffId: StaffId | null,
    purpose: LinkPurpose,
  ): Promise<{ readonly token: string; readonly endsAt: EpochMs }> {
    const token = newToken();
    const endsAt = later(this.#keeping.now(), LINK_LASTS_MS);
    await putOneTime(trx, { tokenHash: tokenHash(token), purpose, staffId, endsAt });
    return { token, endsAt };
  }

  async look(token: string, address: string): Promise<Result<Invited, LinkRefusal>> {
    const { database, now } = this.#keeping;
    const waitMs = this.#guesses.waitMs(address, now());
    if (waitMs > 0) return err({ code: 'wait', retryAfterMs: waitMs });
    const found = await database.read(async (trx) => {
      const link = await oneTimeByHash(trx, tokenHash(token), now());
      const account = link?.staffId ? await accountById(trx, link.staffId) : null;
      return link && (link.staffId === null || account?.disabled === false) ? { link, account } : null;
    });
    if (found) {
      const { link, account } = found;
      const purpose = link.purpose === 'reset-with-factors' ? 'reset' : link.purpose;
      return ok({ purpose, username: account?.username ?? null, name: account?.name ?? '' });
    }
    this.#guesses.failed(address, now());
    return err({ code: 'link-used' });
  }

  /**
   * Sets name and passphrase with a link. A reset ends every session of the person.
   *
   * @returns the account, which may then go on to sign in
   */
  async accept(asked: Accepting, address: string): Promise<Result<Account, LinkRefusal>> {
    const invited = await this.look(asked.token, address);
    if (!invited.ok) return invited;
    const username = invited.value.username ?? foldUsername(asked.username);
    if (!isUsername(username)) return err({ code: 'username-form' });
    const fault = await this.faultOf(asked.passphrase, [username, asked.name]);
    if (fault) return err(fault);
    const { database, passphrases, onLines, onEnded } = this.#keeping;
    const passphraseHash = await passphrases.hash(asked.passphrase);
    const ended: string[] = [];
    const made = await database.write(async (trx): Promise<Result<Accepted, LinkRefusal>> => {
      if (invited.value.username === null && (await accountByName(trx, username))) return err({ code: 'name-taken' });
      const link = await takeOneTime(trx, tokenHash(asked.token), this.#keeping.now());
      if (!link) return err({ code: 'link-used' });
      return link.staffId === null
        ? this.#makeFirst(trx, { username, name: asked.name.trim(), passphraseHash })
        : this.#setFor(trx, link, link.staffId, { name: asked.name.trim(), passphraseHash }, ended);
    });
    if (!made.ok) return made;
    onEnded(ended);
    await onLines(made.value.lines);
    return ok(made.value.account);
  }

  /** Why this passphrase may not be used by this person; `null`: it may. */
  async faultOf(passphrase: string, own: readonly string[]): Promise<PassphraseFault | null> {
    const { agency, names } = this.#keeping.plan().office;
    const known = await commonPassphrases();
    const context = [...own, ...Object.values(agency), ...Object.values(names)];
    return passphraseFault(passphrase, context, (folded) => known.has(folded));
  }

  async #makeFirst(
    trx: Writing,
    { username, name, passphraseHash }: Pick<Account, 'username' | 'name' | 'passphraseHash'>,
  ): Promise<Result<Accepted, LinkRefusal>> {
    const id = randomUUID() as string as StaffId;
    const services = this.#keeping.plan().services.map((service) => service.id);
    const account: Account = {
      ...{ id, username, name, role: 'head', services, languages: LANGUAGES, passphraseHash },
      ...{ disabled: false, breakGlass: false },
    };
    await insertAccount(trx, account);
    const at = { now: this.#keeping.now(), actor: id };
    const lines = await tell(trx, 'staff.account-made', at, { role: 'head' });
    return ok({ account, lines: [...lines, ...(await renewPlan(trx, at))] });
  }

  /** Not before the link is used: until then the old passphrase alone must let nobody in. */
  async #forgetFactors(
    trx: Writing,
    id: StaffId,
    at: { readonly now: EpochMs; readonly actor: StaffId },
  ): Promise<readonly JournalLine[]> {
    const { totp, passkeys } = await factorsOf(trx, id);
    await deleteFactors(trx, id);
    if (totp === null && passkeys.length === 0) return [];
    return tell(trx, 'staff.factor-removed', at, { staff: id, factor: 'all' });
  }

  async #setFor(
    trx: Writing,
    link: OneTime,
    id: StaffId,
    change: Pick<Account, 'name' | 'passphraseHash'>,
    ended: string[],
  ): Promise<Result<Accepted, LinkRefusal>> {
    const account = await accountById(trx, id);
    if (!account || account.disabled) return err({ code: 'link-used' });
    await updateAccount(trx, id, change);
    ended.push(...(await deleteSessionsOf(trx, id, null)));
    const at = { now: this.#keeping.now(), actor: id };
    const gone = link.purpose === 'reset' ? [] : await this.#forgetFactors(trx, id, at);
    const lines = [...gone, ...(await tell(trx, 'staff.passphrase-set', at, { by: link.purpose }))];
    const renewed = change.name === account.name ? [] : await renewPlan(trx, at);
    return ok({ account: { ...account, ...change }, lines: [...lines, ...renewed] });
  }
}

interface Accepted {
  readonly account: Account;
  readonly lines: readonly JournalLine[];
}
