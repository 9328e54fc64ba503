import { randomUUID } from 'node:crypto';
import { slipOutcome, slipSent } from '../commands/slips.ts';
import { ticketById } from '../domain/book.ts';
import { estimateWait } from '../domain/estimate.ts';
import type { DeviceId, RequestId, TicketId } from '../domain/ids.ts';
import { serviceById } from '../domain/need.ts';
import { placesAhead } from '../domain/queue.ts';
import type { Office } from './office.ts';
import type { PaperOutcome, SlipFacts } from './paper.ts';

/**
 * Prints a ticket's slip, after its commit and after the reply. Every attempt is in the journal before its first byte;
 * its outcome is a change like any other and reaches the kiosk on its own board. Nothing here prints twice by itself.
 *
 * @throws Outage when an attempt could not be journaled; then nothing was sent
 */
export async function printSlip(
  office: Office,
  ticketId: TicketId,
  askedBy: DeviceId | null,
  reprint: boolean,
): Promise<void> {
  const { ledger, paper } = office;
  const facts = slipFacts(office, ticketId, reprint);
  if (!facts || paper.condition() === 'none') return;
  const { printerId } = paper;
  ledger.onPassing('before_paper');
  const sent = { requestId: freshId(), ticketId, printerId, askedBy, reprint };
  await ledger.carryOut('slip:sent', slipSent, sent, 'system');
  ledger.onPassing('after_sent_before_paper');
  const { state, reason } = await printed(office, sent.requestId, facts);
  ledger.onPassing('after_paper_before_outcome');
  await ledger.carryOut('slip:outcome', slipOutcome, { requestId: freshId(), ticketId, state, reason }, 'system');
}

/** Attempts that a stop of the server cut short: nobody knows what became of them. Run once at the start. */
export async function settleOpenSlips({ ledger }: Office): Promise<void> {
  for (const { ticketId, state } of ledger.committed.slips.values()) {
    if (state !== 'sent') continue;
    const outcome = { requestId: freshId(), ticketId, state: 'unknown', reason: 'server-stopped' } as const;
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

function slipFacts(office: Office, ticketId: TicketId, reprint: boolean): SlipFacts | null {
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
  };
}

function freshId(): RequestId {
  return randomUUID() as string as RequestId;
}
