import { err, ok, type Result } from '../basics/result.ts';
import { callNext, callTicket, recallTicket } from '../commands/calling.ts';
import { freeDesk, leaveDesk, pauseDesk, resumeDesk, takeDesk } from '../commands/desks.ts';
import { repairDesk } from '../commands/repair-desk.ts';
import { answerHelp, callForHelp, cancelHelp, endHelp } from '../commands/help-calls.ts';
import { issueTicket, issueTicketFor } from '../commands/issue-ticket.ts';
import type { Issued } from '../commands/new-ticket.ts';
import { beginService, finishService, noShow, parkTicket, returnTicket, withdrawTicket } from '../commands/serving.ts';
import { slipCameOut, slipReprint, type Again } from '../commands/slips.ts';
import { transferTicket } from '../commands/transfer-ticket.ts';
import { mergeTicket, recordAnswer, triageTicket } from '../commands/triage-ticket.ts';
import { undoAct } from '../commands/undo-act.ts';
import type { Answer, Request, RequestName } from '../contract/events.ts';
import { answerTo } from '../domain/book.ts';
import type { Asked, Command } from '../domain/change.ts';
import type { DeviceId, TicketId } from '../domain/ids.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Done, IdTaken } from '../store/ledger.ts';
import type { Caller } from './answer.ts';
import type { DeskAnswers } from './desk-answers.ts';
import type { DeviceCommands } from './device-commands.ts';
import type { SafetyAnswers } from './safety-answers.ts';
import type { FirstSlips } from './first-slips.ts';
import { hallCommands } from './hall-commands.ts';
import type { KeypadAnswers } from './keypad-answers.ts';
import type { Office } from './office.ts';
import { phoneCommands } from './phone-commands.ts';
import { printSlip, reprintOf } from './print-slip.ts';
import type { PrinterAnswers } from './printer-answers.ts';
import type { RetentionAnswers } from './retention-answers.ts';
import type { SealAnswers } from './seal-answers.ts';
import { soon } from './soon.ts';
import type { StaffCommands } from './staff-commands.ts';

type Outcome<T> = Promise<Result<T, Refusal | IdTaken>>;

/** One answer for every row of the event table: a row without one does not compile. */
export type Commands = {
  readonly [Name in RequestName]: (request: Request<Name>, caller: Caller) => Outcome<Answer<Name>>;
};

/** What is done after the reply without keeping anybody waiting; a failure is logged. */
export type Afterwards = (work: Promise<void>) => void;

export function commandsOf(
  office: Office,
  firstSlips: Pick<FirstSlips, 'send'>,
  afterwards: Afterwards,
  registers: DeskAnswers &
    DeviceCommands &
    PrinterAnswers &
    KeypadAnswers &
    SealAnswers &
    RetentionAnswers &
    SafetyAnswers &
    StaffCommands,
): Commands {
  const { ledger, paper, phones } = office;

  /** The plain case: a command on the ledger, its reply passed on. */
  function on<R extends Asked, T>(event: RequestName, command: Command<R, T>) {
    return async (request: R, { actor }: Caller): Outcome<T> => replyOf(await done(event, command, request, actor));
  }

  function done<R extends Asked, T>(event: RequestName, command: Command<R, T>, request: R, actor: Caller['actor']) {
    return ledger.carryOut(event, command, request, actor);
  }

  /** The number is the visitor's from here on; paper follows. */
  function issued(result: Result<Done<Issued>, Refusal | IdTaken>, askedBy: DeviceId | null, print: boolean) {
    if (!result.ok) return result;
    const { largePrint, ...reply } = result.value.reply;
    const wantsPaper = print && paper.condition() !== 'none';
    if (wantsPaper) firstSlips.send({ ticketId: reply.ticketId, askedBy, largePrint });
    const slip: 'printing' | 'none' = wantsPaper ? 'printing' : 'none';
    const phoneToken = phones.of(reply.ticketId);
    return ok({ ...reply, phoneToken, phoneUrl: `${office.publicUrl()}/t/${phoneToken}`, slip });
  }

  /** Refused before a number is shown. A request that has its number gets it again. */
  function notNow({ requestId }: Asked): Result<never, Refusal> | null {
    return office.watch.mayIssue || answerTo(ledger.committed, requestId) ? null : err({ code: 'not-issuing' });
  }

  /** A person asked for the slip again; a request sent twice prints once. */
  function reprinted(result: Result<Done<Again>, Refusal | IdTaken>, ticketId: TicketId, askedBy: DeviceId | null) {
    if (!result.ok) return result;
    const { reply, isRepeat } = result.value;
    if (reply.again && !isRepeat) afterwards(soon(() => printSlip(office, reprintOf(office, ticketId, askedBy))));
    return ok(null);
  }

  return {
    ...registers,
    'ticket:issue': async (tap, { actor }) =>
      notNow(tap) ?? issued(await done('ticket:issue', issueTicket, tap, actor), actor as DeviceId, true),
    'ticket:issue-for': async (welcome, { actor }) =>
      notNow(welcome) ?? issued(await done('ticket:issue-for', issueTicketFor, welcome, actor), null, welcome.print),
    'help:call': on('help:call', callForHelp),
    'help:cancel': on('help:cancel', cancelHelp),
    'help:answer': on('help:answer', answerHelp),
    'help:end': on('help:end', endHelp),
    ...hallCommands(office),
    ...phoneCommands(office),
    'slip:came-out': async (request, { actor }) => {
      const result = await done('slip:came-out', slipCameOut, request, actor);
      return reprinted(result, request.ticketId, actor as DeviceId);
    },
    'slip:reprint': async (request, { actor }) =>
      reprinted(await done('slip:reprint', slipReprint, request, actor), request.ticketId, null),
    'desk:take': on('desk:take', takeDesk),
    'desk:leave': on('desk:leave', leaveDesk),
    'desk:free': on('desk:free', freeDesk),
    'desk:pause': on('desk:pause', pauseDesk),
    'desk:resume': on('desk:resume', resumeDesk),
    'desk:call-next': on('desk:call-next', callNext),
    'desk:call-ticket': on('desk:call-ticket', callTicket),
    'ticket:recall': on('ticket:recall', recallTicket),
    'ticket:begin': on('ticket:begin', beginService),
    'ticket:finish': on('ticket:finish', finishService),
    'ticket:no-show': on('ticket:no-show', noShow),
    'ticket:park': on('ticket:park', parkTicket),
    'ticket:return': on('ticket:return', returnTicket),
    'ticket:transfer': on('ticket:transfer', transferTicket),
    'ticket:withdraw': on('ticket:withdraw', withdrawTicket),
    'ticket:triage': on('ticket:triage', triageTicket),
    'ticket:merge': on('ticket:merge', mergeTicket),
    'visit:answered': on('visit:answered', recordAnswer),
    'desk:repair': on('desk:repair', repairDesk),
    'desk:undo': on('desk:undo', undoAct),
  };
}

function replyOf<T>(result: Result<Done<T>, Refusal | IdTaken>): Result<T, Refusal | IdTaken> {
  return result.ok ? ok(result.value.reply) : result;
}
