import type { Book } from './book.ts';
import { deskQueue, type EpochMs, type QueueId } from './ids.ts';
import type { Language } from './language.ts';
import { ahead, byPlace, inOrder, lineLength, type Line, type Place } from './line.ts';
import type { Plan } from './plan.ts';
import { canServeService, needsInterpreter, type StaffedDesk } from './staffing.ts';
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
  const lines = linesOf(book, plan, staffed);
  const servable = servableBy(book, plan, staffed, now);
  const [ticket, second] = firstTwo(book, lines, servable);
  if (!ticket) return undefined;
  const eligible = lines.reduce((sum, line) => sum + lineLength(line), 0);
  return { ticket, why: why(ticket, second, eligible, staffed) };
}

/**
 * The queues a desk calls from: those of its specialist's services, its own, and those of desks where nobody sits, so
 * that a visitor sent to a desk does not wait for somebody who has left.
 */
export function queuesOf(book: Book, plan: Plan, { desk, specialist }: StaffedDesk): readonly QueueId[] {
  const skilled = plan.services.filter(({ id }) => specialist.services.includes(id)).map(({ queueId }) => queueId);
  const orphaned = [...book.lines.keys()].filter((queueId) => isOrphaned(book, queueId));
  return [...new Set([...skilled, deskQueue(desk.id), ...orphaned])];
}

/** Whether a desk may call this waiting ticket now: skill or sent to this desk, language, not held for somebody else. */
export function canServe(book: Book, plan: Plan, staffed: StaffedDesk, ticket: Ticket, now: EpochMs): boolean {
  return servableBy(book, plan, staffed, now)(ticket);
}

/** `canServe` for many tickets: what a service and a language need is asked once. */
export function servableBy(book: Book, plan: Plan, staffed: StaffedDesk, now: EpochMs): (ticket: Ticket) => boolean {
  const ownQueue = deskQueue(staffed.desk.id);
  const spoken = new Map<string, boolean>();
  return (ticket) => {
    const { state, language, serviceId, interpreter } = ticket;
    if (state.kind !== 'waiting') return false;
    if (state.heldFor && state.heldFor.until > now) return state.heldFor.staffId === staffed.specialist.id;
    if (state.queueId === ownQueue) return true;
    if (isDeskQueue(state.queueId) && !isOrphaned(book, state.queueId)) return false;
    if (!canServeService(staffed, serviceId)) return false;
    const key = `${serviceId} ${language}`;
    const understood = spoken.get(key) ?? speaks(book, plan, staffed, ticket);
    spoken.set(key, understood);
    return understood || interpreter;
  };
}

/** How many of the same queue are called before this place. */
export function placesAhead(book: Book, queueId: QueueId, place: Place): number {
  return ahead(lineOf(book, queueId), place);
}

/** Whom a desk passes over by calling this ticket out of order, the earliest promised time first. */
export function passedOver(
  book: Book,
  plan: Plan,
  staffed: StaffedDesk,
  ticket: Ticket,
  now: EpochMs,
): readonly Ticket[] {
  const servable = servableBy(book, plan, staffed, now);
  const before = linesOf(book, plan, staffed).flatMap((line) => idsBefore(line, ticket));
  return [...new Set(before)]
    .flatMap((id) => book.open.get(id) ?? [])
    .filter(servable)
    .sort(byPlace);
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

/** The lines of a desk's queues, and of those held for its specialist, whatever their service. */
function linesOf(book: Book, plan: Plan, staffed: StaffedDesk): readonly Line[] {
  const held = book.held.get(staffed.specialist.id) ?? null;
  return [...queuesOf(book, plan, staffed).map((queueId) => lineOf(book, queueId)), held];
}

/** The two earliest that may be called, in order. Costs the logarithm of the lines, and one step for each it must pass. */
function firstTwo(book: Book, lines: readonly Line[], servable: (ticket: Ticket) => boolean): readonly Ticket[] {
  const found = new Map(lines.flatMap((line) => firstServable(book, line, servable)).map((one) => [one.id, one]));
  return [...found.values()].sort(byPlace).slice(0, 2);
}

function firstServable(book: Book, line: Line, servable: (ticket: Ticket) => boolean): readonly Ticket[] {
  const found: Ticket[] = [];
  for (const { id } of inOrder(line)) {
    const ticket = book.open.get(id);
    if (ticket && servable(ticket)) found.push(ticket);
    if (found.length === 2) break;
  }
  return found;
}

function speaks(book: Book, plan: Plan, { specialist }: StaffedDesk, ticket: Ticket): boolean {
  const { language, serviceId }: { readonly language: Language; readonly serviceId: Ticket['serviceId'] } = ticket;
  return specialist.languages.includes(language) || needsInterpreter(book, plan, serviceId, language);
}

const DESK_QUEUE = deskQueue('' as Parameters<typeof deskQueue>[0]);

function isDeskQueue(queueId: QueueId): boolean {
  return queueId.startsWith(DESK_QUEUE);
}

/** A desk's own queue while nobody sits there. */
function isOrphaned(book: Book, queueId: QueueId): boolean {
  if (!isDeskQueue(queueId)) return false;
  const desk = book.desks.find(({ id }) => deskQueue(id) === queueId);
  return (desk?.staffId ?? null) === null;
}

function idsBefore(line: Line, place: Place): readonly Place['id'][] {
  const found: Place['id'][] = [];
  for (const other of inOrder(line)) {
    if (byPlace(other, place) >= 0) break;
    found.push(other.id);
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
