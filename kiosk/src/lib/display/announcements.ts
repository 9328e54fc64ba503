import type { CallView } from '#contract/boards.ts';

/**
 * What the hall has been told and still has to be told. The display is a reliable listener: every call is announced
 * completely and once, in order, however many come at once; an old call is never announced as a new one.
 */
export interface Announcements {
  /** Calls up to this order are known. `null`: no board was seen yet. */
  readonly known: number | null;
  /** When the newest known call was made (epoch milliseconds). */
  readonly knownAt: number;
  /** How often staff had each of the newest calls said once more, by its order. */
  readonly repeats: ReadonlyMap<number, number>;
  /** Calls that a lost line kept from being told completely, by their order. */
  readonly untold: ReadonlySet<number>;
  /** Calls to announce, the oldest first. */
  readonly queue: readonly CallView[];
  /** The call being announced. */
  readonly current: CallView | null;
}

export const SILENCE: Announcements = {
  known: null,
  knownAt: 0,
  repeats: new Map(),
  untold: new Set(),
  queue: [],
  current: null,
};

/**
 * Takes the calls of a board. A second call of the same visitor is a call of its own. What was called before the display
 * looked for the first time is old; after a gap only those are announced who are still awaited. A call that staff have
 * repeated is announced again, while it is still awaited; one that they took back before its turn is not announced.
 *
 * @param afterGap the first board since the line was lost
 */
export function heard(before: Announcements, calls: readonly CallView[], afterGap: boolean): Announcements {
  const newest = Math.max(0, ...calls.map(({ order }) => order));
  const knownAt = Math.max(before.knownAt, ...calls.map(({ at }) => at));
  const repeats = new Map(calls.map(({ order, repeats: times }) => [order, times]));
  const now = { ...before, known: newest, knownAt, repeats, untold: new Set<number>() };
  if (before.known === null) return now;
  const { known, untold } = before;
  // An office that was set back, or set up anew, counts from a lower order: then the clock tells what is new.
  const isNew = newest < known ? ({ at }: CallView) => at > before.knownAt : ({ order }: CallView) => order > known;
  const isRepeated = ({ order, repeats: times, current }: CallView) =>
    current && times > (before.repeats.get(order) ?? times);
  const isCut = ({ order, current }: CallView) => current && newest >= known && untold.has(order);
  const fresh = calls
    .filter((call) => (isNew(call) ? call.current || !afterGap : isRepeated(call) || isCut(call)))
    .toSorted((a, b) => a.order - b.order);
  return { ...now, queue: [...before.queue.filter((call) => !isTakenBack(call, calls)), ...fresh] };
}

/** The visitor is no longer called, or only as they were before. What a board is too short for is not known to be so. */
function isTakenBack({ number, order }: CallView, calls: readonly CallView[]): boolean {
  const newest = calls.find((call) => call.number === number);
  if (newest) return newest.order < order;
  return calls.length === 0 || calls.some((call) => call.order < order);
}

/** The next call gets the plate, when it is free. */
export function begun(before: Announcements): Announcements {
  const [next, ...queue] = before.queue;
  return before.current || !next ? before : { ...before, current: next, queue };
}

/** The announcement was made completely. */
export function ended(before: Announcements): Announcements {
  return { ...before, current: null };
}

/** The line broke. What was not announced completely is not known to the hall: it is looked at again when the line is back. */
export function interrupted(before: Announcements): Announcements {
  const cut = [...(before.current ? [before.current] : []), ...before.queue].map(({ order }) => order);
  return { ...before, untold: new Set([...before.untold, ...cut]), queue: [], current: null };
}
