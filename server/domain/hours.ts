import type { EpochMs } from './ids.ts';
import { dayAfter, dayBefore, instantOf, localTime, weekdayOf } from './local-time.ts';
import type { Hours, Interval } from './plan.ts';

/** How far ahead the office looks for its next opening (days). */
const LOOK_AHEAD_DAYS = 366;

/** Open or closed at an instant, and when that changes; `null` when it does not within a year. */
export interface Opening {
  readonly open: boolean;
  readonly changesAt: EpochMs | null;
}

/** Whether these hours are open, and until when. Hours are wall-clock hours: on a day with a clock change they keep their names. */
export function openingAt(hours: Hours, at: EpochMs, zone: string): Opening {
  if (hours.kind === 'always') return { open: true, changesAt: null };
  const answered = known.get(hours);
  if (answered && answered.zone === zone && at >= answered.at && at < (answered.opening.changesAt ?? 0)) {
    return answered.opening;
  }
  const opening = foundOpening(hours, at, zone);
  known.set(hours, { zone, at, opening });
  return opening;
}

/** The last answer for each hours: it stays true until it says it changes, and is asked for with every ticket. */
const known = new WeakMap<Hours, { readonly zone: string; readonly at: EpochMs; readonly opening: Opening }>();

function foundOpening(hours: Extract<Hours, { kind: 'weekly' }>, at: EpochMs, zone: string): Opening {
  const { day } = localTime(at, zone);
  for (const { from, until } of spans(hours, day, zone)) {
    if (at < from) return { open: false, changesAt: from };
    if (at < until) return { open: true, changesAt: until };
  }
  return { open: false, changesAt: null };
}

/**
 * When the last office day that is over ended: the end of the last interval of a local day, unless the next day goes
 * straight on. `null` for an office that never closes, or has not been open for a year.
 */
export function lastDayEnd(hours: Hours, at: EpochMs, zone: string): EpochMs | null {
  if (hours.kind === 'always') return null;
  let { day } = localTime(at, zone);
  for (let i = 0; i < LOOK_AHEAD_DAYS; i++, day = dayBefore(day)) {
    const last = intervalsOn(hours, day).at(-1);
    const end = last && untilInstant(day, last.until, zone);
    if (end !== undefined && end <= at && !goesOn(hours, end, day, zone)) return end;
  }
  return null;
}

/** Whether the day after opens at the very end of this one. */
function goesOn(hours: Extract<Hours, { kind: 'weekly' }>, end: EpochMs, day: string, zone: string): boolean {
  const first = intervalsOn(hours, dayAfter(day))[0];
  return first !== undefined && instantOf(dayAfter(day), first.from, zone) === end;
}

/** Intervals of this day on, as instants; those that touch are one. */
function* spans(
  hours: Extract<Hours, { kind: 'weekly' }>,
  first: string,
  zone: string,
): Generator<{ from: EpochMs; until: EpochMs }> {
  let held: { from: EpochMs; until: EpochMs } | null = null;
  let day = first;
  for (let i = 0; i < LOOK_AHEAD_DAYS; i++, day = dayAfter(day)) {
    for (const interval of intervalsOn(hours, day)) {
      const span = { from: instantOf(day, interval.from, zone), until: untilInstant(day, interval.until, zone) };
      if (held && span.from <= held.until) held = { from: held.from, until: span.until };
      else {
        if (held) yield held;
        held = span;
      }
    }
  }
  if (held) yield held;
}

/** The intervals of one local day, in order. */
export function intervalsOn(hours: Extract<Hours, { kind: 'weekly' }>, day: string): readonly Interval[] {
  return hours.exceptions[day] ?? hours.week[weekdayOf(day)] ?? [];
}

/** `24:00` is the end of the day. */
function untilInstant(day: string, until: string, zone: string): EpochMs {
  return until === '24:00' ? instantOf(dayAfter(day), '00:00', zone) : instantOf(day, until, zone);
}
