import { Map as Persistent } from 'immutable';
import type { Series } from './book.ts';
import type { Json } from './chain.ts';
import type { DeskState } from './desk-state.ts';
import type { HelpCall } from './help.ts';
import type { Actor, DeskId, DeviceId, EpochMs, HelpId, RequestId, ServiceId, TicketId, TicketNumber } from './ids.ts';
import type { JournalLine } from './journal.ts';
import type { Language } from './language.ts';
import { localDay } from './local-time.ts';
import type { Slip } from './slip.ts';
import type { Standing, Ticket, TicketState } from './ticket.ts';

/**
 * What journal lines say about the queue: tickets, numbers, desks, slips and calls for help. It holds the open tickets
 * and those closed on the newest day. A ticket made from lines has no need and no note: those never stand in a journal.
 */
export interface Retold {
  readonly tickets: Persistent<TicketId, Ticket>;
  readonly numbers: Persistent<string, Series>;
  readonly desks: Persistent<DeskId, DeskState>;
  readonly slips: Persistent<TicketId, Slip>;
  readonly help: Persistent<HelpId, HelpCall>;
  /** What was replied to those who took a number: their request sent again gets the same one. */
  readonly answers: Persistent<RequestId, Retelling>;
  /** The office day of the newest line about a ticket, `YYYY-MM-DD`. As the book's page it never turns back. */
  readonly day: string;
  /** IANA name of the office's time zone. */
  readonly zone: string;
}

/** The reply to a request for a number, as its line tells it. */
export interface Retelling {
  readonly at: EpochMs;
  readonly actor: Actor;
  readonly reply: {
    readonly ticketId: TicketId;
    readonly number: TicketNumber;
    readonly ahead: number;
    readonly largePrint: boolean;
  };
}

export function nothingRetold(day: string, zone: string): Retold {
  return {
    tickets: Persistent(),
    numbers: Persistent(),
    desks: Persistent(),
    slips: Persistent(),
    help: Persistent(),
    answers: Persistent(),
    day,
    zone,
  };
}

/**
 * What is known after one more line. Every line about a ticket says what the ticket is from then on, so nothing here
 * knows the verbs; kinds that tell nothing of the queue change nothing.
 *
 * @param freshId for a call for help, whose id no line tells
 */
export function retell(known: Retold, line: JournalLine, freshId: () => string): Retold {
  const { kind, ticket: ticketId, body } = line;
  const now = onDay(known, line);
  if (kind.startsWith('slip.')) return withSlip(now, line);
  if (kind.startsWith('desk.')) return withDesk(now, line);
  if (kind.startsWith('help.')) return withHelp(now, line, freshId);
  if (ticketId === null || !isObject(body.after)) return now;
  const told = withTicketAfter(now, ticketId, body, body.after, line);
  if (kind === 'ticket.called') return withOvertaken(told, body);
  return kind === 'ticket.issued' ? withNumber(told, line) : told;
}

type Body = JournalLine['body'];

/**
 * The page a line was written on: the day it names, else, when it is about a ticket, the office day of its time. Lines about
 * people and screens turn no page: they are dated by the machine's clock also where a demonstration's clock runs ahead.
 */
function onDay(known: Retold, line: JournalLine): Retold {
  const { day } = line.body;
  const written = line.ticket === null ? '' : localDay(instant(line), known.zone);
  const newest = typeof day === 'string' ? day : written;
  return newest > known.day ? { ...known, day: newest } : known;
}

function withTicketAfter(known: Retold, id: TicketId, body: Body, after: Body, line: JournalLine): Retold {
  const before = known.tickets.get(id);
  const ticket: Ticket = {
    needId: null,
    classId: null,
    note: '',
    needLost: true,
    issuedAt: typeof body.takenAt === 'number' ? (body.takenAt as EpochMs) : instant(line),
    day: typeof body.day === 'string' ? body.day : known.day,
    order: typeof body.order === 'number' ? body.order : 0,
    ...before,
    id,
    number: body.number as TicketNumber,
    serviceId: body.service as ServiceId,
    language: body.language as Language,
    standing: body.standing as Standing,
    ...told(after),
  };
  return atDesks({ ...known, tickets: known.tickets.set(id, ticket) }, ticket, instant(line));
}

/** Those who were passed over have no line of their own; the call names them by number. */
function withOvertaken(known: Retold, { overtaken }: Body): Retold {
  const numbers = new Set(Array.isArray(overtaken) ? overtaken : []);
  if (numbers.size === 0) return known;
  const tickets = known.tickets.map((ticket) =>
    ticket.state.kind === 'waiting' && numbers.has(ticket.number)
      ? { ...ticket, overtaken: ticket.overtaken + 1, version: ticket.version + 1 }
      : ticket,
  );
  return { ...known, tickets };
}

/** What a line left out is as it was at the issue. */
function told(after: Body) {
  return {
    version: after.version as number,
    clock: after.clock as EpochMs,
    callBy: after.callBy as EpochMs,
    state: after.state as object as TicketState,
    interpreter: after.interpreter === true,
    assistance: (after.assistance ?? []) as Ticket['assistance'],
    further: (after.further ?? []) as readonly ServiceId[],
    lastCall: (after.lastCall ?? null) as object as Ticket['lastCall'],
    missed: after.missed === true,
    overtaken: (after.overtaken ?? 0) as number,
  };
}

/** A desk holds the ticket that is called to it or served at it, and no other. */
function atDesks(known: Retold, { id, state }: Ticket, at: EpochMs): Retold {
  const deskId = state.kind === 'called' || state.kind === 'serving' ? state.deskId : null;
  const left = known.desks.map((desk) =>
    desk.ticketId === id && desk.id !== deskId ? { ...desk, ticketId: null, freeSince: at } : desk,
  );
  const desks = deskId === null ? left : left.set(deskId, { ...deskOf(known, deskId, at), ticketId: id });
  return { ...known, desks };
}

function withNumber(known: Retold, line: JournalLine): Retold {
  const { ticket, actor, body } = line;
  const { day, series, number, reqId, ahead } = body;
  if (ticket === null || typeof day !== 'string' || typeof series !== 'string' || typeof number !== 'string') {
    return known;
  }
  const last = Number(/\d+$/.exec(number)?.[0] ?? 0);
  const before = known.numbers.get(series);
  const goesOn = before !== undefined && (before.day > day || (before.day === day && before.last >= last));
  const reply = {
    ticketId: ticket,
    number: number as TicketNumber,
    ahead: typeof ahead === 'number' ? ahead : 0,
    largePrint: body.largePrint === true,
  };
  return {
    ...known,
    numbers: goesOn ? known.numbers : known.numbers.set(series, { day, last }),
    answers:
      typeof reqId === 'string' && body.fallback !== true
        ? known.answers.set(reqId as RequestId, { at: instant(line), actor, reply })
        : known.answers,
  };
}

function withDesk(known: Retold, line: JournalLine): Retold {
  const at = instant(line);
  const id = line.body.desk as DeskId;
  const desk = deskOf(known, id, at);
  const next = deskAfter(desk, line, at);
  return { ...known, desks: known.desks.set(id, next) };
}

/** None is ready for the office to call by itself: after a restore somebody presses first. */
function deskAfter(desk: DeskState, { kind, actor, body }: JournalLine, at: EpochMs): DeskState {
  const freeSince = desk.ticketId === null ? at : desk.freeSince;
  switch (kind) {
    case 'desk.taken':
      return { ...desk, staffId: actor as DeskState['staffId'], pause: null, freeSince: at };
    case 'desk.left':
    case 'desk.freed':
      return { ...desk, staffId: null, pause: null, ticketId: null };
    case 'desk.paused': {
      const { reason, plannedEnd } = body as Pick<NonNullable<DeskState['pause']>, 'reason' | 'plannedEnd'>;
      return { ...desk, pause: { since: at, reason, plannedEnd } };
    }
    case 'desk.resumed':
      return { ...desk, pause: null, freeSince };
    case 'desk.repaired':
      return { ...desk, ticketId: null, freeSince: at };
    default:
      return desk;
  }
}

function deskOf(known: Retold, id: DeskId, at: EpochMs): DeskState {
  return known.desks.get(id) ?? { id, staffId: null, freeSince: at, ready: false, pause: null, ticketId: null };
}

const SLIP_STATES: Readonly<Record<string, Slip['state']>> = {
  'slip.sent': 'sent',
  'slip.printed': 'printed',
  'slip.not-printed': 'not-printed',
  'slip.unknown': 'unknown',
};

function withSlip(known: Retold, line: JournalLine): Retold {
  const { kind, ticket: ticketId, body } = line;
  const state = SLIP_STATES[kind];
  if (ticketId === null || state === undefined) return known;
  const newest = known.slips.get(ticketId);
  // The late outcome of an older attempt says nothing about the newest.
  if (newest && newest.attempt > Number(body.attempt)) return known;
  const slip: Slip = {
    ticketId,
    printerId: body.device as DeviceId,
    askedBy: newest?.askedBy ?? null,
    attempt: body.attempt as number,
    state,
    reason: typeof body.reason === 'string' ? body.reason : '',
    at: instant(line),
    reprint: body.reprint === true,
    largePrint: body.largePrint === true,
  };
  return { ...known, slips: known.slips.set(ticketId, slip) };
}

function withHelp(known: Retold, line: JournalLine, freshId: () => string): Retold {
  const { kind, actor, body } = line;
  const deviceId = body.device as DeviceId;
  const open = known.help.find((call) => call.deviceId === deviceId);
  if (kind === 'help.ended') return open ? { ...known, help: known.help.delete(open.id) } : known;
  const call: HelpCall = open ?? {
    id: freshId() as HelpId,
    deviceId,
    language: body.language as Language,
    since: instant(line),
    answeredBy: null,
  };
  const answeredBy = kind === 'help.answered' ? (actor as HelpCall['answeredBy']) : call.answeredBy;
  return { ...known, help: known.help.set(call.id, { ...call, answeredBy }) };
}

function instant({ at }: JournalLine): EpochMs {
  return Date.parse(at) as EpochMs;
}

function isObject(value: Json | undefined): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Only what a next line can speak of: the rest of the tickets is closed for good, and their slips with them. */
export function stillAtHand(known: Retold): Retold {
  const { day, zone } = known;
  const tickets = known.tickets.filter(
    ({ state, day: issued }) => state.kind !== 'closed' || issued >= day || localDay(state.since, zone) >= day,
  );
  return { ...known, tickets, slips: known.slips.filter((_, id) => tickets.has(id)), answers: Persistent() };
}
