import type { DeviceId } from '../domain/ids.ts';
import type { Plan } from '../domain/plan.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { WaitRange } from '../contract/boards.ts';

/** What the office must know to print a slip. */
export interface SlipFacts {
  readonly ticket: Ticket;
  readonly plan: Plan;
  readonly wait: WaitRange | null;
  readonly ahead: number;
  /** Opens the ticket on a phone. */
  readonly phoneUrl: string;
  readonly reprint: boolean;
}

export interface PaperOutcome {
  readonly state: 'printed' | 'not-printed' | 'unknown';
  /** A word of the driver. */
  readonly reason: string;
}

export type PrinterCondition = 'ready' | 'low' | 'no-paper' | 'out-of-order' | 'none';

/** The printer as the live office needs it; it may stand at another computer. */
export interface PaperPort {
  readonly printerId: DeviceId;
  readonly condition: () => PrinterCondition;
  /** Never rejects, and never prints again by itself. */
  readonly print: (jobId: string, facts: SlipFacts) => Promise<PaperOutcome>;
  readonly test: (kind: 'slip' | 'code-tables' | 'alignment', plan: Plan) => Promise<PaperOutcome>;
  readonly clear: () => Promise<void>;
}
