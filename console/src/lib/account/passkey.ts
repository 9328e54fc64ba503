import { startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { askDoor, type DoorAnswer } from '../door/door-answer.ts';

/** Passkeys need a secure page; on plain http there are none. */
export function hasPasskeys(): boolean {
  return typeof PublicKeyCredential === 'function';
}

const FAILED = { ok: false, status: 0, body: { code: 'passkey' } } as const;

type CreationOptions = Parameters<typeof startRegistration>[0]['optionsJSON'];
type RequestOptions = Parameters<typeof startAuthentication>[0]['optionsJSON'];

/** Makes a passkey in this browser and tells the office. */
export async function makePasskey<T>(name: string): Promise<DoorAnswer<T>> {
  const asked = await askDoor<CreationOptions>('/api/account/passkey', {});
  if (!asked.ok) return asked as DoorAnswer<never>;
  try {
    const response = await startRegistration({ optionsJSON: asked.body });
    return await askDoor<T>('/api/account/passkey/confirm', { name, response });
  } catch {
    return FAILED as unknown as DoorAnswer<T>; // the person said no, or the browser did
  }
}

/** Shows a passkey as the second factor. */
export async function showPasskey<T>(): Promise<DoorAnswer<T>> {
  const asked = await askDoor<RequestOptions>('/api/sign-in/passkey', {});
  if (!asked.ok) return asked as DoorAnswer<never>;
  try {
    const response = await startAuthentication({ optionsJSON: asked.body });
    return await askDoor<T>('/api/sign-in/second', { kind: 'passkey', response });
  } catch {
    return FAILED as unknown as DoorAnswer<T>;
  }
}
