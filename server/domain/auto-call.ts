import type { Book } from './book.ts';
import { later, type EpochMs } from './ids.ts';
import type { Plan } from './plan.ts';
import { nextInLine, type Next } from './queue.ts';
import { openDesks, type StaffedDesk } from './staffing.ts';

/** A desk for which the office calls by itself, and whom. */
export interface DueCall {
  readonly staffed: StaffedDesk;
  readonly next: Next;
}

/**
 * The call that the office makes by itself now, or `undefined`.
 *
 * Desks otherwise pull: whoever presses first calls. Only here can several desks be free for the same visitor, and then
 * the one that has been free longest calls first, the earliest promised time it can serve. A desk is called for only
 * after it has ended a visit and the office's pause after it is over; whoever sits down or comes back from a pause
 * begins by pressing.
 */
export function dueAutoCall(book: Book, plan: Plan, now: EpochMs): DueCall | undefined {
  if (!plan.rules.autoCallOnFinish) return undefined;
  for (const staffed of longestFreeFirst(book, plan)) {
    const { ready, freeSince } = staffed.desk;
    if (!ready || later(freeSince, plan.rules.autoCallAfterMs) > now) continue;
    const next = nextInLine(book, plan, staffed, now);
    if (next) return { staffed, next };
  }
  return undefined;
}

/** The open desks without a visitor, the one free longest first. */
export function longestFreeFirst(book: Book, plan: Plan): readonly StaffedDesk[] {
  return openDesks(book, plan)
    .filter(({ desk }) => desk.ticketId === null)
    .sort((a, b) => a.desk.freeSince - b.desk.freeSince || (a.desk.id < b.desk.id ? -1 : 1));
}
