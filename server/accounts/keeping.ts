import type { EpochMs } from '../domain/ids.ts';
import type { JournalLine } from '../domain/journal.ts';
import type { Plan } from '../domain/plan.ts';
import type { SignInRules } from '../domain/sign-in-rules.ts';
import type { Database } from '../store/database.ts';
import type { OfficeKeys } from './office-keys.ts';
import type { Passphrases } from './passphrase.ts';

/** What everything about accounts is given. */
export interface Keeping {
  readonly database: Database;
  readonly now: () => EpochMs;
  readonly plan: () => Plan;
  readonly rules: () => SignInRules;
  readonly keys: OfficeKeys;
  readonly passphrases: Passphrases;
  /** The journal has grown. */
  readonly onLines: (lines: readonly JournalLine[]) => Promise<void>;
  /** These sessions have ended or are locked (hashes of their tokens): their connections are cut. */
  readonly onEnded: (sessions: readonly string[]) => void;
}

/** From where somebody signs in. */
export interface Where {
  /** What is counted together: an IPv4 address, or the network of an IPv6 one. */
  readonly address: string;
  /** The cookie by which a browser is known; `null`: it has none. */
  readonly mark: string | null;
  /** `Chrome, Android`. */
  readonly browser: string;
}
