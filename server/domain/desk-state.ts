import type { DeskId, EpochMs, StaffId, TicketId } from './ids.ts';

/** Who sits at a desk, and with whom. It survives a lost connection; only leaving, a handover or the head frees it. */
export interface DeskState {
  readonly id: DeskId;
  readonly staffId: StaffId | null;
  /** Since when the desk has had nobody to serve; several free desks: the longest free calls first. */
  readonly freeSince: EpochMs;
  /** Has ended a visit and nothing keeps it from the next: where the office calls by itself, it calls for this desk. */
  readonly ready: boolean;
  /** `plannedEnd` is `null` when the specialist did not say. */
  readonly pause: { readonly since: EpochMs; readonly reason: PauseReason; readonly plannedEnd: EpochMs | null } | null;
  /** The one visitor called to or served at this desk. */
  readonly ticketId: TicketId | null;
}

export const PAUSE_REASONS = ['lunch', 'break', 'back-office', 'meeting', 'other'] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];
