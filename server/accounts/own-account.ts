import QRCode from 'qrcode';
import type { JournalLine } from '../domain/journal.ts';
import type { PassphraseFault } from '../domain/passphrase-rules.ts';
import { sessionState } from '../domain/sign-in-rules.ts';
import { tell, updateAccount, type Account } from '../store/accounts.ts';
import { deleteOneTimeOf } from '../store/one-time.ts';
import { hasOutsideIdentity } from '../store/outside-identities.ts';
import { deleteSessionsOf, sessionByHash, sessionsOf } from '../store/sessions.ts';
import type { Invitations } from './invitations.ts';
import type { Keeping } from './keeping.ts';
import type { NewTotp, SecondFactors } from './second-factors.ts';
import type { Staff } from './staff-door.ts';
import type { StaffOffice } from './staff-office.ts';

/** What a person sees and does about their own account. */
export class OwnAccount {
  readonly #keeping: Keeping;
  readonly #factors: SecondFactors;
  readonly #invitations: Invitations;
  readonly #office: StaffOffice;

  constructor(
    keeping: Keeping,
    parts: { readonly factors: SecondFactors; readonly invitations: Invitations; readonly office: StaffOffice },
  ) {
    this.#keeping = keeping;
    this.#factors = parts.factors;
    this.#invitations = parts.invitations;
    this.#office = parts.office;
  }

  async view(account: Account, session: string): Promise<object> {
    const { database, now, rules } = this.#keeping;
    const { totp, passkeys, recoveryLeft } = await this.#factors.of(account.id);
    const { linked, sessions } = await database.read(async (trx) => ({
      linked: await hasOutsideIdentity(trx, account.id),
      sessions: await sessionsOf(trx, account.id),
    }));
    return {
      username: account.username,
      hasPassphrase: account.passphraseHash !== null,
      linked,
      required: rules().secondFactor === 'required' && account.breakGlass !== true,
      totp: totp && { madeAt: totp.madeAt },
      passkeys: passkeys.map(({ id, name, host, madeAt }) => ({ id, name, host, madeAt })),
      recoveryLeft,
      sessions: sessions
        .filter((one) => sessionState(one, now()) !== 'ended')
        .map(({ tokenHash, createdAt, seenAt, browser, lockedAt, method }) => ({
          ...{ sessionId: tokenHash, since: createdAt, seenAt, browser, method },
          ...{ locked: lockedAt !== null, own: tokenHash === session },
        })),
    };
  }

  /** The address of the app's secret as a picture: one path of unit squares. */
  drawn({ uri, secret }: NewTotp): object {
    const { modules } = QRCode.create(uri, { errorCorrectionLevel: 'M' });
    const squares: string[] = [];
    for (let row = 0; row < modules.size; row++) {
      for (let column = 0; column < modules.size; column++) {
        if (modules.get(row, column)) squares.push(`M${column} ${row}h1v1h-1z`);
      }
    }
    return { uri, secret, path: squares.join(''), modules: modules.size };
  }

  /** Sets a new passphrase and ends every other session. @returns why not; `null`: it is set */
  async setPassphrase(
    { account, session }: Staff,
    passphrase: string,
  ): Promise<PassphraseFault | { readonly code: 'signed-out' } | null> {
    const fault = await this.#invitations.faultOf(passphrase, [account.username, account.name]);
    if (fault) return fault;
    const { database, passphrases, now, onLines, onEnded } = this.#keeping;
    const passphraseHash = await passphrases.hash(passphrase);
    const ended: string[] = [];
    const lines = await database.write(async (trx): Promise<readonly JournalLine[] | null> => {
      // Hashing takes its turn; whose session was ended meanwhile is no longer the one who asked.
      const own = await sessionByHash(trx, session);
      if (own?.lockedAt !== null) return null;
      await updateAccount(trx, account.id, { passphraseHash });
      await deleteOneTimeOf(trx, account.id);
      ended.push(...(await deleteSessionsOf(trx, account.id, session)));
      return tell(
        trx,
        'staff.passphrase-set',
        { now: now(), actor: account.id },
        { by: 'own', sessions: ended.length },
      );
    });
    if (!lines) return { code: 'signed-out' };
    onEnded(ended);
    await onLines(lines);
    return null;
  }

  /** @returns `null` when there is no second factor that they could stand in for */
  async renewRecoveryCodes(account: Account): Promise<readonly string[] | null> {
    const { totp, passkeys } = await this.#factors.of(account.id);
    return totp === null && passkeys.length === 0 ? null : this.#factors.renewRecoveryCodes(account);
  }

  /** Ends one of the person's sessions; `null`: all but this one. */
  async endSessions({ account, session }: Staff, sessionId: string | null): Promise<void> {
    const which = sessionId === null ? { allBut: session } : { one: sessionId };
    await this.#office.endSessions(account.id, which, account.id);
  }
}
