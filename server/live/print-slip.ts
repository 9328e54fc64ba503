import { randomUUID } from 'node:crypto';
import { slipOutcome, slipSent } from '../commands/slips.ts';
import { ticketById } from '../domain/book.ts';
import { estimateWait } from '../domain/estimate.ts';
import type { DeviceId, RequestId, TicketId } from '../domain/ids.ts';
import { serviceById } from '../domain/need.ts';
import { placesAhead } from '../domain/queue.ts';
import type { Office } from './office.ts';
import type { PaperOutcome, SlipFacts } from './paper.ts';

/** Which slip to print, and how. */
export interface SlipOrder {
  readonly ticketId: TicketId;
  /** The kiosk where somebody waits for it; `null`: nobody does. */
  readonly askedBy: DeviceId | null;
  readonly reprint: boolean;
  readonly largePrint: boolean;
}

/**
 * Prints a ticket's slip, after its commit and after the reply. Every attempt is in the journal before its first byte;
 * its outcome is a change like any other and reaches the kiosk on its own board. Nothing here prints twice by itself.
 *
 * @throws Outage when an attempt could not be journaled; then nothing was sent
 */
export async function printSlip(office: Office, order: SlipOrder): Promise<void> {
  const { ledger, paper } = office;
  const facts = slipFacts(office, order);
  if (!facts || paper.condition() === 'none') return;
  const { ticketId, reprint } = order;
  const sending = { ...order, requestId: freshId(), printerId: paper.printerId };
  ledger.onPassing('before_paper');
  const sent = await ledger.carryOut('slip:sent', slipSent, sending, 'system');
  if (!sent.ok) return;
  const { attempt } = sent.value.reply;
  ledger.onPassing('after_sent_before_paper');
  const { state, reason } = await printed(office, sending.requestId, facts);
  ledger.onPassing('after_paper_before_outcome');
  const outcome = { requestId: freshId(), ticketId, attempt, reprint, state, reason };
  await ledger.carryOut('slip:outcome', slipOutcome, outcome, 'system');
}

/** How a ticket's slip was printed last: a reprint looks the same, but for its mark. */
export function reprintOf(office: Office, ticketId: TicketId, askedBy: DeviceId | null): SlipOrder {
  const largePrint = office.ledger.committed.slips.get(ticketId)?.largePrint ?? false;
  return { ticketId, askedBy, reprint: true, largePrint };
}

/** Attempts that a stop of the server cut short: nobody knows what became of them. Run once at the start. */
export async function settleOpenSlips({ ledger }: Office): Promise<void> {
  for (const { ticketId, attempt, reprint, state } of ledger.committed.slips.values()) {
    if (state !== 'sent') continue;
    const found = { state: 'unknown', reason: 'server-stopped' } as const;
    const outcome = { requestId: freshId(), ticketId, attempt, reprint, ...found };
    await ledger.carryOut('slip:outcome', slipOutcome, outcome, 'system');
  }
}

async function printed({ paper }: Office, jobId: string, facts: SlipFacts): Promise<PaperOutcome> {
  try {
    return await paper.print(jobId, facts);
  } catch (cause) {
    return { state: 'unknown', reason: cause instanceof Error ? cause.name : 'fault' };
  }
}

function slipFacts(office: Office, { ticketId, reprint, largePrint }: SlipOrder): SlipFacts | null {
  const book = office.ledger.committed;
  const plan = office.plan();
  const ticket = ticketById(book, ticketId);
  if (!ticket) return null;
  const service = serviceById(plan, ticket.serviceId);
  const queueId = ticket.state.kind === 'waiting' ? ticket.state.queueId : service?.queueId;
  return {
    ticket,
    plan,
    wait: service ? estimateWait(book, plan, service, ticket) : null,
    ahead: queueId ? placesAhead(book, queueId, ticket) : 0,
    phoneUrl: `${office.publicUrl()}/t/${office.phones.of(ticketId)}`,
    reprint,
    largePrint,
  };
}

function freshId(): RequestId {
  return randomUUID() as string as RequestId;
}
