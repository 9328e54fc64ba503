import type { EpochMs, TicketNumber } from './ids.ts';
import type { Standing } from './ticket.ts';

/**
 * Why this ticket is next, for a machine; the console makes one sentence of it, the journal keeps it with the call.
 *
 * `own-desk` was sent to this desk · `only` nobody else waits whom this desk can serve · `earliest` has the earliest
 * promised time · `earlier-clock`, `earlier-issue` settle a tie · `by-hand` a person chose it.
 */
export interface Why {
  readonly code: 'own-desk' | 'only' | 'earliest' | 'earlier-clock' | 'earlier-issue' | 'by-hand';
  readonly callBy: EpochMs;
  readonly standing: Standing;
  /** How many wait in the queues this desk serves, this one included. */
  readonly eligible: number;
  /** The ticket that would have been next without this one. */
  readonly before: TicketNumber | null;
  /** Only with `by-hand`: the reason code staff gave. */
  readonly reason?: PickReason;
}

/** Reasons for calling out of order. */
export const PICK_REASONS = ['urgent', 'assistance', 'short-matter', 'returned', 'waited-too-long', 'other'] as const;
export type PickReason = (typeof PICK_REASONS)[number];
