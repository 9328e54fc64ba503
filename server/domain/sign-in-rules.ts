import type { EpochMs } from './ids.ts';

/** What the office asks of everybody who signs in. */
export interface SignInRules {
  readonly secondFactor: 'required' | 'optional';
  /** Minutes without a touch after which a console locks itself. */
  readonly lockAfterMinutes: number;
}

/** Real offices ask for a second factor; the demonstration office leaves it to whoever tries it. */
export function usualSignInRules(demonstration: boolean): SignInRules {
  return { secondFactor: demonstration ? 'optional' : 'required', lockAfterMinutes: 10 };
}

/** A session ends after half an hour without a request, and after twelve hours in any case (milliseconds). */
export const SESSION_IDLE_MS = 30 * 60_000;
export const SESSION_LONGEST_MS = 12 * 3_600_000;
/** Whoever changes how they sign in has proved who they are at most this long ago (milliseconds). */
export const PROOF_LASTS_MS = 10 * 60_000;

export type SessionState = 'open' | 'locked' | 'ended';

/** How a session is now. A locked one ends by time too. */
export function sessionState(
  session: { readonly seenAt: EpochMs; readonly endsAt: EpochMs; readonly lockedAt: EpochMs | null },
  now: EpochMs,
): SessionState {
  if (session.endsAt <= now || session.seenAt + SESSION_IDLE_MS <= now) return 'ended';
  return session.lockedAt === null ? 'open' : 'locked';
}

/**
 * What stands between the right passphrase and the session: nothing, the second factor the person has, or the making of
 * one. A break-glass account needs none, but uses what it has.
 */
export function nextStep(
  account: { readonly breakGlass: boolean; readonly hasSecondFactor: boolean },
  rules: SignInRules,
): 'none' | 'second-factor' | 'enrol' {
  if (account.hasSecondFactor) return 'second-factor';
  return rules.secondFactor === 'required' && !account.breakGlass ? 'enrol' : 'none';
}
