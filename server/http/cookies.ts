import type { IncomingMessage } from 'node:http';
import { PAIRING_LASTS_MS } from '../domain/pairing.ts';

/**
 * `half`: somebody between the passphrase and the second factor. `mark`: accounts that have signed in with this browser.
 * `outside`: a sign-in that is under way at an outside identity provider.
 */
export type CookieName =
  'session' | 'kiosk' | 'display' | 'half' | 'mark' | 'outside' | 'pairing-kiosk' | 'pairing-display';

/** One year: a device's pairing ends when it is revoked, not by time. */
const DEVICE_SECONDS = 365 * 24 * 3600;
const PAIRING_SECONDS = PAIRING_LASTS_MS / 1000;
const TEN_MINUTES = 600;
/** How long a browser keeps each; `null`: until it is closed. */
const SECONDS: Readonly<Record<CookieName, number | null>> = {
  session: null,
  kiosk: DEVICE_SECONDS,
  display: DEVICE_SECONDS,
  half: TEN_MINUTES,
  mark: DEVICE_SECONDS,
  outside: TEN_MINUTES,
  'pairing-kiosk': PAIRING_SECONDS,
  'pairing-display': PAIRING_SECONDS,
};

/** The value of one of our cookies. Over TLS they carry the `__Host-` prefix, so no other site can set them. */
export function readCookie(
  { headers }: Pick<IncomingMessage, 'headers'>,
  name: CookieName,
  secure: boolean,
): string | null {
  const wanted = `${fullName(name, secure)}=`;
  const found = (headers.cookie ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(wanted));
  return found === undefined ? null : found.slice(wanted.length);
}

/** A `Set-Cookie` value; `null` deletes it. */
export function writeCookie(name: CookieName, value: string | null, secure: boolean): string {
  // A provider sends the browser back from its own site: the cookie of that one journey must come along, no other.
  const site = name === 'outside' ? 'Lax' : 'Strict';
  const seconds = value === null ? 0 : SECONDS[name];
  const lasting = seconds === null ? '' : `; Max-Age=${seconds}`;
  return `${fullName(name, secure)}=${value ?? ''}; Path=/; HttpOnly; SameSite=${site}${secure ? '; Secure' : ''}${lasting}`;
}

function fullName(name: CookieName, secure: boolean): string {
  return secure ? `__Host-infolett-${name}` : `infolett-${name}`;
}
