const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;

/**
 * The newest instant, not after now, at which the office's wall clock showed this time. The visitor took the number today,
 * or late yesterday.
 *
 * @param time `HH:MM`, as people type it: `9.05` too
 * @returns `null` when it is no time of day
 */
export function takenAt(time: string, now: number, zone: string): number | null {
  const typed = /^(?<hour>[01]?\d|2[0-3])[:.](?<minute>[0-5]\d)$/.exec(time.trim())?.groups;
  if (!typed) return null;
  const wanted = Number(typed.hour) * HOUR_MINUTES + Number(typed.minute);
  const from = now - (now % MINUTE_MS);
  const back = (minuteOf(from, zone) - wanted + DAY_MINUTES) % DAY_MINUTES;
  // In the night of a clock change the way back is an hour shorter or longer.
  const ways = [back - HOUR_MINUTES, back, back + HOUR_MINUTES].filter((minutes) => minutes >= 0);
  const found = ways.find((minutes) => minuteOf(from - minutes * MINUTE_MS, zone) === wanted) ?? back;
  return from - found * MINUTE_MS;
}

function minuteOf(at: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone });
  const [hour = '0', minute = '0'] = format.format(at).split(':');
  return Number(hour) * HOUR_MINUTES + Number(minute);
}
