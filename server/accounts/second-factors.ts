import { err, ok, type Result } from '../basics/result.ts';
import type { StaffId } from '../domain/ids.ts';
import { tell, type Account } from '../store/accounts.ts';
import type { Writing } from '../store/database.ts';
import {
  countPasskey,
  deletePasskey,
  deleteTotp,
  factorsOf,
  insertPasskey,
  putRecoveryCodes,
  putTotp,
  takeRecoveryCode,
  useTotpStep,
  type Factors,
} from '../store/factors.ts';
import type { Keeping } from './keeping.ts';
import { askNewPasskey, askPasskey, newPasskey, provenPasskey, type PasskeyPlace } from './passkeys.ts';
import { Pending } from './pending.ts';
import { foldRecoveryCode, newRecoveryCodes } from './recovery-codes.ts';
import { base32, newTotpSecret, stepOfCode, totpUri } from './totp.ts';

/** What somebody shows at the second step. */
export type Proof =
  | { readonly kind: 'totp'; readonly code: string }
  | { readonly kind: 'recovery'; readonly code: string }
  | { readonly kind: 'passkey'; readonly place: PasskeyPlace; readonly response: unknown };

export type FactorRefusal =
  | { readonly code: 'wrong-code' }
  /** The enrolment, or the browser's question, is too old or was answered before. */
  | { readonly code: 'begin-again' }
  /** The office asks for a second factor: the last one stays until there is another. */
  | { readonly code: 'last-factor' };

/** What an authenticator app needs: a picture of `uri`, or `secret` typed by hand. */
export interface NewTotp {
  readonly uri: string;
  readonly secret: string;
}

const ANSWER_WITHIN_MS = 10 * 60_000;

/** Second factors of staff: codes of an app, passkeys, recovery codes. */
export class SecondFactors {
  readonly #keeping: Keeping;
  readonly #newSecrets = new Pending<Buffer>(ANSWER_WITHIN_MS);
  readonly #challenges = new Pending<string>(ANSWER_WITHIN_MS);

  constructor(keeping: Keeping) {
    this.#keeping = keeping;
  }

  of(staffId: StaffId): Promise<Factors> {
    return this.#keeping.database.read((trx) => factorsOf(trx, staffId));
  }

  /** Begins an app: nothing is kept until its first code was right. */
  beginTotp({ id, username }: Account): NewTotp {
    const secret = newTotpSecret();
    this.#newSecrets.put(id, secret, this.#keeping.now());
    const { names } = this.#keeping.plan().office;
    return { uri: totpUri(secret, { office: `Infolett · ${names.et}`, username }), secret: base32(secret) };
  }

  /** @returns recovery codes when this is the person's first second factor */
  async confirmTotp({ id }: Account, code: string): Promise<Result<readonly string[] | null, FactorRefusal>> {
    const { now, keys } = this.#keeping;
    const secret = this.#newSecrets.look(id, now());
    if (!secret) return err({ code: 'begin-again' });
    const step = stepOfCode(secret, code, now());
    if (step === null) return err({ code: 'wrong-code' });
    this.#newSecrets.take(id, now());
    const sealed = keys.seal('authenticator-secret', secret, id);
    return this.#added(id, 'totp', async (trx) => {
      await putTotp(trx, { staffId: id, secret: sealed, lastStep: step, madeAt: now() });
      return true;
    });
  }

  async beginPasskey(account: Account, place: PasskeyPlace): Promise<object> {
    const { passkeys } = await this.of(account.id);
    const { options, challenge } = await askNewPasskey(place, account, passkeys);
    this.#challenges.put(`new ${account.id}`, challenge, this.#keeping.now());
    return options;
  }

  /** @returns recovery codes when this is the person's first second factor */
  async confirmPasskey(
    { id }: Account,
    place: PasskeyPlace,
    answered: { readonly response: unknown; readonly name: string },
  ): Promise<Result<readonly string[] | null, FactorRefusal>> {
    const { now } = this.#keeping;
    const challenge = this.#challenges.take(`new ${id}`, now());
    if (challenge === null) return err({ code: 'begin-again' });
    const keep = { staffId: id, name: answered.name, madeAt: now() };
    const passkey = await newPasskey(place, challenge, answered.response, keep);
    return passkey ? this.#added(id, 'passkey', (trx) => insertPasskey(trx, passkey)) : err({ code: 'wrong-code' });
  }

  /** Asks the browser for one of the person's passkeys of this host. `asker`: who may answer. */
  async askPasskey(staffId: StaffId, asker: string, place: PasskeyPlace): Promise<object> {
    const { passkeys } = await this.of(staffId);
    const here = passkeys.filter(({ host }) => host === place.host);
    const { options, challenge } = await askPasskey(place, here);
    this.#challenges.put(asker, challenge, this.#keeping.now());
    return options;
  }

  /** Whether a second factor is right. What was used cannot be used again. */
  async proves(staffId: StaffId, asker: string, proof: Proof): Promise<boolean> {
    switch (proof.kind) {
      case 'totp':
        return this.#provesTotp(staffId, proof.code);
      case 'recovery':
        return this.#provesRecovery(staffId, proof.code);
      case 'passkey':
        return this.#provesPasskey(staffId, asker, proof.place, proof.response);
    }
  }

  /** Takes a factor away. With the last one the recovery codes go too. */
  async remove(account: Account, which: 'totp' | { readonly passkey: string }): Promise<Result<null, FactorRefusal>> {
    const { database, now, onLines, rules } = this.#keeping;
    const { id } = account;
    const needed = rules().secondFactor === 'required' && account.breakGlass !== true;
    const result = await database.write(
      async (trx): Promise<Result<Awaited<ReturnType<typeof tell>>, FactorRefusal>> => {
        const { totp, passkeys } = await factorsOf(trx, id);
        const isLast = (totp ? 1 : 0) + passkeys.length === 1;
        if (isLast && needed) return err({ code: 'last-factor' });
        const gone = which === 'totp' ? await deleteTotp(trx, id) : await deletePasskey(trx, id, which.passkey);
        if (!gone) return ok([]);
        if (isLast) await putRecoveryCodes(trx, id, []);
        const factor = which === 'totp' ? 'totp' : 'passkey';
        return ok(await tell(trx, 'staff.factor-removed', { now: now(), actor: id }, { factor }));
      },
    );
    if (!result.ok) return result;
    await onLines(result.value);
    return ok(null);
  }

  /** New recovery codes; the old ones no longer work. */
  async renewRecoveryCodes({ id }: Account): Promise<readonly string[]> {
    const { database, now, onLines } = this.#keeping;
    const codes = newRecoveryCodes();
    const lines = await database.write(async (trx) => {
      await this.#putCodes(trx, id, codes);
      return tell(trx, 'staff.recovery-made', { now: now(), actor: id });
    });
    await onLines(lines);
    return codes;
  }

  async #added(
    id: StaffId,
    factor: 'totp' | 'passkey',
    put: (trx: Writing) => Promise<boolean>,
  ): Promise<Result<readonly string[] | null, FactorRefusal>> {
    const { database, now, onLines } = this.#keeping;
    const codes = newRecoveryCodes();
    const added = await database.write(async (trx) => {
      const before = await factorsOf(trx, id);
      const isFirst = before.totp === null && before.passkeys.length === 0;
      if (!(await put(trx))) return null;
      if (isFirst) await this.#putCodes(trx, id, codes);
      return { isFirst, lines: await tell(trx, 'staff.factor-added', { now: now(), actor: id }, { factor }) };
    });
    if (!added) return err({ code: 'wrong-code' });
    await onLines(added.lines);
    return ok(added.isFirst ? codes : null);
  }

  #putCodes(trx: Writing, id: StaffId, codes: readonly string[]): Promise<void> {
    const hashes = codes.map((code) =>
      this.#keeping.keys.fingerprint('recovery-code', `${id}\n${foldRecoveryCode(code)}`),
    );
    return putRecoveryCodes(trx, id, hashes);
  }

  async #provesTotp(id: StaffId, code: string): Promise<boolean> {
    const { database, keys, now } = this.#keeping;
    const { totp } = await this.of(id);
    const secret = totp && keys.unseal('authenticator-secret', totp.secret, id);
    const step = secret ? stepOfCode(secret, code, now()) : null;
    return step !== null && database.write((trx) => useTotpStep(trx, id, step));
  }

  async #provesRecovery(id: StaffId, typed: string): Promise<boolean> {
    const { database, keys, now, onLines } = this.#keeping;
    const hash = keys.fingerprint('recovery-code', `${id}\n${foldRecoveryCode(typed)}`);
    const lines = await database.write(async (trx) => {
      if (!(await takeRecoveryCode(trx, id, hash))) return null;
      const { recoveryLeft } = await factorsOf(trx, id);
      return tell(trx, 'staff.recovery-used', { now: now(), actor: id }, { left: recoveryLeft });
    });
    if (lines) await onLines(lines);
    return lines !== null;
  }

  async #provesPasskey(id: StaffId, asker: string, place: PasskeyPlace, response: unknown): Promise<boolean> {
    const { database, now } = this.#keeping;
    const challenge = this.#challenges.take(asker, now());
    if (challenge === null) return false;
    const proven = await provenPasskey(place, challenge, response, (await this.of(id)).passkeys);
    if (proven) await database.write((trx) => countPasskey(trx, proven.id, proven.counter));
    return proven !== null;
  }
}
