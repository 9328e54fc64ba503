import type { IncomingMessage } from 'node:http';
import { PAIRING_LASTS_MS } from '../domain/pairing.ts';

export type CookieName = 'session' | 'kiosk' | 'display' | 'pairing-kiosk' | 'pairing-display';

/** One year: a device's pairing ends when it is revoked, not by time. */
const DEVICE_SECONDS = 365 * 24 * 3600;
const PAIRING_SECONDS = PAIRING_LASTS_MS / 1000;

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
  const lasting = value === null ? '; Max-Age=0' : lastingOf(name);
  return `${fullName(name, secure)}=${value ?? ''}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}${lasting}`;
}

/** The session ends with the browser at the latest. */
function lastingOf(name: CookieName): string {
  if (name === 'session') return '';
  return `; Max-Age=${name === 'kiosk' || name === 'display' ? DEVICE_SECONDS : PAIRING_SECONDS}`;
}

function fullName(name: CookieName, secure: boolean): string {
  return secure ? `__Host-infolett-${name}` : `infolett-${name}`;
}
