import type { ServiceLoad, WaitRange } from '../contract/boards.ts';
import { estimateWait } from '../domain/estimate.ts';
import { later, type EpochMs, type TicketId } from '../domain/ids.ts';
import { lineLength, type Place } from '../domain/line.ts';
import { serviceById, serviceOpening } from '../domain/need.ts';
import type { Service } from '../domain/plan.ts';
import { outlook, type Outlook } from '../domain/promise.ts';
import { lineOf, placesAhead } from '../domain/queue.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Moment } from './stamp.ts';

/** How a service stands for somebody who takes a number now. */
export function serviceLoad(moment: Moment, service: Service): ServiceLoad {
  const { book, plan, now } = moment;
  const place = newcomersPlace(moment, service);
  const { open, opensAt } = serviceOpening(plan, service, now);
  return {
    serviceId: service.id,
    open,
    opensAt,
    ahead: placesAhead(book, service.queueId, place),
    wait: estimateWait(book, plan, service, place),
  };
}

/** The wait in the longest queue: what somebody who looks at the hall should be ready for. `null` when no desk is open. */
export function officeWait(moment: Moment): WaitRange | null {
  return longestWait(moment, moment.plan.services);
}

/** The same over some services. */
export function longestWait(moment: Moment, services: readonly Service[]): WaitRange | null {
  const { book, plan } = moment;
  const waits = services
    .map((service) => ({
      length: lineLength(lineOf(book, service.queueId)),
      wait: estimateWait(book, plan, service, newcomersPlace(moment, service)),
    }))
    .filter(({ wait }) => wait !== null)
    .sort((a, b) => b.length - a.length || (b.wait?.toMinutes ?? 0) - (a.wait?.toMinutes ?? 0));
  return waits[0]?.wait ?? null;
}

/** Whether the office keeps its word to a waiting visitor. */
export function ticketOutlook({ book, plan, now }: Moment, ticket: Ticket): Outlook {
  const service = serviceById(plan, ticket.serviceId);
  const wait = service ? estimateWait(book, plan, service, ticket) : null;
  return outlook(ticket, wait && expectedBy(now, wait), now);
}

function expectedBy(now: EpochMs, { toMinutes }: WaitRange): EpochMs {
  return later(now, toMinutes * MINUTE_MS);
}

const MINUTE_MS = 60_000;

function newcomersPlace({ now }: Moment, service: Service): Place {
  const callBy = later(now, service.promiseMs);
  return { id: '' as TicketId, callBy, clock: now, order: Number.MAX_SAFE_INTEGER };
}
