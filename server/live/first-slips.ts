import type { Issued } from '../commands/new-ticket.ts';
import type { DeviceId, TicketId } from '../domain/ids.ts';
import type { Afterwards } from './commands.ts';
import type { Office } from './office.ts';
import { printSlip, type SlipOrder } from './print-slip.ts';

/** A first slip is never a reprint. */
type FirstSlip = Omit<SlipOrder, 'reprint'>;

/** A visitor who pressed longer ago than this has left the kiosk; paper for them would be picked up by somebody else. */
const STILL_THERE_MS = 60_000;

/**
 * The slip that belongs to a new number. It follows the reply and is sent once, however often the request comes: only a
 * number for which no attempt was ever journaled gets one, for a process that ended between reply and paper has sent nothing.
 */
export class FirstSlips {
  readonly #office: Office;
  readonly #afterwards: Afterwards;
  /** Numbers whose slip this process is about to send. */
  readonly #underWay = new Set<TicketId>();

  constructor(office: Office, afterwards: Afterwards) {
    this.#office = office;
    this.#afterwards = afterwards;
  }

  /** Prints after the reply has left, unless a slip of this number was sent before. */
  send(order: FirstSlip): void {
    const { ticketId } = order;
    const { open, slips } = this.#office.ledger.committed;
    if (!open.has(ticketId) || slips.has(ticketId) || this.#underWay.has(ticketId)) return;
    this.#underWay.add(ticketId);
    this.#afterwards(this.#print(order));
  }

  /** After a start: numbers just given at a kiosk whose slip was never sent. The visitor still stands there. */
  sendMissed(): void {
    const { ledger, now } = this.#office;
    for (const { event, actor, reply } of ledger.committed.answered.values()) {
      if (event !== 'ticket:issue') continue;
      // the answer to this event is what the command replied
      const { ticketId, largePrint } = reply as Issued;
      const issuedAt = ledger.committed.open.get(ticketId)?.issuedAt ?? 0;
      if (issuedAt <= now() && now() - issuedAt < STILL_THERE_MS) {
        this.send({ ticketId, askedBy: actor as DeviceId, largePrint });
      }
    }
  }

  async #print(order: FirstSlip): Promise<void> {
    try {
      await new Promise(setImmediate);
      await printSlip(this.#office, { ...order, reprint: false });
    } finally {
      this.#underWay.delete(order.ticketId);
    }
  }
}
