import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { EpochMs } from '../domain/ids.ts';

/** @source RFC 6238 (TOTP), section 4; RFC 4226 (HOTP), sections 5.3 and 5.4; RFC 4648 base32 */
const STEP_MS = 30_000;
export const TOTP_DIGITS = 6;
const SECRET_BYTES = 20;
/** Clocks of phones differ: one step before and one after is taken too. @source RFC 6238, section 5.2 */
const STEPS_AROUND = 1;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** 160 random bits. */
export function newTotpSecret(): Buffer {
  return randomBytes(SECRET_BYTES);
}

/** The code of one time step. */
export function totpCode(secret: Buffer, step: number, digits: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

export function totpStep(now: EpochMs): number {
  return Math.floor(now / STEP_MS);
}

/** The time step a code belongs to, of those that are taken now; `null`: of none. */
export function stepOfCode(secret: Buffer, code: string, now: EpochMs): number | null {
  const typed = Buffer.from(code.replaceAll(/\s/g, ''));
  if (typed.length !== TOTP_DIGITS) return null;
  const middle = totpStep(now);
  let found: number | null = null;
  for (let step = middle - STEPS_AROUND; step <= middle + STEPS_AROUND; step++) {
    if (timingSafeEqual(Buffer.from(totpCode(secret, step, TOTP_DIGITS)), typed)) found = step;
  }
  return found;
}

/** The secret as an authenticator app takes it by hand. */
export function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[parseInt(five.padEnd(5, '0'), 2)] ?? '').join('');
}

/** What the app reads from the QR code. @source Key URI format of Google Authenticator */
export function totpUri(secret: Buffer, who: { readonly office: string; readonly username: string }): string {
  const label = `${encodeURIComponent(who.office)}:${encodeURIComponent(who.username)}`;
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=${encodeURIComponent(who.office)}`;
}
