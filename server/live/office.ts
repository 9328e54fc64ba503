import type { AlarmRow } from '../contract/boards.ts';
import type { Moment } from '../boards/stamp.ts';
import type { EpochMs } from '../domain/ids.ts';
import type { Plan } from '../domain/plan.ts';
import type { Ledger } from '../store/ledger.ts';
import type { HallRegister } from './hall-register.ts';
import type { PaperPort } from './paper.ts';
import type { PhoneRegister } from './phone-register.ts';
import type { PhoneTokens } from './phone-tokens.ts';

/** The running office, as everything live sees it. */
export interface Office {
  readonly bootId: string;
  readonly ledger: Ledger;
  readonly now: () => EpochMs;
  readonly plan: () => Plan;
  readonly paper: PaperPort;
  readonly phones: PhoneTokens;
  readonly hall: HallRegister;
  readonly phoneRegister: PhoneRegister;
  /** Where a phone reaches the office, without a slash at the end. */
  readonly publicUrl: () => string;
  /** What is not as it should be with the office itself, and whether numbers can be given. */
  readonly watch: { readonly mayIssue: boolean; readonly rows: readonly AlarmRow[] };
}

/** The committed book at this moment: what boards are made from. */
export function momentOf({ bootId, ledger, now, plan }: Office): Moment {
  return { book: ledger.committed, plan: plan(), now: now(), bootId };
}
