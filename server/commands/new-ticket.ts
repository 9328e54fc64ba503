import type { Book } from '../domain/book.ts';
import type { At, Change } from '../domain/change.ts';
import {
  later,
  type ClassId,
  type EpochMs,
  type NeedId,
  type TicketId,
  type TicketNumber,
  type RequestId,
  type ServiceId,
} from '../domain/ids.ts';
import { ticketEntry } from '../domain/journal.ts';
import type { Language } from '../domain/language.ts';
import { nextNumber } from '../domain/number.ts';
import type { Plan, Service } from '../domain/plan.ts';
import { isScarce, promiseMs, startOfClock, type Entitled } from '../domain/promise.ts';
import { placesAhead } from '../domain/queue.ts';
import { canServeService, needsInterpreter, openDesks } from '../domain/staffing.ts';
import { issue, type Assistance, type Standing } from '../domain/ticket.ts';

export interface Issued {
  readonly ticketId: TicketId;
  readonly number: TicketNumber;
  /** People ahead at the moment of issue. */
  readonly ahead: number;
  /** How its slip is to be printed. */
  readonly largePrint: boolean;
}

/** What is known of a visitor who gets a number. */
export interface Arrival {
  readonly requestId: RequestId;
  readonly service: Service;
  readonly needId: NeedId | null;
  readonly language: Language;
  readonly standing: Standing;
  readonly classId: ClassId | null;
  /** The booked time; `null` without one. */
  readonly slotAt: EpochMs | null;
  readonly assistance: readonly Assistance[];
  readonly further: readonly ServiceId[];
  readonly note: string;
  readonly largePrint: boolean;
}

/** Gives a visitor a place in the queue. Paper is no part of it: the slip comes after the commit. */
export function newTicket(book: Book, arrival: Arrival, at: At): Change<Issued> {
  const { requestId, service, slotAt, largePrint, ...said } = arrival;
  const id = at.freshId as TicketId;
  const { number, series } = nextNumber(book, service.letter);
  const arrivedAt = later(at.now, Math.max(0, book.newestClock - at.now));
  const promised = promisedMs(book, at.plan, service, arrival);
  const clock = arrival.standing === 'booked' ? startOfClock(arrivedAt, slotAt, promised) : arrivedAt;
  const ticket = issue({
    ...said,
    id,
    number,
    serviceId: service.id,
    queueId: service.queueId,
    interpreter: needsInterpreter(book, at.plan, service.id, arrival.language),
    order: book.issued + 1,
    day: book.day,
    at: at.now,
    clock,
    promiseMs: promised,
  });
  const ahead = placesAhead(book, service.queueId, ticket);
  const body = { day: book.day, series: service.letter, reqId: requestId, prio: arrival.standing === 'priority' };
  return {
    tickets: [ticket],
    numbers: [{ letter: service.letter, series }],
    entries: [
      ticketEntry('ticket.issued', ticket, at, {
        ...body,
        order: ticket.order,
        clock: ticket.clock,
        callBy: ticket.callBy,
        ahead,
        largePrint,
        interpreter: ticket.interpreter,
        assistance: ticket.assistance,
        planVersion: at.plan.version,
      }),
    ],
    reply: { ticketId: id, number, ahead, largePrint },
  };
}

/** What a service promises now to somebody of this standing and class (milliseconds). */
export function promisedMs(book: Book, plan: Plan, service: Service, entitled: Entitled): number {
  const open = openDesks(book, plan);
  const scarce = isScarce(open.filter((staffed) => canServeService(staffed, service.id)).length, open.length);
  return promiseMs(service, entitled, plan, scarce);
}
