import type {
  AlarmRow,
  ClosedRow,
  CurrentTicket,
  DeskBoard,
  DeskRow,
  DeviceRow,
  HelpRow,
  ParkedRow,
  QueueRow,
  WaitingRow,
} from '../contract/boards.ts';
import type { StaffRole } from '../contract/roles.ts';
import { ticketById } from '../domain/book.ts';
import type { DeskState } from '../domain/desk-state.ts';
import { deskQueue, later, type StaffId, type TicketId } from '../domain/ids.ts';
import { irregularities } from '../domain/irregularity.ts';
import { inOrder, lineLength } from '../domain/line.ts';
import { serviceOpening } from '../domain/need.ts';
import type { Desk, OfficeRules } from '../domain/plan.ts';
import type { Outlook } from '../domain/promise.ts';
import { canServe, lineOf, nextInLine, waitingInOrder } from '../domain/queue.ts';
import { deskOf, type StaffedDesk } from '../domain/staffing.ts';
import type { Ticket } from '../domain/ticket.ts';
import { callViews } from './calls.ts';
import { slipState } from './kiosk-board.ts';
import { opening, stamp, type Moment } from './stamp.ts';
import { officeWait, serviceLoad, ticketOutlook } from './waits.ts';

/** A screen has no use for more rows; the count of all stands beside them. */
const ROWS_AT_MOST = 100;
const CALLS_SHOWN = 6;

/** What all consoles share: made once, however many are signed in. */
export interface SharedDeskBoard {
  readonly moment: Moment;
  readonly tickets: readonly Ticket[];
  readonly outlooks: ReadonlyMap<TicketId, Outlook>;
  readonly common: Pick<
    DeskBoard,
    | 'opening'
    | 'wait'
    | 'parked'
    | 'calls'
    | 'queues'
    | 'desks'
    | 'help'
    | 'devices'
    | 'hall'
    | 'alarms'
    | 'mayCallOutOfOrder'
    | 'resolutionRequired'
    | 'repairs'
  > &
    ReturnType<typeof stamp>;
}

export interface Signed {
  readonly staffId: StaffId;
  readonly name: string;
  readonly role: StaffRole;
}

export function sharedDeskBoard(
  moment: Moment,
  devices: readonly DeviceRow[],
  kioskName: (deviceId: string) => string,
  hall: DeskBoard['hall'],
  alarms: readonly AlarmRow[],
): SharedDeskBoard {
  const { book, plan } = moment;
  const tickets = waitingInOrder(book, ROWS_AT_MOST);
  const outlooks = new Map(tickets.map((ticket) => [ticket.id, ticketOutlook(moment, ticket)]));
  return {
    moment,
    tickets,
    outlooks,
    common: {
      ...stamp(moment),
      opening: opening(moment),
      wait: officeWait(moment),
      parked: parkedRows(moment),
      calls: callViews(moment, CALLS_SHOWN),
      queues: plan.services.map((service) => queueRow(moment, service, tickets, outlooks)),
      desks: plan.desks.map((desk) => deskRow(moment, desk)),
      help: helpRows(moment, kioskName),
      devices,
      hall,
      alarms,
      mayCallOutOfOrder: plan.rules.mayCallOutOfOrder,
      resolutionRequired: plan.rules.resolutionRequired,
      repairs: irregularities(book),
    },
  };
}

/** One signed-in person's board. Another desk's visitor is on it only as a number. */
export function deskBoard(shared: SharedDeskBoard, signed: Signed): DeskBoard {
  const { moment, tickets, outlooks, common } = shared;
  const { book, plan, now } = moment;
  const desk = deskOf(book, signed.staffId);
  const specialist = plan.specialists.find(({ id }) => id === signed.staffId);
  const staffed = desk && specialist ? { desk, specialist } : undefined;
  const next = staffed && nextInLine(book, plan, staffed, now);
  const current = desk?.ticketId ? book.open.get(desk.ticketId) : undefined;
  const isAdmin = signed.role === 'admin'; // who has no business with visitors
  return {
    surface: 'desk',
    ...common,
    ...(isAdmin ? { parked: [], help: [] } : {}),
    me: { ...signed, deskId: desk?.id ?? null, pause: desk ? pauseOf(desk) : null },
    current: current ? currentTicket(moment, current) : null,
    waiting: isAdmin
      ? []
      : tickets.map((ticket) => waitingRow(moment, ticket, outlooks.get(ticket.id) ?? 'kept', staffed)),
    callsAt: staffed ? callsAt(plan.rules, staffed.desk) : null,
    next: next ? { ticketId: next.ticket.id, number: next.ticket.number, why: next.why } : null,
    closed: desk ? closedRows(moment, desk) : [],
    undo: desk ? undoOf(moment, desk) : null,
  };
}

/** When the office calls for a desk that has ended a visit. */
function callsAt(rules: OfficeRules, { ready, pause, ticketId, freeSince }: DeskState): DeskBoard['callsAt'] {
  if (!rules.autoCallOnFinish || !ready || pause !== null || ticketId !== null) return null;
  return later(freeSince, rules.autoCallAfterMs);
}

function baseRow({ book }: Moment, ticket: Ticket) {
  const { id, version, number, serviceId, needId, language, interpreter, standing, classId, assistance, note } = ticket;
  const { issuedAt, clock, callBy, further, overtaken } = ticket;
  const known = book.slips.get(id);
  return {
    ...{ ticketId: id, version, number, serviceId, needId, language, interpreter, standing, classId },
    ...{ assistance, note, issuedAt, clock, callBy, further, overtaken },
    needLost: ticket.needLost === true,
    ...{ slip: known ? slipState(known) : ('none' as const) },
  };
}

function waitingRow(moment: Moment, ticket: Ticket, outlook: Outlook, staffed: StaffedDesk | undefined): WaitingRow {
  const { book, plan, now } = moment;
  const { state } = ticket;
  const waiting = state.kind === 'waiting' ? state : null;
  const sentTo = plan.desks.find(({ id }) => waiting?.queueId === deskQueue(id));
  const held = waiting?.heldFor && waiting.heldFor.until > now ? waiting.heldFor.staffId : null;
  return {
    ...baseRow(moment, ticket),
    outlook,
    mine: staffed !== undefined && canServe(book, plan, staffed, ticket, now),
    sentToDesk: sentTo?.id ?? null,
    heldFor: held,
  };
}

function currentTicket(moment: Moment, ticket: Ticket): CurrentTicket | null {
  const { state } = ticket;
  if (state.kind !== 'called' && state.kind !== 'serving') return null;
  const { callsBeforeNoShow, secondCallAfterMs } = moment.plan.rules;
  return {
    ...baseRow(moment, ticket),
    state: state.kind,
    since: state.since,
    calls: state.kind === 'called' ? state.calls : 0,
    callsRequired: callsBeforeNoShow,
    recallFrom: later(state.since, secondCallAfterMs),
  };
}

function parkedRows(moment: Moment): readonly ParkedRow[] {
  const rows = [...moment.book.parked.values()].flatMap((ticket) => {
    const { state } = ticket;
    if (state.kind !== 'parked') return [];
    const { deskId, since, until, reason } = state;
    return [{ ...baseRow(moment, ticket), deskId, since, until, reason }];
  });
  return rows.sort((a, b) => a.since - b.since || (a.ticketId < b.ticketId ? -1 : 1));
}

function queueRow(
  moment: Moment,
  service: Moment['plan']['services'][number],
  tickets: readonly Ticket[],
  outlooks: SharedDeskBoard['outlooks'],
): QueueRow {
  const { book, plan, now } = moment;
  const line = lineOf(book, service.queueId);
  let late = 0;
  for (const { callBy } of inOrder(line)) {
    if (callBy >= now) break;
    late += 1;
  }
  const first = inOrder(line).next();
  return {
    serviceId: service.id,
    waiting: lineLength(line),
    wait: serviceLoad(moment, service).wait,
    open: serviceOpening(plan, service, now).open,
    promiseMs: service.promiseMs,
    late,
    atRisk: tickets.filter((one) => one.serviceId === service.id && outlooks.get(one.id) === 'at-risk').length,
    nextCallBy: first.done ? null : first.value.callBy,
  };
}

function deskRow({ book, plan }: Moment, { id }: Desk): DeskRow {
  const desk = book.desks.get(id);
  const ticket = desk?.ticketId ? book.open.get(desk.ticketId) : undefined;
  return {
    deskId: id,
    staffId: desk?.staffId ?? null,
    staffName: plan.specialists.find((one) => one.id === desk?.staffId)?.name ?? null,
    status: statusOf(desk, ticket),
    since: desk?.pause?.since ?? (ticket && 'since' in ticket.state ? ticket.state.since : (desk?.freeSince ?? NEVER)),
    number: ticket?.number ?? null,
    pause: desk ? pauseOf(desk) : null,
  };
}

const NEVER = 0 as DeskRow['since'];

function statusOf(desk: DeskState | undefined, ticket: Ticket | undefined): DeskRow['status'] {
  if (!desk || desk.staffId === null) return 'closed';
  if (ticket?.state.kind === 'called') return 'called';
  if (ticket?.state.kind === 'serving') return 'serving';
  return desk.pause ? 'paused' : 'free';
}

function pauseOf({ pause }: DeskState): DeskRow['pause'] {
  return pause ? { reason: pause.reason, plannedEnd: pause.plannedEnd } : null;
}

function helpRows({ book, plan }: Moment, kioskName: (deviceId: string) => string): readonly HelpRow[] {
  return [...book.help.values()].map(({ id, deviceId, language, since, answeredBy }) => ({
    helpId: id,
    kiosk: kioskName(deviceId),
    language,
    since,
    answeredBy: plan.specialists.find((one) => one.id === answeredBy)?.name ?? (answeredBy ? '' : null),
  }));
}

function closedRows({ book }: Moment, desk: DeskState): readonly ClosedRow[] {
  return (book.recentClosed.get(desk.id) ?? []).flatMap((ticketId) => {
    const ticket = book.closed.get(ticketId);
    if (ticket?.state.kind !== 'closed') return [];
    const { number, serviceId, state } = ticket;
    return [{ ticketId, number, serviceId, outcome: state.outcome, at: state.since }];
  });
}

function undoOf({ book, plan, now }: Moment, desk: DeskState): DeskBoard['undo'] {
  const undo = book.undo.get(desk.id);
  if (!undo) return null;
  const until = later(undo.at, plan.rules.undoWithinMs);
  const { id, number } = undo.before;
  const untouched = ticketById(book, id)?.version === undo.version;
  return until > now && untouched ? { ticketId: id, number, act: undo.act, until } : null;
}
