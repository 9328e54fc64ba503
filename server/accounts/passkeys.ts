import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { EpochMs, StaffId } from '../domain/ids.ts';
import type { Account } from '../store/accounts.ts';
import type { Passkey } from '../store/factors.ts';

/** The package is large: an office whose people use no passkeys never loads it. */
const webAuthn = () => import('@simplewebauthn/server');

/** Where the page stands that asks: a passkey belongs to one host name and answers no other. */
export interface PasskeyPlace {
  /** The page's host name without port. */
  readonly host: string;
  /** The page's origin, checked against the office's own before. */
  readonly origin: string;
}

/** What the browser is asked, and the challenge its answer must carry. */
export interface PasskeyQuestion {
  readonly options: object;
  readonly challenge: string;
}

/** Asks for a new passkey; those the person has already are left out. */
export async function askNewPasskey(
  place: PasskeyPlace,
  account: Account,
  known: readonly Passkey[],
): Promise<PasskeyQuestion> {
  const { generateRegistrationOptions } = await webAuthn();
  const options = await generateRegistrationOptions({
    rpName: 'Infolett',
    rpID: place.host,
    userName: account.username,
    userDisplayName: account.name,
    userID: new Uint8Array(Buffer.from(account.id, 'utf8')),
    attestationType: 'none',
    excludeCredentials: known.map(({ id, transports }) => ({ id, transports: [...transports] })),
    authenticatorSelection: { residentKey: 'discouraged', userVerification: 'preferred' },
  });
  return { options, challenge: options.challenge };
}

/** Checks a browser's new passkey. @returns `null` when anything about it is wrong */
export async function newPasskey(
  place: PasskeyPlace,
  challenge: string,
  response: unknown,
  keep: { readonly staffId: StaffId; readonly name: string; readonly madeAt: EpochMs },
): Promise<Passkey | null> {
  const { verifyRegistrationResponse } = await webAuthn();
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      // The package checks every field of it; that is what it is for.
      response: response as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: place.origin,
      expectedRPID: place.host,
      requireUserVerification: false,
    });
    if (!verified) return null;
    const { id, publicKey, counter, transports } = registrationInfo.credential;
    const key = Buffer.from(publicKey).toString('base64url');
    return { id, host: place.host, publicKey: key, counter, transports: transportsOf(transports), ...keep };
  } catch {
    return null; // whatever is wrong with it, it is no passkey of ours
  }
}

/** How a key can be reached. The package passes on whatever the browser wrote there; only known words are kept. */
const TRANSPORTS: readonly string[] = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'];

function transportsOf(told: unknown): Passkey['transports'] {
  return Array.isArray(told) ? TRANSPORTS.filter((one) => told.includes(one)) : [];
}

/** Asks for one of these passkeys. */
export async function askPasskey(place: PasskeyPlace, known: readonly Passkey[]): Promise<PasskeyQuestion> {
  const { generateAuthenticationOptions } = await webAuthn();
  const options = await generateAuthenticationOptions({
    rpID: place.host,
    allowCredentials: known.map(({ id, transports }) => ({ id, transports: [...transports] })),
    userVerification: 'preferred',
  });
  return { options, challenge: options.challenge };
}

/** Checks a browser's answer. @returns the passkey with its new counter; `null` when anything about it is wrong */
export async function provenPasskey(
  place: PasskeyPlace,
  challenge: string,
  response: unknown,
  known: readonly Passkey[],
): Promise<Passkey | null> {
  const id = typeof response === 'object' && response !== null && 'id' in response ? response.id : null;
  const passkey = known.find((one) => one.id === id && one.host === place.host);
  if (!passkey) return null;
  const { verifyAuthenticationResponse } = await webAuthn();
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: response as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: place.origin,
      expectedRPID: place.host,
      requireUserVerification: false,
      credential: {
        id: passkey.id,
        publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
        counter: passkey.counter,
        transports: [...passkey.transports],
      },
    });
    return verified ? { ...passkey, counter: authenticationInfo.newCounter } : null;
  } catch {
    return null;
  }
}
