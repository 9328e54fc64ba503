import { unreachable } from '../basics/assert.ts';
import { later, type ClassId, type EpochMs } from './ids.ts';
import type { Plan, Service } from './plan.ts';
import type { Standing } from './ticket.ts';

/** What decides how long a visitor of a service is promised to wait. */
export interface Entitled {
  readonly standing: Standing;
  /** With the priority standing: which class of visitors, where staff said so. */
  readonly classId: ClassId | null;
}

/**
 * The longest time from clock to call that the office answers for, per service and standing (milliseconds).
 *
 * A scarce service (at most a quarter of the open desks can serve it) promises a casework visitor less, so that the few
 * who can are not kept from those only they can help. Decided once, when the clock starts: it never moves the order.
 */
export function promiseMs(
  service: Service,
  { standing, classId }: Entitled,
  { rules, classes }: Pick<Plan, 'rules' | 'classes'>,
  scarce: boolean,
): number {
  switch (standing) {
    case 'walk-in':
      return scarce ? scarcePromiseMs(service.promiseMs, rules) : service.promiseMs;
    case 'priority':
      return Math.min(classPromiseMs(service, classId, { rules, classes }), service.promiseMs);
    case 'booked':
      return service.ownPromises.booked ?? rules.bookedPromiseMs;
    case 'returning':
      return service.ownPromises.returning ?? rules.returningPromiseMs;
    default:
      return unreachable(standing);
  }
}

/** Whether the office knows this class; no class is always known. */
export function isKnownClass({ classes }: Pick<Plan, 'classes'>, classId: ClassId | null): boolean {
  return classId === null || classes.some(({ id }) => id === classId);
}

/** A class belongs to the priority standing and goes with it. */
export function classOf(standing: Standing, classId: ClassId | null): ClassId | null {
  return standing === 'priority' ? classId : null;
}

/** Never below what priority visitors are promised, and never longer than without scarcity. */
function scarcePromiseMs(promised: number, rules: Plan['rules']): number {
  return Math.min(promised, Math.max(rules.priorityPromiseMs, promised - rules.scarceShorterMs));
}

/** What a class is promised: the service's own word first, then the office's, then that of the priority standing. */
function classPromiseMs(
  service: Service,
  classId: ClassId | null,
  { rules, classes }: Pick<Plan, 'rules' | 'classes'>,
): number {
  if (classId === null) return rules.priorityPromiseMs;
  const general = classes.find(({ id }) => id === classId)?.promiseMs;
  return service.ownPromises[classId] ?? general ?? rules.priorityPromiseMs;
}

/**
 * When the promise of a visitor who comes now starts to run: at once, or, with a booking, so that the promised time is
 * the slot. Coming early gains nothing; coming late starts at the arrival.
 *
 * @param slotAt the booked time, `null` without one
 * @param bookedMs what the service promises to the booked
 */
export function startOfClock(arrivedAt: EpochMs, slotAt: EpochMs | null, bookedMs: number): EpochMs {
  return slotAt === null ? arrivedAt : later(arrivedAt, Math.max(0, slotAt - bookedMs - arrivedAt));
}

/** At most this share of the open desks can serve a scarce service. */
const SCARCE_SHARE = 0.25;

export function isScarce(desksThatCan: number, openDesks: number): boolean {
  return desksThatCan > 0 && desksThatCan <= openDesks * SCARCE_SHARE;
}

/** How a waiting ticket stands against its promise. */
export type Outlook = 'kept' | 'at-risk' | 'broken';

/** From this share of the promise on a ticket counts as at risk, however short the line before it. */
const NEAR_SHARE = 0.8;

/**
 * Whether the office is about to break its word: the promised time is over, or nearly, or will be by the time those
 * before have been served (nine of ten such waits are shorter).
 *
 * @param expectedAt when the ticket is called at the latest, by the estimate; `null` when nobody can tell
 */
export function outlook(
  { clock, callBy }: { readonly clock: EpochMs; readonly callBy: EpochMs },
  expectedAt: EpochMs | null,
  now: EpochMs,
): Outlook {
  if (now > callBy) return 'broken';
  const near = now - clock >= (callBy - clock) * NEAR_SHARE;
  return near || (expectedAt !== null && expectedAt > callBy) ? 'at-risk' : 'kept';
}
