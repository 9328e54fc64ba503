import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OfficeKeys } from '../../../../server/accounts/office-keys.ts';
import { foldRecoveryCode, newRecoveryCodes } from '../../../../server/accounts/recovery-codes.ts';
import {
  base32,
  newTotpSecret,
  stepOfCode,
  TOTP_DIGITS,
  totpCode,
  totpStep,
  totpUri,
} from '../../../../server/accounts/totp.ts';
import type { EpochMs } from '../../../../server/domain/ids.ts';

const at = (seconds: number): EpochMs => (seconds * 1000) as EpochMs;

describe('codes of an authenticator app', () => {
  /** RFC 6238, appendix B, the SHA-1 rows. */
  test.each([
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ])('at %i seconds the RFC’s secret makes %s', (seconds, code) => {
    expect(totpCode(Buffer.from('12345678901234567890'), totpStep(at(seconds)), 8)).toBe(code);
  });

  test('one step before and one after is taken, no other', () => {
    const secret = newTotpSecret();
    const now = at(1_800_000_000);
    const step = totpStep(now);
    for (const [away, taken] of [
      [-2, false],
      [-1, true],
      [0, true],
      [1, true],
      [2, false],
    ] as const) {
      const found = stepOfCode(secret, totpCode(secret, step + away, TOTP_DIGITS), now);
      expect(found, String(away)).toBe(taken ? step + away : null);
    }
  });

  test('what is no code of six digits is none', () => {
    const secret = newTotpSecret();
    for (const typed of ['', '12345', '1234567', 'abcdef', '१२३४५६']) {
      expect(stepOfCode(secret, typed, at(59))).toBeNull();
    }
    const code = totpCode(secret, 1, TOTP_DIGITS);
    expect(stepOfCode(secret, `${code.slice(0, 3)} ${code.slice(3)}`, at(59))).toBe(1);
  });

  test('the secret is written in base32 as RFC 4648 does', () => {
    expect(base32(Buffer.from('foobar'))).toBe('MZXW6YTBOI');
    expect(totpUri(Buffer.from('foobar'), { office: 'Põhja büroo', username: 'ülle' })).toBe(
      'otpauth://totp/P%C3%B5hja%20b%C3%BCroo:%C3%BClle?secret=MZXW6YTBOI&issuer=P%C3%B5hja%20b%C3%BCroo',
    );
  });
});

describe('what is kept of secrets', () => {
  const keys = new OfficeKeys(Buffer.alloc(32, 1));

  test('a sealed secret opens for its owner in its office, and for nobody else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), fc.nat(), (bytes, at) => {
        const secret = Buffer.from(bytes);
        const sealed = keys.seal('authenticator-secret', secret, 'mari');
        expect(keys.unseal('authenticator-secret', sealed, 'mari')).toEqual(secret);
        expect(keys.unseal('authenticator-secret', sealed, 'jaan')).toBeNull();
        expect(keys.unseal('recovery-code', sealed, 'mari')).toBeNull();
        expect(new OfficeKeys(Buffer.alloc(32, 2)).unseal('authenticator-secret', sealed, 'mari')).toBeNull();
        const broken = Buffer.from(sealed, 'base64url');
        broken[at % broken.length] = (broken[at % broken.length] ?? 0) ^ 1;
        expect(keys.unseal('authenticator-secret', broken.toString('base64url'), 'mari')).toBeNull();
      }),
      { numRuns: 100 },
    );
  });

  test('recovery codes have 120 bits, no look-alikes, and are read however they are typed', () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(8);
    for (const code of codes) {
      expect(code).toMatch(/^([A-HJ-NP-Z2-9]{4}-){5}[A-HJ-NP-Z2-9]{4}$/);
      expect(foldRecoveryCode(code.toLowerCase().replaceAll('-', ' '))).toBe(foldRecoveryCode(code));
    }
  });
});
