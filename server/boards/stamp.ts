import type { OpeningState } from '../contract/boards.ts';
import type { Book } from '../domain/book.ts';
import { openingAt } from '../domain/hours.ts';
import type { EpochMs } from '../domain/ids.ts';
import type { Plan } from '../domain/plan.ts';

/** What every board is made from: the committed book, what the office offers, and the moment. */
export interface Moment {
  readonly book: Book;
  readonly plan: Plan;
  readonly now: EpochMs;
  readonly bootId: string;
}

export function stamp({ book, plan, now, bootId }: Moment) {
  return {
    bootId,
    revision: book.seq,
    at: now,
    planVersion: plan.version,
    demonstration: plan.office.demonstration,
  };
}

export function opening({ plan, now }: Moment): OpeningState {
  return openingAt(plan.office.hours, now, plan.office.zone);
}
