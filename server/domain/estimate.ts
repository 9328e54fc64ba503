import type { Book } from './book.ts';
import type { Plan, Service } from './plan.ts';
import { placesAhead } from './queue.ts';
import type { Place } from './line.ts';
import { canServeService, openDesks } from './staffing.ts';

/** Half wait at most `fromMinutes`, nine of ten at most `toMinutes`; whole minutes, rounded outward. */
export interface EstimatedRange {
  readonly fromMinutes: number;
  readonly toMinutes: number;
  readonly about: true;
}

const MINUTE_MS = 60_000;
/** Standard normal quantile of 0.9. */
const Z90 = 1.2816;
/** From here on minutes are rounded to steps of five. */
const FINE_BELOW = 10;
const STEP = 5;
/** Nobody ahead and a desk free: the walk to the desk. */
const AT_ONCE: EstimatedRange = { fromMinutes: 0, toMinutes: 2, about: true };

/**
 * The wait of somebody who stands at this place in a service's queue, while the office has not learned enough to play the
 * rule forward. `null` while no open desk can serve it: then no time is shown.
 *
 * Each visitor ahead, and one more while every desk is busy, has to be served first; busy desks finish visitors at a
 * total rate of `desks / meanServiceMs`. Service times are taken as exponential, so the wait is gamma distributed.
 *
 * @source the gamma quantiles by the cube-root approximation of E. B. Wilson and M. M. Hilferty, "The distribution of
 *   chi-square", Proceedings of the National Academy of Sciences 17, 1931
 */
export function estimateWait(book: Book, plan: Plan, service: Service, place: Place): EstimatedRange | null {
  const desks = openDesks(book, plan).filter((staffed) => canServeService(staffed, service.id));
  if (desks.length === 0) return null;
  const free = desks.filter(({ desk }) => desk.ticketId === null).length;
  const visitors = placesAhead(book, service.queueId, place) + 1 - free;
  if (visitors <= 0) return AT_ONCE;
  const eachMinutes = service.meanServiceMs / desks.length / MINUTE_MS;
  return outward(gammaQuantile(visitors, 0) * eachMinutes, gammaQuantile(visitors, Z90) * eachMinutes);
}

/** The quantile of a gamma distribution with this shape and scale 1; `z` is the normal quantile of the same level. */
function gammaQuantile(shape: number, z: number): number {
  return shape * (1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape))) ** 3;
}

/** Rounds outward: whole minutes under ten, steps of five from there. */
export function outward(from: number, to: number): EstimatedRange {
  const down = from < FINE_BELOW ? Math.floor(from) : Math.floor(from / STEP) * STEP;
  const up = to < FINE_BELOW ? Math.ceil(to) : Math.ceil(to / STEP) * STEP;
  const widest = down < FINE_BELOW ? down + 1 : down + STEP;
  return { fromMinutes: down, toMinutes: Math.max(up, widest), about: true };
}
