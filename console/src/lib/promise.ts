/** How much of a promise is used, for the bar and its words. */
export interface PromiseUse {
  /** Share of the track, 0 to 100. */
  readonly percent: number;
  readonly level: 'used' | 'near' | 'over';
  /** Whole minutes left, or over. */
  readonly minutes: number;
}

/** What a promise is reckoned from: a ticket's clock and the promised time. */
export interface Promised {
  readonly clock: number;
  readonly callBy: number;
}

const NEAR_FROM_PERCENT = 80;
const MINUTE_MS = 60_000;

/** @param now the office's clock */
export function promiseUse({ clock, callBy }: Promised, now: number): PromiseUse {
  const left = callBy - now;
  const percent = Math.min(100, Math.max(0, Math.round(((now - clock) / Math.max(1, callBy - clock)) * 100)));
  if (left < 0) return { percent: 100, level: 'over', minutes: Math.ceil(-left / MINUTE_MS) };
  return { percent, level: percent >= NEAR_FROM_PERCENT ? 'near' : 'used', minutes: Math.floor(left / MINUTE_MS) };
}

/** Whole minutes since an instant. */
export function minutesSince(since: number, now: number): number {
  return Math.max(0, Math.floor((now - since) / MINUTE_MS));
}

/** Whole minutes until an instant, the begun one counted. */
export function minutesUntil(until: number, now: number): number {
  return Math.max(0, Math.ceil((until - now) / MINUTE_MS));
}
