import type { CurrentTicket, DeskBoard } from '#contract/boards.ts';

/** What can be done at a desk with the visitor there, or with the desk itself. */
export type Verb =
  | 'callNext'
  | 'recall'
  | 'begin'
  | 'finish'
  | 'noShow'
  | 'park'
  | 'transfer'
  | 'triage'
  | 'note'
  | 'withdraw'
  | 'pause'
  | 'resume';

/** The one filled key: what most people do next. */
export type MainVerb = 'callNext' | 'begin' | 'finish' | 'resume';

/** Why a verb is off; `null`: it is on. `none`: nobody would expect it to be on. */
export type Off =
  | null
  | { readonly why: 'finishFirst'; readonly number: string }
  | { readonly why: 'resolutionFirst' | 'nobody' | 'paused' | 'callAgainFirst' | 'calledEnough' | 'orderOnly' | 'none' }
  | { readonly why: 'recallAt'; readonly at: number };

const NONE = { why: 'none' } as const;

/**
 * Which verbs are on at a desk and why the others are not. A verb that is off keeps its place.
 *
 * @param resolution how the service ended, as far as chosen
 */
export function verbsOf(board: DeskBoard, now: number, resolution: string | null): Readonly<Record<Verb, Off>> {
  const { current, me } = board;
  const visitor = current ? null : NONE;
  return {
    callNext: callOff(board) ?? (board.next ? null : { why: 'nobody' }),
    recall: recallOff(current, now),
    begin: current?.state === 'called' ? null : NONE,
    finish: visitor ?? finishOff(board, resolution),
    noShow: noShowOff(current),
    park: visitor,
    transfer: visitor,
    triage: visitor,
    note: visitor,
    withdraw: visitor,
    pause: me.deskId === null || me.pause ? NONE : null,
    resume: me.pause ? null : NONE,
  };
}

/** Whether a particular waiting or parked ticket can be called to this desk now. */
export function pickOff(board: DeskBoard, ticketId: string): Off {
  if (board.me.deskId === null) return NONE;
  const busy = callOff(board);
  if (busy) return busy;
  return board.mayCallOutOfOrder || board.next?.ticketId === ticketId ? null : { why: 'orderOnly' };
}

export function mainVerb({ current, me }: DeskBoard): MainVerb {
  if (!current) return me.pause ? 'resume' : 'callNext';
  return current.state === 'called' ? 'begin' : 'finish';
}

function callOff({ current, me }: DeskBoard): Off {
  if (current) return { why: 'finishFirst', number: current.number };
  return me.pause ? { why: 'paused' } : null;
}

/** The office may insist on a result; whoever is only called is served first. */
function finishOff({ current, resolutionRequired }: DeskBoard, resolution: string | null): Off {
  return current?.state === 'serving' && resolutionRequired && resolution === null ? { why: 'resolutionFirst' } : null;
}

function recallOff(current: CurrentTicket | null, now: number): Off {
  if (current?.state !== 'called') return NONE;
  if (current.calls >= current.callsRequired) return { why: 'calledEnough' };
  return now < current.recallFrom ? { why: 'recallAt', at: current.recallFrom } : null;
}

function noShowOff(current: CurrentTicket | null): Off {
  if (current?.state !== 'called') return NONE;
  return current.calls < current.callsRequired ? { why: 'callAgainFirst' } : null;
}
