import type { PrinterReply } from '../replies.ts';
import type { Capabilities, Condition, Identity, PrintOutcome } from '../status.ts';

/** A job as the machine handles it. */
export interface Job {
  readonly id: string;
  /** Four signs by which the printer acknowledges it. */
  readonly processId: string;
  /** Whole commands each, in order. */
  readonly chunks: readonly Uint8Array[];
  readonly bytes: number;
  /** When it was asked for (milliseconds of a clock that never steps back). */
  readonly since: number;
}

/**
 * Where the driver is.
 *
 *   stopped ─▶ connecting ◀─▶ disconnected ◀── link lost, or silence (from everywhere)
 *                  └─▶ identifying ─▶ idle ─▶ sending ─▶ awaiting-ack ─▶ idle
 *                           └────────┴─────────┴──────────┴──▶ attention ─▶ back, or idle without the job
 */
export type State =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'disconnected' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'identifying'; readonly step: Step }
  | { readonly kind: 'idle'; readonly task: Task | null }
  | Sending
  | { readonly kind: 'awaiting-ack'; readonly job: Job; readonly assuming: boolean }
  | Attention;

export interface Sending {
  readonly kind: 'sending';
  readonly job: Job;
  /** Chunks that have left. */
  readonly sent: number;
  readonly inFlight: boolean;
}

/** Something stands in the way that a person, or time, must mend. */
export interface Attention {
  readonly kind: 'attention';
  readonly was: 'identifying' | 'idle' | Sending | { readonly kind: 'awaiting-ack'; readonly job: Job };
  /** Set once the job is given up and the printer told to drop it: why. */
  readonly clearing: Extract<PrintOutcome, { state: 'not-printed' }>['reason'] | null;
}

/** What is done between connecting and being idle, in this order. */
export type Step =
  | { readonly kind: 'status' }
  /** The link was lost in the middle of a job: its acknowledgement may still come. */
  | { readonly kind: 'orphan' }
  | { readonly kind: 'clear' }
  | { readonly kind: 'flush' }
  | { readonly kind: 'information'; readonly told: readonly string[] }
  | { readonly kind: 'process-id' }
  | { readonly kind: 'in-order' }
  | { readonly kind: 'automatic-status' };

/** What an idle printer is being made ready for. */
export type Task =
  | { readonly kind: 'preflight'; readonly job: Job }
  | { readonly kind: 'journal'; readonly job: Job }
  | { readonly kind: 'clear' }
  | { readonly kind: 'flush' };

/** What is known before anything is asked. */
export interface Traits {
  /** Whether anything can be heard: not from a file. */
  readonly answers: boolean;
  readonly asksProcessId: boolean;
  readonly asksIdentity: boolean;
  readonly nativeQr: boolean;
  readonly profile: string;
  /** Cuts off what an ended job may have left in the printer's mouth. */
  readonly cutOff: Uint8Array;
}

export interface Machine {
  readonly traits: Traits;
  readonly state: State;
  /** What the printer said last. */
  readonly heard: readonly Condition[];
  /** Answers of the round of status requests under way. */
  readonly round: readonly number[] | null;
  readonly queue: readonly Job[];
  /** The link was lost under this job, and its end may still be heard of. */
  readonly orphan: Job | null;
  /** A job may lie unprinted in the printer: it is dropped before anything else. */
  readonly mayHold: boolean;
  /** A slip begun may hang in the printer's mouth: it is cut off before the next. */
  readonly halfSlip: boolean;
  readonly identity: Identity;
  readonly failures: number;
  readonly trouble: 'disconnected' | 'not-answering';
  readonly lastError: string | null;
}

export type Timer = 'reconnect' | 'poll' | 'answer' | 'step' | 'deadline' | 'patience' | 'assume' | 'orphan';

export type Input =
  | { readonly kind: 'start' | 'stop' | 'clear' | 'opened' }
  | { readonly kind: 'open-failed' | 'link-lost'; readonly reason: string }
  | { readonly kind: 'reply'; readonly reply: PrinterReply }
  /** A chunk of the job has left. */
  | { readonly kind: 'written' }
  | { readonly kind: 'job'; readonly job: Job }
  | { readonly kind: 'journaled' | 'not-journaled'; readonly id: string }
  | { readonly kind: 'time'; readonly timer: Timer };

/** What the shell does for the machine. */
export type Effect =
  | { readonly kind: 'open' | 'close' | 'forget-timers' }
  | { readonly kind: 'write'; readonly bytes: Uint8Array }
  /** Answered by `written`. */
  | { readonly kind: 'write-job'; readonly bytes: Uint8Array }
  | { readonly kind: 'wait'; readonly timer: Timer; readonly ms: number }
  | { readonly kind: 'no-wait'; readonly timers: readonly Timer[] }
  /** Answered by `journaled` or `not-journaled`. */
  | { readonly kind: 'journal'; readonly job: Job }
  | { readonly kind: 'settle'; readonly job: Job; readonly outcome: PrintOutcome }
  | { readonly kind: 'expect'; readonly automaticStatus: boolean; readonly information: boolean };

export interface Turn {
  readonly machine: Machine;
  readonly effects: readonly Effect[];
}

const NOTHING_KNOWN: Capabilities | null = null;

export function newMachine(traits: Traits): Machine {
  const { profile } = traits;
  return {
    traits,
    state: { kind: 'stopped' },
    heard: [],
    round: null,
    queue: [],
    orphan: null,
    // The process before this one may have left a job there.
    mayHold: traits.answers,
    halfSlip: false,
    identity: { maker: '', model: '', firmware: '', serial: '', profile, capabilities: NOTHING_KNOWN },
    failures: 0,
    trouble: 'disconnected',
    lastError: null,
  };
}

/** The job at the printer, from its first byte to its outcome. */
export function jobAtPrinter({ state, orphan }: Machine): Job | null {
  switch (state.kind) {
    case 'sending':
    case 'awaiting-ack':
      return state.job;
    case 'attention':
      return typeof state.was === 'string' ? orphan : state.was.job;
    default:
      return orphan;
  }
}

/** A turn that does these things and then whatever `after` does. */
export function andThen(machine: Machine, effects: readonly Effect[], after: (machine: Machine) => Turn): Turn {
  const turn = after(machine);
  return { machine: turn.machine, effects: [...effects, ...turn.effects] };
}

export function settle(job: Job, outcome: PrintOutcome): Effect {
  return { kind: 'settle', job, outcome };
}

export function write(bytes: Uint8Array): Effect {
  return { kind: 'write', bytes };
}

export function wait(timer: Timer, ms: number): Effect {
  return { kind: 'wait', timer, ms };
}

export function noWait(...timers: readonly Timer[]): Effect {
  return { kind: 'no-wait', timers };
}
