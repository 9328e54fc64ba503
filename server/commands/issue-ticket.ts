import { err, ok, type Result } from '../basics/result.ts';
import type { Book } from '../domain/book.ts';
import type { Asked, At, Change } from '../domain/change.ts';
import type { ClassId, EpochMs, NeedId, ServiceId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import { classOf, isKnownClass } from '../domain/promise.ts';
import { openService, serviceById, serviceForNeed } from '../domain/need.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Assistance, Standing } from '../domain/ticket.ts';
import { newTicket, type Issued } from './new-ticket.ts';

/** What the kiosk knows when *Take a number* is pressed. */
export interface Tap extends Asked {
  readonly needId: NeedId;
  readonly language: Language;
  /** The paper ticket in large letters; absent: as usual. */
  readonly largePrint?: boolean | undefined;
}

/** A visitor takes a number. */
export function issueTicket(book: Book, tap: Tap, at: At): Result<Change<Issued>, Refusal> {
  const service = serviceForNeed(at.plan, tap.needId, at.now);
  if (!service.ok) return service;
  const { largePrint = false } = tap;
  const nothingSaid = {
    standing: 'walk-in',
    classId: null,
    slotAt: null,
    assistance: [],
    further: [],
    note: '',
  } as const;
  return ok(newTicket(book, { ...tap, ...nothingSaid, largePrint, service: service.value }, at));
}

/** What staff found out by talking. */
export interface Welcome extends Asked {
  readonly needId: NeedId | null;
  readonly serviceId: ServiceId;
  readonly language: Language;
  readonly standing: Standing;
  readonly classId?: ClassId | null | undefined;
  readonly slotAt?: EpochMs | null | undefined;
  readonly assistance: readonly Assistance[];
  readonly further: readonly ServiceId[];
  readonly note: string;
  readonly print: boolean;
}

/** Staff give a number to a visitor who cannot or need not use the kiosk. */
export function issueTicketFor(book: Book, welcome: Welcome, at: At): Result<Change<Issued>, Refusal> {
  const { needId, serviceId, further } = welcome;
  if (needId !== null && !at.plan.needs.some(({ id }) => id === needId)) return err({ code: 'unknown-need' });
  if (further.some((id) => !serviceById(at.plan, id))) return err({ code: 'unknown-service' });
  const service = openService(at.plan, serviceId, at.now);
  if (!service.ok) return service;
  const { requestId, language, standing, classId = null, slotAt = null, assistance, note } = welcome;
  if (!isKnownClass(at.plan, classId)) return err({ code: 'unknown-class' });
  const said = { requestId, needId, language, standing, classId: classOf(standing, classId), slotAt };
  const arrival = { ...said, assistance, further, note, service: service.value, largePrint: false };
  return ok(newTicket(book, arrival, at));
}
