import { unreachable } from '../basics/assert.ts';
import { later, type EpochMs } from './ids.ts';
import type { OfficeRules, Service } from './plan.ts';
import type { Standing } from './ticket.ts';

/**
 * The longest time from clock to call that the office answers for, per service and standing (milliseconds).
 *
 * A scarce service (at most a quarter of the open desks can serve it) promises a casework visitor less, so that the few
 * who can are not kept from those only they can help. Decided once, when the clock starts: it never moves the order.
 */
export function promiseMs(service: Service, standing: Standing, rules: OfficeRules, scarce: boolean): number {
  switch (standing) {
    case 'walk-in':
      return scarce ? Math.max(rules.priorityPromiseMs, service.promiseMs - rules.scarceShorterMs) : service.promiseMs;
    case 'priority':
      return Math.min(rules.priorityPromiseMs, service.promiseMs);
    case 'booked':
      return rules.bookedPromiseMs;
    case 'returning':
      return rules.returningPromiseMs;
    default:
      return unreachable(standing);
  }
}

/**
 * When the promise of a visitor who comes now starts to run: at once, or, with a booking, so that the promised time is
 * the slot. Coming early gains nothing; coming late starts at the arrival.
 *
 * @param slotAt the booked time, `null` without one
 */
export function startOfClock(
  arrivedAt: EpochMs,
  slotAt: EpochMs | null,
  rules: Pick<OfficeRules, 'bookedPromiseMs'>,
): EpochMs {
  return slotAt === null ? arrivedAt : later(arrivedAt, Math.max(0, slotAt - rules.bookedPromiseMs - arrivedAt));
}

/** At most this share of the open desks can serve a scarce service. */
const SCARCE_SHARE = 0.25;

export function isScarce(desksThatCan: number, openDesks: number): boolean {
  return desksThatCan > 0 && desksThatCan <= openDesks * SCARCE_SHARE;
}
