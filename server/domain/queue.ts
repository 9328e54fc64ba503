import type { Book } from './book.ts';
import { deskQueue, type EpochMs, type QueueId } from './ids.ts';
import { ahead, byPlace, inOrder, lineLength, type Line, type Place } from './line.ts';
import type { Plan } from './plan.ts';
import { canServeService, needsInterpreter, openDesks, type StaffedDesk } from './staffing.ts';
import type { Ticket } from './ticket.ts';
import type { Why } from './why.ts';

/** The ticket a desk should call next, with the reason. */
export interface Next {
  readonly ticket: Ticket;
  readonly why: Why;
}

/**
 * Whom a desk should call next, or `undefined` when nobody waits whom it can serve.
 *
 * Everybody has a promised time; a free desk calls the earliest promised time it can serve. The order of two tickets
 * never changes while they wait, and a ticket can be overtaken only by tickets whose clock started within (its promise −
 * theirs) after it: nobody starves.
 */
export function nextInLine(book: Book, plan: Plan, staffed: StaffedDesk, now: EpochMs): Next | undefined {
  const queues = queuesOf(plan, staffed);
  const firstTwo = queues
    .flatMap((queueId) => firstServable(book, plan, queueId, staffed, now, 2))
    .sort(byPlace)
    .slice(0, 2);
  const [ticket, second] = firstTwo;
  if (!ticket) return undefined;
  const eligible = queues.reduce((sum, queueId) => sum + lineLength(lineOf(book, queueId)), 0);
  return { ticket, why: why(ticket, second, eligible, staffed) };
}

/** The queues of the specialist's services, and the desk's own. */
export function queuesOf(plan: Plan, { desk, specialist }: StaffedDesk): readonly QueueId[] {
  const own = plan.services.filter(({ id }) => specialist.services.includes(id)).map(({ queueId }) => queueId);
  return [...new Set([...own, deskQueue(desk.id)])];
}

/** Whether a desk may call this waiting ticket now: skill or sent to this desk, language, not held for somebody else. */
export function canServe(book: Book, plan: Plan, staffed: StaffedDesk, ticket: Ticket, now: EpochMs): boolean {
  const { state, language, serviceId } = ticket;
  if (state.kind !== 'waiting') return false;
  if (state.heldFor && state.heldFor.until > now) return state.heldFor.staffId === staffed.specialist.id;
  if (state.queueId === deskQueue(staffed.desk.id)) return true;
  if (state.queueId.startsWith('desk/') || !canServeService(staffed, serviceId)) return false;
  return (
    ticket.interpreter ||
    staffed.specialist.languages.includes(language) ||
    needsInterpreter(book, plan, serviceId, language)
  );
}

/** How many of the same queue are called before this place. */
export function placesAhead(book: Book, queueId: QueueId, place: Place): number {
  return ahead(lineOf(book, queueId), place);
}

/** How many a desk passes over by calling this ticket out of order. */
export function passedOver(book: Book, plan: Plan, staffed: StaffedDesk, ticket: Ticket, now: EpochMs): number {
  return queuesOf(plan, staffed)
    .flatMap((queueId) => [...inOrder(lineOf(book, queueId))])
    .filter((place) => byPlace(place, ticket) < 0)
    .flatMap(({ id }) => book.open.get(id) ?? [])
    .filter((other) => canServe(book, plan, staffed, other, now)).length;
}

/** All who wait, in promised-time order, at most `limit`. */
export function waitingInOrder(book: Book, limit: number): readonly Ticket[] {
  return [...book.lines.values()]
    .flatMap((line) => first(line, limit))
    .sort(byPlace)
    .slice(0, limit)
    .flatMap(({ id }) => book.open.get(id) ?? []);
}

export function waitingCount(book: Book): number {
  return book.lines.reduce((sum, line) => sum + lineLength(line), 0);
}

export function lineOf(book: Book, queueId: QueueId): Line {
  return book.lines.get(queueId) ?? null;
}

/** Several desks are free: the one free longest calls first. */
export function longestFreeFirst(book: Book, plan: Plan): readonly StaffedDesk[] {
  return openDesks(book, plan)
    .filter(({ desk }) => desk.ticketId === null)
    .sort((a, b) => a.desk.freeSince - b.desk.freeSince || (a.desk.id < b.desk.id ? -1 : 1));
}

function firstServable(
  book: Book,
  plan: Plan,
  queueId: QueueId,
  staffed: StaffedDesk,
  now: EpochMs,
  limit: number,
): readonly Ticket[] {
  const found: Ticket[] = [];
  for (const { id } of inOrder(lineOf(book, queueId))) {
    const ticket = book.open.get(id);
    if (ticket && canServe(book, plan, staffed, ticket, now)) found.push(ticket);
    if (found.length >= limit) break;
  }
  return found;
}

function first(line: Line, limit: number): readonly Place[] {
  const found: Place[] = [];
  for (const place of inOrder(line)) {
    if (found.length >= limit) break;
    found.push(place);
  }
  return found;
}

function why(ticket: Ticket, second: Ticket | undefined, eligible: number, { desk }: StaffedDesk): Why {
  const { callBy, standing } = ticket;
  const said = { callBy, standing, eligible, before: second?.number ?? null };
  if (ticket.state.kind === 'waiting' && ticket.state.queueId === deskQueue(desk.id))
    return { code: 'own-desk', ...said };
  if (!second) return { code: 'only', ...said };
  if (ticket.callBy !== second.callBy) return { code: 'earliest', ...said };
  return { code: ticket.clock === second.clock ? 'earlier-issue' : 'earlier-clock', ...said };
}
