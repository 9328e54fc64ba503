import type { Answer, Fault, Refusal, Request } from '#contract/events.ts';
import type { KioskContent } from '#contract/content.ts';

/**
 * One visitor at the kiosk, from the first touch to "thank you", as a value. Every function below makes the next one;
 * nothing here knows a clock, a socket or a screen.
 *
 *   start ─▶ topics ─▶ sub-needs ─▶ leaf ─▶ ticket ─▶ thanks ─▶ start
 *                └──── a way without topic ──▲ │ ▲
 *                                         cannot┘ (the same request again)
 */
export interface Visit {
  /** Never empty; the last one is on the screen, the others are what *Back* returns to. */
  readonly trail: readonly Step[];
  /** The number that was asked for and is not answered yet: the screen is inert. */
  readonly asking: Tap | null;
  /** Why the office said no to the last request; shown at the key that asked. */
  readonly refused: Refusal | null;
}

export type Tap = Request<'ticket:issue'>;
export type Issued = Answer<'ticket:issue'>;
export type Need = KioskContent['needs'][number];

export type Step =
  | { readonly kind: 'start'; readonly page: number }
  | { readonly kind: 'topics'; readonly page: number }
  | { readonly kind: 'sub-needs'; readonly topicId: Need['id']; readonly page: number }
  | { readonly kind: 'leaf'; readonly needId: Need['id']; readonly page: number }
  | { readonly kind: 'ticket'; readonly needId: Need['id']; readonly issued: Issued; readonly page: number }
  | { readonly kind: 'cannot'; readonly tap: Tap; readonly reference: string | null; readonly page: number }
  | { readonly kind: 'thanks' };

/** How asking for a number ended. */
export type Outcome =
  | { readonly kind: 'issued'; readonly issued: Issued }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'failed'; readonly reference: Fault['reference'] | null };

const START: Step = { kind: 'start', page: 0 };

export const NOBODY: Visit = { trail: [START], asking: null, refused: null };

export function shown(visit: Visit): Step {
  return visit.trail.at(-1) ?? START;
}

/** The first touch: somebody is here. */
export function begin(visit: Visit): Visit {
  return shown(visit).kind === 'start' ? { ...NOBODY, trail: [START, { kind: 'topics', page: 0 }] } : visit;
}

/** A topic opens its sub-needs; a leaf or a way without topic opens what is to know before taking a number. */
export function choose(visit: Visit, need: Pick<Need, 'id' | 'kind'>): Visit {
  if (visit.asking) return visit;
  return need.kind === 'topic'
    ? go(visit, { kind: 'sub-needs', topicId: need.id, page: 0 })
    : go(visit, { kind: 'leaf', needId: need.id, page: 0 });
}

export function nextPage(visit: Visit): Visit {
  return visit.asking ? visit : turn(visit, 1);
}

/** One page back, else one step back. A ticket cannot be undone here, so there is no way back from it. */
export function back(visit: Visit): Visit {
  if (!canGoBack(visit)) return visit;
  if (pageOf(shown(visit)) > 0) return turn(visit, -1);
  return { trail: visit.trail.slice(0, -1), asking: null, refused: null };
}

export function canGoBack(visit: Visit): boolean {
  if (visit.asking) return false;
  const step = shown(visit);
  const isEnd = step.kind === 'start' || step.kind === 'ticket' || step.kind === 'thanks';
  return pageOf(step) > 0 || !isEnd;
}

/**
 * *Take a number* was pressed, or *Try again*. A second press while one is under way is none.
 * Trying again keeps the request id: if the first one was heard after all, its number comes back.
 */
export function press(visit: Visit, tap: Tap): Visit {
  return visit.asking ? visit : { ...visit, asking: tap, refused: null };
}

export function settle(visit: Visit, requestId: Tap['requestId'], outcome: Outcome): Visit {
  const tap = visit.asking;
  if (tap?.requestId !== requestId) return visit;
  switch (outcome.kind) {
    case 'issued':
      return {
        trail: [START, { kind: 'ticket', needId: tap.needId, issued: outcome.issued, page: 0 }],
        asking: null,
        refused: null,
      };
    case 'refused':
      return { ...onFirstPage({ ...visit, trail: beforeCannot(visit.trail) }), asking: null, refused: outcome.refusal };
    case 'failed':
      return {
        trail: [...beforeCannot(visit.trail), { kind: 'cannot', tap, reference: outcome.reference, page: 0 }],
        asking: null,
        refused: null,
      };
  }
}

/** "Done", or "I got my answer". */
export function finish(visit: Visit): Visit {
  return visit.asking ? visit : { trail: [START, { kind: 'thanks' }], asking: null, refused: null };
}

/** The page of a step; steps that never have a second page are on their first. */
export function pageOf(step: Step): number {
  return 'page' in step ? step.page : 0;
}

function go(visit: Visit, step: Step): Visit {
  return { trail: [...visit.trail, step], asking: null, refused: null };
}

function turn(visit: Visit, by: number): Visit {
  const step = shown(visit);
  if (!('page' in step)) return visit;
  return { ...visit, trail: [...visit.trail.slice(0, -1), { ...step, page: Math.max(0, step.page + by) }] };
}

/** Why the office said no stands at the top: the visitor is led back to it. */
function onFirstPage(visit: Visit): Visit {
  return turn(visit, -pageOf(shown(visit)));
}

function beforeCannot(trail: readonly Step[]): readonly Step[] {
  return trail.filter(({ kind }) => kind !== 'cannot');
}
