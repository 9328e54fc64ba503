import { dayBefore } from './local-time.ts';

/** How long the office keeps what is about a visit: its own data, set by the head. Counted from the day of closing. */
export interface Retention {
  /** Need and notes: what the visitor came for. At most 30 days. */
  readonly detailsDays: number;
  /** The ticket itself; after that only the journal's pseudonymous lines are left for statistics. At most 90 days. */
  readonly ticketsDays: number;
}

export const USUAL_RETENTION: Retention = { detailsDays: 30, ticketsDays: 90 };
export const DETAILS_AT_MOST_DAYS = 30;
export const TICKETS_AT_MOST_DAYS = 90;

/** What was closed before these days goes today. */
export interface Limit {
  readonly details: string;
  readonly tickets: string;
}

/** @param today the office's local date, `YYYY-MM-DD` */
export function keptSince(retention: Retention, today: string): Limit {
  return { details: daysBefore(today, retention.detailsDays), tickets: daysBefore(today, retention.ticketsDays) };
}

function daysBefore(day: string, days: number): string {
  let before = day;
  for (let i = 0; i < days; i++) before = dayBefore(before);
  return before;
}
