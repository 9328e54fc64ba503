import { randomInt } from 'node:crypto';

/** 24 signs of 32 are 120 bits: a plain keyed hash is then enough to keep them. @source OWASP ASVS 5.0, 6.5.2 */
const GROUPS = 6;
const GROUP_SIGNS = 4;
/** No signs that look alike: no I, O, 0, 1. */
const SIGNS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const CODES = 8;

/** Fresh codes, `ABCD-EFGH-…`, to be written down once. */
export function newRecoveryCodes(): readonly string[] {
  return Array.from({ length: CODES }, () =>
    Array.from({ length: GROUPS }, () => Array.from({ length: GROUP_SIGNS }, oneSign).join('')).join('-'),
  );
}

/** What was typed, as codes are hashed: capitals without anything between them. */
export function foldRecoveryCode(typed: string): string {
  return typed.toUpperCase().replaceAll(/[^A-Z2-9]/g, '');
}

function oneSign(): string {
  return SIGNS[randomInt(SIGNS.length)] ?? '';
}
