import type { ServiceLoad, WaitRange } from '../contract/boards.ts';
import { estimateWait } from '../domain/estimate.ts';
import { later, type TicketId } from '../domain/ids.ts';
import { lineLength, type Place } from '../domain/line.ts';
import { serviceOpening } from '../domain/need.ts';
import type { Service } from '../domain/plan.ts';
import { lineOf, placesAhead } from '../domain/queue.ts';
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
  const { book, plan } = moment;
  const waits = plan.services
    .map((service) => ({
      length: lineLength(lineOf(book, service.queueId)),
      wait: estimateWait(book, plan, service, newcomersPlace(moment, service)),
    }))
    .filter(({ wait }) => wait !== null)
    .sort((a, b) => b.length - a.length || (b.wait?.toMinutes ?? 0) - (a.wait?.toMinutes ?? 0));
  return waits[0]?.wait ?? null;
}

function newcomersPlace({ now }: Moment, service: Service): Place {
  const callBy = later(now, service.promiseMs);
  return { id: '' as TicketId, callBy, clock: now, order: Number.MAX_SAFE_INTEGER };
}
