import type { HidProblem } from './hid-port.ts';

/** How it stands with a device that is wanted. */
export type HidStatus = 'absent' | 'opening' | 'ready' | 'denied' | 'error';

/** A wanted device is kept open as long as it is plugged in; this is what is known of it. */
export interface Hold {
  readonly status: HidStatus;
  /** The path it has now; `null`: not plugged in. */
  readonly path: string | null;
  /** Openings in a row that failed. */
  readonly failures: number;
  readonly lastError: string | null;
}

export type HoldInput =
  /** What is plugged in has been looked at; `null`: it is not among it. */
  | { readonly kind: 'seen'; readonly path: string | null }
  | { readonly kind: 'opened' }
  | { readonly kind: 'not-opened'; readonly problem: HidProblem }
  | { readonly kind: 'lost'; readonly reason: string }
  | { readonly kind: 'retry' };

export type HoldEffect =
  | { readonly kind: 'open'; readonly path: string }
  | { readonly kind: 'close' }
  /** Asks for a `retry` after so many milliseconds, instead of any asked for before. */
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'no-wait' };

export interface HoldTurn {
  readonly hold: Hold;
  readonly effects: readonly HoldEffect[];
}

export const NOT_HELD: Hold = { status: 'absent', path: null, failures: 0, lastError: null };

/** udev sets the permissions of a device a moment after it appears, so the first retry comes soon (milliseconds). */
const BACK_OFF_MS = [500, 1_000, 2_000, 5_000, 15_000] as const;

export function retryMs(failures: number): number {
  return BACK_OFF_MS[Math.min(failures, BACK_OFF_MS.length) - 1] ?? 500;
}

/** Decides what follows; does nothing itself. */
export function nextHold(hold: Hold, input: HoldInput): HoldTurn {
  switch (input.kind) {
    case 'seen':
      return seen(hold, input.path);
    case 'opened':
      if (hold.status !== 'opening') return { hold, effects: [{ kind: 'close' }] };
      return { hold: { ...hold, status: 'ready', failures: 0, lastError: null }, effects: [{ kind: 'no-wait' }] };
    case 'not-opened':
      return hold.status === 'opening' ? troubled(hold, input.problem) : { hold, effects: [] };
    case 'lost':
      return hold.status === 'ready' ? troubled(hold, { kind: 'failed', reason: input.reason }) : { hold, effects: [] };
    case 'retry':
      return hold.path === null || hold.status === 'ready' || hold.status === 'opening'
        ? { hold, effects: [] }
        : opening(hold, hold.path);
  }
}

function seen(hold: Hold, path: string | null): HoldTurn {
  if (path === hold.path) return { hold, effects: [] };
  if (path === null)
    return { hold: { ...NOT_HELD, lastError: hold.lastError }, effects: [{ kind: 'no-wait' }, { kind: 'close' }] };
  const turn = opening({ ...hold, failures: 0 }, path);
  return hold.path === null ? turn : { ...turn, effects: [{ kind: 'close' }, ...turn.effects] };
}

function opening(hold: Hold, path: string): HoldTurn {
  return { hold: { ...hold, path, status: 'opening' }, effects: [{ kind: 'no-wait' }, { kind: 'open', path }] };
}

function troubled(hold: Hold, { kind, reason }: HidProblem): HoldTurn {
  const failures = hold.failures + 1;
  const status = kind === 'denied' ? 'denied' : 'error';
  return {
    hold: { ...hold, status, failures, lastError: reason },
    effects: [{ kind: 'close' }, { kind: 'wait', ms: retryMs(failures) }],
  };
}
