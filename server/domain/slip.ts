import type { DeviceId, EpochMs, TicketId } from './ids.ts';

/**
 * What is known of a ticket's paper. `sent` before the first byte; `not-printed` is proven; `unknown` is never printed
 * again by itself: only a person's tap does that, and the reprint is marked.
 */
export interface Slip {
  readonly ticketId: TicketId;
  /** The printer it goes to. */
  readonly printerId: DeviceId;
  /** The kiosk or desk that asked; `null`: nobody waits for it. */
  readonly askedBy: DeviceId | null;
  readonly attempt: number;
  readonly state: 'sent' | 'printed' | 'not-printed' | 'unknown';
  /** The printer's condition, or how it was proven: a word from the driver, never content. */
  readonly reason: string;
  readonly at: EpochMs;
  readonly reprint: boolean;
  /** Chosen by the visitor; a reprint keeps it. */
  readonly largePrint: boolean;
}
