import type { DeskId, EpochMs, TicketId, TicketNumber } from '../domain/ids.ts';
import type { Outcome } from '../domain/ticket.ts';

/** A ticket found by its number: where it is, and no more than every console may know. */
export interface Found {
  readonly ticketId: TicketId;
  readonly number: TicketNumber;
  readonly where: 'waiting' | 'desk' | 'parked' | 'closed';
  readonly issuedAt: EpochMs;
  /** Since when it is there. */
  readonly since: EpochMs;
  /** While it waits: how many of its queue are before it. */
  readonly ahead: number | null;
  /** The desk it is at, was parked by, or was called to last. */
  readonly deskId: DeskId | null;
  readonly outcome: Outcome | null;
}
