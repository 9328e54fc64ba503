import type { CurrentTicket, DeskBoard } from '#contract/boards.ts';

export type Verb =
  'callNext' | 'recall' | 'begin' | 'finish' | 'noShow' | 'park' | 'transfer' | 'triage' | 'note' | 'withdraw';

/** Why a verb is off; `null`: it is on. */
export type Off =
  | null
  | { readonly why: 'finishFirst'; readonly number: string }
  | { readonly why: 'nobody' | 'paused' | 'callAgainFirst' | 'none' }
  | { readonly why: 'recallAt'; readonly at: number };

/** Which verbs are on at a desk and why the others are not. A verb that is off keeps its place. */
export function verbsOf(board: DeskBoard, now: number): Readonly<Record<Verb, Off>> {
  const { current, next, me } = board;
  const nobodyHere: Off = current ? null : { why: 'none' };
  return {
    callNext: current
      ? { why: 'finishFirst', number: current.number }
      : me.pause
        ? { why: 'paused' }
        : next
          ? null
          : { why: 'nobody' },
    recall: recallOff(current, now),
    begin: current?.state === 'called' ? null : { why: 'none' },
    finish: nobodyHere,
    noShow: noShowOff(current),
    park: nobodyHere,
    transfer: nobodyHere,
    triage: nobodyHere,
    note: nobodyHere,
    withdraw: nobodyHere,
  };
}

/** The one verb that is filled: what most people do next. */
export function mainVerb({ current }: DeskBoard): 'callNext' | 'begin' | 'finish' {
  if (!current) return 'callNext';
  return current.state === 'called' ? 'begin' : 'finish';
}

function recallOff(current: CurrentTicket | null, now: number): Off {
  if (current?.state !== 'called') return { why: 'none' };
  if (current.calls >= current.callsRequired) return { why: 'none' };
  return now < current.recallFrom ? { why: 'recallAt', at: current.recallFrom } : null;
}

function noShowOff(current: CurrentTicket | null): Off {
  if (current?.state !== 'called') return { why: 'none' };
  return current.calls < current.callsRequired ? { why: 'callAgainFirst' } : null;
}
