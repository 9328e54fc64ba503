import { later, type EpochMs } from './ids.ts';

/** An instant as the office's wall clock shows it. */
export interface LocalTime {
  /** `YYYY-MM-DD` */
  readonly day: string;
  /** Monday 0 to Sunday 6. */
  readonly weekday: number;
  /** Minutes since midnight by the wall clock. */
  readonly minute: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** @param zone IANA name, for instance `Europe/Tallinn` */
export function localTime(at: EpochMs, zone: string): LocalTime {
  const local = new Date(at + offsetMs(at, zone));
  return {
    day: local.toISOString().slice(0, 10),
    weekday: (local.getUTCDay() + 6) % 7,
    minute: local.getUTCHours() * 60 + local.getUTCMinutes(),
  };
}

/** The office day an instant belongs to, `YYYY-MM-DD`. */
export function localDay(at: EpochMs, zone: string): string {
  return localTime(at, zone).day;
}

/**
 * The instant when the wall clock shows `HH:MM` on a day.
 *
 * An hour that comes twice (October) means its first passing; one that is skipped (March) means the moment of the skip
 * plus the minutes past it, so that opening hours never vanish.
 */
export function instantOf(day: string, time: string, zone: string): EpochMs {
  const wall = Date.parse(`${day}T${time}:00Z`);
  const before = wall - offsetMs((wall - DAY_MS) as EpochMs, zone);
  const after = wall - offsetMs((wall + DAY_MS) as EpochMs, zone);
  const candidates = [before, after].filter((at) => at + offsetMs(at as EpochMs, zone) === wall);
  return Math.min(...(candidates.length > 0 ? candidates : [before])) as EpochMs;
}

/** The day after, by the calendar. */
export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}

/** The day before, by the calendar. */
export function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
}

/** Monday 0 to Sunday 6. */
export function weekdayOf(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** The next instant at which a new local day begins. */
export function nextMidnight(at: EpochMs, zone: string): EpochMs {
  return instantOf(dayAfter(localDay(at, zone)), '00:00', zone);
}

const formats = new Map<string, Intl.DateTimeFormat>();
/** Offsets change only on full quarter hours, so one answer serves for fifteen minutes. */
const QUARTER_MS = 15 * MINUTE_MS;
let known: { zone: string; quarter: number; offset: number } = { zone: '', quarter: -1, offset: 0 };

/** How far the wall clock is ahead of UTC (milliseconds). */
function offsetMs(at: EpochMs, zone: string): number {
  const quarter = Math.floor(at / QUARTER_MS);
  if (known.zone !== zone || known.quarter !== quarter) {
    known = { zone, quarter, offset: wallClock(later(at, 0), zone) - Math.floor(at / 1000) * 1000 };
  }
  return known.offset;
}

/** The wall clock's reading, written as if it were UTC (milliseconds, whole seconds). */
function wallClock(at: EpochMs, zone: string): number {
  const parts = Object.fromEntries(
    format(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return Date.parse(
    `${String(parts.year)}-${String(parts.month)}-${String(parts.day)}T${String(parts.hour)}:${String(parts.minute)}:${String(parts.second)}Z`,
  );
}

function format(zone: string): Intl.DateTimeFormat {
  const made =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  formats.set(zone, made);
  return made;
}
