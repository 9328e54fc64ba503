import type { CallView } from '#contract/boards.ts';

/** What the hall has been told and still has to be told. */
export interface Announcements {
  /** Calls up to this order are known. `null`: nothing was heard from this server yet. */
  readonly known: number | null;
  /** Which server the orders count for. */
  readonly bootId: string;
  /** Calls to announce, the oldest first. */
  readonly queue: readonly CallView[];
}

export const SILENCE: Announcements = { known: null, bootId: '', queue: [] };

/**
 * Takes the calls of a board. Every call is announced once, in order, however many come at once; a second call of the same
 * visitor is a call of its own. What was called before the display looked for the first time is not announced: it is old.
 */
export function heard(before: Announcements, bootId: string, calls: readonly CallView[]): Announcements {
  const newest = Math.max(0, ...calls.map(({ order }) => order));
  if (before.known === null) return { known: newest, bootId, queue: [] };
  const { known } = before;
  const fresh = calls.filter(({ order }) => order > known).sort((a, b) => a.order - b.order);
  return { known: Math.max(known, newest), bootId, queue: [...before.queue, ...fresh] };
}

/** The first announcement has been made. */
export function announced(before: Announcements): Announcements {
  return { ...before, queue: before.queue.slice(1) };
}

/** The line broke: what waits is not announced any more, it may be old when it comes back. */
export function interrupted(before: Announcements): Announcements {
  return { ...before, queue: [] };
}
