import { randomUUID } from 'node:crypto';
import { callNext, recallTicket } from '../../../server/commands/calling.ts';
import { issueTicket } from '../../../server/commands/issue-ticket.ts';
import { closeDay, endParkings } from '../../../server/commands/office-day.ts';
import {
  beginService,
  finishService,
  noShow,
  parkTicket,
  returnTicket,
  withdrawTicket,
} from '../../../server/commands/serving.ts';
import { transferTicket } from '../../../server/commands/transfer-ticket.ts';
import { undoAct } from '../../../server/commands/undo-act.ts';
import { ticketById } from '../../../server/domain/book.ts';
import type { Actor, NeedId, ServiceId, TicketId } from '../../../server/domain/ids.ts';
import { staffAt } from '../../support/ledgers.ts';
import type { RealOffice } from './real.ts';
import type { ReferenceOffice } from './reference.ts';

/** Something a person does in the office, in the words of both offices. */
export type Verb =
  | { readonly kind: 'issue'; readonly need: number }
  | { readonly kind: 'call-next' | 'recall' | 'begin' | 'finish' | 'no-show' | 'undo'; readonly desk: number }
  | { readonly kind: 'park'; readonly desk: number; readonly minutes: number | null }
  | { readonly kind: 'transfer'; readonly desk: number; readonly need: number }
  | { readonly kind: 'withdraw'; readonly desk: number; readonly pick: number }
  | { readonly kind: 'return'; readonly desk: number; readonly pick: number }
  | { readonly kind: 'end-parkings' | 'close-day' };

/** The needs visitors choose from, two of which share a letter. */
export const NEEDS = [
  { need: 'papers.submit' as NeedId, service: 'info' as ServiceId },
  { need: 'pension.old_age' as NeedId, service: 'pension' as ServiceId },
  { need: 'child.worry' as NeedId, service: 'protected' as ServiceId },
] as const;

const KIOSK = 'kiosk-1' as Actor;

/** Both offices, and which ticket of the one is which of the other: by order of issue. */
export interface Both {
  readonly reference: ReferenceOffice;
  readonly ids: TicketId[];
  readonly played: { steps: number };
  /** Requests of visitors, to be sent again. */
  readonly presses: {
    readonly requestId: string;
    readonly need: number;
    readonly ticket: number;
    readonly at: number;
  }[];
}

/** What the reference says: the ticket that was issued or called, whether it was done, or `false`: the office says no. */
export function inReference({ reference }: Both, verb: Verb): number | boolean {
  switch (verb.kind) {
    case 'issue':
      return reference.tickets.indexOf(reference.issue(verb.need));
    case 'call-next':
      return reference.callNext(verb.desk) ?? false;
    case 'recall':
      return reference.recall(verb.desk);
    case 'begin':
      return reference.begin(verb.desk);
    case 'finish':
      return reference.finish(verb.desk);
    case 'no-show':
      return reference.noShow(verb.desk);
    case 'undo':
      return reference.undoAct(verb.desk);
    case 'park':
      return reference.park(verb.desk, verb.minutes);
    case 'transfer':
      return reference.transfer(verb.desk, verb.need);
    case 'withdraw':
      return reference.withdraw(verb.desk, picked(reference, verb.pick));
    case 'return':
      return reference.return(picked(reference, verb.pick));
    case 'end-parkings':
      reference.endParkings();
      return true;
    case 'close-day':
      reference.closeDay();
      return true;
  }
}

/** The same request to the real office; it may be sent again. @returns its reply, `null`: the office says no */
export function request(
  both: Both,
  verb: Verb,
  requestId: string = randomUUID(),
): (real: RealOffice) => Promise<unknown> {
  const { reference, ids } = both;
  const at = 'desk' in verb ? reference.at(verb.desk) : null;
  const target = ids['pick' in verb ? picked(reference, verb.pick) : (at ?? ids.length)];
  let version: number | null = null;
  return async (real) => {
    // what the screen showed when the key was pressed, also when the request is sent again
    version ??= (target && ticketById(real.book, target)?.version) ?? 0;
    const answer = await asked(real, verb, requestId, { ticketId: target ?? (randomUUID() as never), version });
    if (answer.ok && verb.kind === 'issue') {
      const { ticketId } = answer.value.reply as { readonly ticketId: TicketId };
      if (!ids.includes(ticketId)) {
        both.presses.push({ requestId, need: verb.need, ticket: ids.length, at: real.now });
        ids.push(ticketId);
      }
    }
    return answer.ok ? answer.value.reply : REFUSED;
  };
}

/** The office says no. */
export const REFUSED = Symbol('refused');

function asked(
  real: RealOffice,
  verb: Verb,
  id: string,
  seen: { readonly ticketId: TicketId; readonly version: number },
) {
  const actor: Actor = 'desk' in verb ? staffAt(verb.desk) : 'system';
  switch (verb.kind) {
    case 'issue':
      return press(real, verb.need, id);
    case 'call-next':
      return real.ask(callNext, {}, actor, id);
    case 'recall':
      return real.ask(recallTicket, seen, actor, id);
    case 'begin':
      return real.ask(beginService, seen, actor, id);
    case 'finish':
      return real.ask(finishService, seen, actor, id);
    case 'no-show':
      return real.ask(noShow, seen, actor, id);
    case 'undo':
      return real.ask(undoAct, {}, actor, id);
    case 'park':
      return real.ask(parkTicket, { ...seen, reason: 'form', minutes: verb.minutes }, actor, id);
    case 'transfer': {
      const serviceId = NEEDS[verb.need]?.service ?? ('' as ServiceId);
      return real.ask(transferTicket, { ...seen, to: { kind: 'service', serviceId }, note: null }, actor, id);
    }
    case 'withdraw':
      return real.ask(withdrawTicket, seen, actor, id);
    case 'return':
      return real.ask(returnTicket, seen, actor, id);
    case 'end-parkings':
      return real.ask(endParkings, {}, actor, id);
    case 'close-day':
      return real.ask(closeDay, {}, actor, id);
  }
}

/** A visitor takes a number. */
export function press(real: RealOffice, need: number, requestId: string) {
  const chosen = NEEDS[need] ?? NEEDS[0];
  return real.ask(issueTicket, { needId: chosen.need, language: 'et' }, KIOSK, requestId);
}

function picked(reference: ReferenceOffice, pick: number): number {
  return reference.tickets.length === 0 ? 0 : pick % reference.tickets.length;
}
