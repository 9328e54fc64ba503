import { describe, expect, test } from 'vitest';
import type { EpochMs, StaffId } from '../../../../server/domain/ids.ts';
import {
  nextStep,
  SESSION_IDLE_MS,
  SESSION_LONGEST_MS,
  sessionState,
  usualSignInRules,
} from '../../../../server/domain/sign-in-rules.ts';
import { foldUsername, isUsername, keepsAManager, type Standing } from '../../../../server/domain/staff.ts';

const person = (id: string, role: Standing['role'], more: Partial<Standing> = {}): Standing => ({
  id: id as StaffId,
  role,
  disabled: false,
  canSignIn: true,
  ...more,
});

describe('somebody who manages the staff is always left', () => {
  const kadri = person('kadri', 'head');
  const mari = person('mari', 'specialist');

  test('the last head is neither demoted nor disabled nor cut off from signing in', () => {
    for (const change of [{ role: 'specialist' as const }, { disabled: true }, { canSignIn: false }]) {
      expect(keepsAManager([kadri, mari], kadri.id, change)).toMatchObject({ error: { code: 'last-head' } });
    }
    expect(keepsAManager([kadri, mari], mari.id, { disabled: true }).ok).toBe(true);
    expect(keepsAManager([kadri, mari], kadri.id, { role: 'admin' }).ok).toBe(true);
  });

  test('a second head or an administrator counts, but not one who is disabled or cannot sign in', () => {
    const gone = { role: 'specialist' as const };
    expect(keepsAManager([kadri, person('tiit', 'admin')], kadri.id, gone).ok).toBe(true);
    expect(keepsAManager([kadri, person('tiit', 'head', { disabled: true })], kadri.id, gone).ok).toBe(false);
    expect(keepsAManager([kadri, person('tiit', 'head', { canSignIn: false })], kadri.id, gone).ok).toBe(false);
  });
});

describe('after the right passphrase', () => {
  const required = { secondFactor: 'required', lockAfterMinutes: 10 } as const;

  test('whoever has a second factor shows it, also where none is asked for', () => {
    const one = { breakGlass: true, hasSecondFactor: true };
    expect(nextStep(one, usualSignInRules(true))).toBe('second-factor');
    expect(nextStep(one, required)).toBe('second-factor');
  });

  test('whoever has none makes one first, unless the account is for emergencies or the office asks for none', () => {
    expect(nextStep({ breakGlass: false, hasSecondFactor: false }, required)).toBe('enrol');
    expect(nextStep({ breakGlass: true, hasSecondFactor: false }, required)).toBe('none');
    expect(nextStep({ breakGlass: false, hasSecondFactor: false }, usualSignInRules(true))).toBe('none');
  });

  test('only the demonstration office asks for none by itself', () => {
    expect(usualSignInRules(false).secondFactor).toBe('required');
    expect(usualSignInRules(true).secondFactor).toBe('optional');
  });
});

describe('a session', () => {
  const at = (ms: number): EpochMs => ms as EpochMs;
  const session = { seenAt: at(0), endsAt: at(SESSION_LONGEST_MS), lockedAt: null };

  test('ends after half an hour of silence, and after twelve hours in any case', () => {
    expect(sessionState(session, at(SESSION_IDLE_MS - 1))).toBe('open');
    expect(sessionState(session, at(SESSION_IDLE_MS))).toBe('ended');
    const busy = { ...session, seenAt: at(SESSION_LONGEST_MS - 1) };
    expect(sessionState(busy, at(SESSION_LONGEST_MS - 1))).toBe('open');
    expect(sessionState(busy, at(SESSION_LONGEST_MS))).toBe('ended');
  });

  test('that is locked ends by time too', () => {
    const locked = { ...session, lockedAt: at(5) };
    expect(sessionState(locked, at(10))).toBe('locked');
    expect(sessionState(locked, at(SESSION_IDLE_MS))).toBe('ended');
  });
});

test('user names are small letters of any script; capitals and blanks around them are folded away', () => {
  expect(foldUsername('  Ülle.Õun ')).toBe('ülle.õun');
  for (const good of ['ülle.õun', 'мария', 'k2', 'a-b_c']) expect(isUsername(good), good).toBe(true);
  for (const bad of ['a', 'a b', 'a@b', '.ab', 'a\u0000b', 'x'.repeat(65)]) expect(isUsername(bad), bad).toBe(false);
  for (const twoScripts of ['m\u0430ri', 'мaрия', 'mari\u03bf']) expect(isUsername(twoScripts), twoScripts).toBe(false);
});
