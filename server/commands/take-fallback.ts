import { err, ok, type Result } from '../basics/result.ts';
import type { Book } from '../domain/book.ts';
import type { Asked, At, Change } from '../domain/change.ts';
import type { EpochMs, NeedId, ServiceId, TicketId, TicketNumber } from '../domain/ids.ts';
import { ticketEntry } from '../domain/journal.ts';
import type { Language } from '../domain/language.ts';
import { serviceById } from '../domain/need.ts';
import { letterOf } from '../domain/number.ts';
import type { Refusal } from '../domain/refusal.ts';
import { needsInterpreter } from '../domain/staffing.ts';
import { issue } from '../domain/ticket.ts';
import { promisedMs } from './new-ticket.ts';

/** A number from the roll that a visitor took while nothing else worked. */
export interface Taken extends Asked {
  readonly number: TicketNumber;
  /** When it was taken, as the visitor or the list says; the promise runs from then. */
  readonly takenAt: EpochMs;
  readonly serviceId: ServiceId;
  readonly needId: NeedId | null;
  readonly language: Language;
}

export interface Reconciled {
  readonly ticketId: TicketId;
  readonly number: TicketNumber;
}

/** A number on paper becomes a ticket, with the clock of when it was taken: nobody waits longer for a fault of ours. */
export function takeFallback(book: Book, taken: Taken, at: At): Result<Change<Reconciled>, Refusal> {
  const { requestId, number, takenAt, serviceId, needId, language } = taken;
  const service = serviceById(at.plan, serviceId);
  if (!service) return err({ code: 'unknown-service' });
  if (needId !== null && !at.plan.needs.some(({ id }) => id === needId)) return err({ code: 'unknown-need' });
  const isGiven = (ticket: { readonly number: TicketNumber }): boolean => ticket.number === number;
  if (book.open.some(isGiven) || book.closed.some(isGiven)) return err({ code: 'number-taken' });
  if (takenAt > at.now) return err({ code: 'not-yet' });

  const letter = letterOf(number);
  const known = book.numbers.get(letter);
  const last = Math.max(known?.day === book.day ? known.last : 0, Number(number.slice(letter.length)));
  const said = { standing: 'walk-in', classId: null } as const;
  const ticket = issue({
    ...{ id: at.freshId as TicketId, number, serviceId, queueId: service.queueId, needId, language, ...said },
    ...{ interpreter: needsInterpreter(book, at.plan, serviceId, language), assistance: [], further: [], note: '' },
    ...{ order: book.issued + 1, day: book.day, at: takenAt, clock: takenAt },
    promiseMs: promisedMs(book, at.plan, service, said),
  });
  const body = { day: book.day, series: letter, reqId: requestId, prio: false, fallback: true, ahead: 0, takenAt };
  const { order, clock, callBy, interpreter } = ticket;
  const promised = { order, clock, callBy, interpreter, assistance: [], planVersion: at.plan.version };
  return ok({
    tickets: [ticket],
    numbers: [{ letter, series: { day: book.day, last } }],
    entries: [ticketEntry('ticket.issued', ticket, at, { ...body, ...promised })],
    reply: { ticketId: ticket.id, number },
  });
}
