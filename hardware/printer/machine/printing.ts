import { ANSWER_IN_ORDER, processIdRequest } from '../printer-commands.ts';
import type { PrinterReply } from '../replies.ts';
import type { PrintOutcome } from '../status.ts';
import { startRound } from './asking.ts';
import { becomeIdle } from './idle.ts';
import { ASSUME_MS, deadlineMs } from './limits.ts';
import { noWait, settle, andThen, wait, type Job, type Machine, type Sending, type Turn } from './machine.ts';

/** The attempt is written down: the first byte may leave. */
export function beginSending(machine: Machine, job: Job): Turn {
  const whole: Job = { ...job, chunks: [...opening(machine), ...job.chunks, ...question(machine, job)] };
  const state: Sending = { kind: 'sending', job: whole, sent: 0, inFlight: false };
  return andThen({ ...machine, state }, [wait('deadline', deadlineMs(job.bytes))], sendOn);
}

/** Sends the next chunk, or begins to wait for the end. */
export function sendOn(machine: Machine): Turn {
  const { state, traits } = machine;
  if (state.kind !== 'sending' || state.inFlight) return { machine, effects: [] };
  const chunk = state.job.chunks[state.sent];
  if (chunk) {
    const effects = [{ kind: 'write-job', bytes: chunk } as const];
    return { machine: { ...machine, state: { ...state, inFlight: true } }, effects };
  }
  const awaiting: Machine = { ...machine, state: { kind: 'awaiting-ack', job: state.job, assuming: false } };
  const mustAssume = traits.answers && machine.identity.capabilities?.acknowledges === 'nothing';
  return { machine: awaiting, effects: mustAssume ? [wait('assume', ASSUME_MS)] : [] };
}

/** A chunk has left. A file has nothing more to say. */
export function chunkLeft(machine: Machine, now: number): Turn {
  const { state } = machine;
  if (state.kind === 'attention' && typeof state.was !== 'string' && state.was.kind === 'sending') {
    const was: Sending = { ...state.was, sent: state.was.sent + 1, inFlight: false };
    return { machine: { ...machine, state: { ...state, was } }, effects: [] };
  }
  if (state.kind !== 'sending') return { machine, effects: [] };
  const turn = sendOn({ ...machine, state: { ...state, sent: state.sent + 1, inFlight: false } });
  if (machine.traits.answers || turn.machine.state.kind !== 'awaiting-ack') return turn;
  return endJob(turn.machine, state.job, { state: 'printed', how: 'assumed' }, now);
}

/** The printer says that everything before is on paper. */
export function isAcknowledged({ state, identity }: Machine, reply: PrinterReply): Job | null {
  const was = state.kind === 'attention' ? state.was : state;
  if (typeof was === 'string' || (was.kind !== 'sending' && was.kind !== 'awaiting-ack')) return null;
  if (reply.kind === 'process-id') return reply.id === was.job.processId ? was.job : null;
  if (reply.kind !== 'in-order' || identity.capabilities?.acknowledges !== 'in-order') return null;
  // Paper sensors are bits 0 to 3; anything else is no answer to this question.
  if ((reply.byte & 0xf0) !== 0) return null;
  const asked = was.kind === 'awaiting-ack' || was.sent + (was.inFlight ? 1 : 0) === was.job.chunks.length;
  return asked ? was.job : null;
}

/** The job at the printer has its outcome. What is proven printed leaves nothing behind. */
export function endJob(machine: Machine, job: Job, outcome: PrintOutcome, now: number): Turn {
  const printed = outcome.state === 'printed';
  const ended: Machine = {
    ...machine,
    mayHold: machine.traits.answers && outcome.state === 'unknown',
    halfSlip: machine.traits.answers && !printed,
    orphan: null,
  };
  const effects = [noWait('deadline', 'patience', 'assume', 'step', 'orphan'), settle(job, outcome)];
  if (machine.state.kind === 'attention') {
    return { machine: { ...ended, state: { kind: 'attention', was: 'idle', clearing: null } }, effects };
  }
  return andThen(ended, effects, (free) => becomeIdle(free, now));
}

/** Well for two seconds after the last byte: one more look, and it counts as printed. */
export function beginAssuming(machine: Machine): Turn {
  if (machine.state.kind !== 'awaiting-ack') return { machine, effects: [] };
  return startRound({ ...machine, state: { ...machine.state, assuming: true } });
}

/** The remains of a slip that was given up must not hang on the next one. */
function opening({ halfSlip, traits }: Machine): readonly Uint8Array[] {
  return halfSlip ? [traits.cutOff] : [];
}

function question({ identity }: Machine, { processId }: Job): readonly Uint8Array[] {
  switch (identity.capabilities?.acknowledges) {
    case 'process-id':
      return [processIdRequest(processId)];
    case 'in-order':
      return [ANSWER_IN_ORDER];
    default:
      return [];
  }
}
