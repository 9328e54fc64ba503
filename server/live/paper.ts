import type { DeviceId, TicketNumber } from '../domain/ids.ts';
import type { Plan } from '../domain/plan.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { PrinterCondition, WaitRange } from '../contract/boards.ts';
import type { PrinterFacts } from '../contract/requests/printer.ts';

/** What the office must know to print a slip. */
export interface SlipFacts {
  readonly ticket: Ticket;
  readonly plan: Plan;
  readonly wait: WaitRange | null;
  readonly ahead: number;
  /** Opens the ticket on a phone. */
  readonly phoneUrl: string;
  readonly reprint: boolean;
  /** Letters of 16 points, for readers with low vision. */
  readonly largePrint: boolean;
}

export interface PaperOutcome {
  readonly state: 'printed' | 'not-printed' | 'unknown';
  /** A word of the driver. */
  readonly reason: string;
}

/** The printer as the live office needs it; it may stand at another computer. */
export interface PaperPort {
  readonly printerId: DeviceId;
  /** `none`: the office prints nothing. */
  readonly condition: () => PrinterCondition | 'none';
  /** Never rejects, and never prints again by itself. */
  readonly print: (jobId: string, facts: SlipFacts) => Promise<PaperOutcome>;
  readonly test: (kind: 'slip' | 'code-tables' | 'alignment', plan: Plan) => Promise<PaperOutcome>;
  /** The sealed end of a day, to be kept outside the computer. */
  readonly seal: (
    seal: { readonly day: string; readonly seq: number; readonly hash: string },
    plan: Plan,
  ) => Promise<PaperOutcome>;
  /** One number of the roll. */
  readonly fallback: (number: TicketNumber, plan: Plan) => Promise<PaperOutcome>;
  readonly clear: () => Promise<void>;
  /** A new roll is in, so many millimetres long. */
  readonly newRoll: (lengthMm: number) => void;
  readonly look: () => PrinterFacts | null;
}
