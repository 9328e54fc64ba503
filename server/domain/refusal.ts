import type { EpochMs, TicketNumber } from './ids.ts';
import type { Language } from './language.ts';
import type { StateKind } from './ticket.ts';

/**
 * The office says no, and why. Plain data; each code has a sentence in every language (`locales/<language>/refusal.json`).
 * A refusal changes nothing and promises nothing.
 */
export type Refusal =
  /** The disk takes no more: nobody gets a number, those who have one are called. */
  | { readonly code: 'not-issuing' }
  /** Of a number on paper: it is a ticket already; it is not on the roll; it was taken later than now. */
  | { readonly code: 'number-taken' }
  | { readonly code: 'unknown-number' }
  | { readonly code: 'not-yet' }
  | { readonly code: 'no-letter' }
  | { readonly code: 'unknown-need' }
  | { readonly code: 'unknown-service' }
  | { readonly code: 'unknown-desk' }
  | { readonly code: 'unknown-person' }
  | { readonly code: 'unknown-ticket' }
  | { readonly code: 'unknown-device' }
  | { readonly code: 'unknown-class' }
  | { readonly code: 'unknown-organisation' }
  | { readonly code: 'unknown-code' }
  | { readonly code: 'device-name-taken' }
  | { readonly code: 'nothing-sealed' }
  | { readonly code: 'kept-too-short' }
  /** `opensAt` is `null` when the office does not know. */
  | { readonly code: 'service-closed'; readonly opensAt: EpochMs | null }
  | { readonly code: 'queue-empty' }
  | { readonly code: 'no-desk' }
  | { readonly code: 'desk-taken'; readonly by: string }
  | { readonly code: 'desk-busy'; readonly serving: TicketNumber }
  | { readonly code: 'desk-paused' }
  | { readonly code: 'not-at-your-desk' }
  | { readonly code: 'wrong-state'; readonly is: StateKind }
  | { readonly code: 'changed-meanwhile'; readonly version: number }
  | { readonly code: 'called-too-few-times'; readonly calls: number; readonly required: number }
  | { readonly code: 'called-often-enough'; readonly calls: number }
  | { readonly code: 'call-again-later'; readonly notBefore: EpochMs }
  | { readonly code: 'order-only' }
  | { readonly code: 'resolution-missing' }
  /** Somebody else has changed the office's rules meanwhile. */
  | { readonly code: 'plan-changed'; readonly version: number }
  | { readonly code: 'nothing-to-repair' }
  /** The call is over: the visitor is at the desk, or gave up. */
  | { readonly code: 'no-longer-called' }
  /** Another phone has opened this ticket before. */
  | { readonly code: 'other-phone' }
  /** The office has turned this off. */
  | { readonly code: 'not-offered' }
  /** Nobody waits after the visitor whom they could let go first. */
  | { readonly code: 'nobody-behind' }
  | { readonly code: 'stepped-back-often-enough'; readonly times: number }
  | { readonly code: 'too-late-to-undo' }
  | { readonly code: 'nothing-to-undo' }
  | { readonly code: 'same-ticket' }
  /** A text of the office lacks these languages. */
  | { readonly code: 'texts-incomplete'; readonly missing: readonly Language[] }
  | { readonly code: 'text-too-long'; readonly lines: number }
  | { readonly code: 'username-taken' }
  | { readonly code: 'username-form' }
  | { readonly code: 'last-head' }
  | { readonly code: 'not-yourself' }
  | { readonly code: 'identity-taken' }
  | { readonly code: 'too-many-requests'; readonly retryAfterMs: number };

export type RefusalCode = Refusal['code'];
