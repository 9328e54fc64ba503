import { unreachable } from '../../../server/basics/assert.ts';
import { conditionsOfAutomatic } from '../escpos-status.ts';
import type { PrinterReply } from '../replies.ts';
import { obstacleOf, type Condition } from '../status.ts';
import { startRound, takeAnswer } from './asking.ts';
import { clearByHand, cleared, dropAgain, giveUp, goOn, notCleared, stopFor } from './attention.ts';
import { identifyingReply, identifyingStepOver, beginIdentifying, isWell } from './identifying.ts';
import { becomeIdle, idleCleared, idleStepOver, obstacleHeard, takeJob } from './idle.ts';
import { connect, linkLost, notOpened, orphanOver, stop } from './link.ts';
import { noWait, settle, then, type Input, type Machine, type Timer, type Turn } from './machine.ts';
import { beginAssuming, beginSending, chunkLeft, endJob, isAcknowledged } from './printing.ts';

/**
 * What the driver does next: a pure function of where it is, what happened, and the time.
 *
 * @param now milliseconds of a clock that never steps back
 */
export function next(machine: Machine, input: Input, now: number): Turn {
  const { state } = machine;
  const nothing: Turn = { machine, effects: [] };
  switch (input.kind) {
    case 'start':
      return state.kind === 'stopped' ? connect(machine) : nothing;
    case 'stop':
      return stop(machine);
    case 'opened':
      return state.kind === 'connecting' ? beginIdentifying(machine, now) : nothing;
    case 'open-failed':
      return state.kind === 'connecting' ? notOpened(machine, input.reason) : nothing;
    case 'link-lost':
      return linkLost(machine, 'disconnected', input.reason);
    case 'job':
      return takeJob(machine, input.job, now);
    case 'journaled':
      return journaled(machine, input.id);
    case 'not-journaled':
      return notJournaled(machine, input.id, now);
    case 'written':
      return chunkLeft(machine, now);
    case 'clear':
      return clearedByHand(machine);
    case 'reply':
      return heardReply(machine, input.reply, now);
    case 'time':
      return timeOver(machine, input.timer, now);
    default:
      return unreachable(input);
  }
}

function journaled(machine: Machine, id: string): Turn {
  const { state } = machine;
  if (state.kind !== 'idle' || state.task?.kind !== 'journal' || state.task.job.id !== id)
    return { machine, effects: [] };
  return beginSending(machine, state.task.job);
}

function notJournaled(machine: Machine, id: string, now: number): Turn {
  const { state } = machine;
  if (state.kind !== 'idle' || state.task?.kind !== 'journal' || state.task.job.id !== id)
    return { machine, effects: [] };
  const effects = [settle(state.task.job, { state: 'not-printed', reason: 'not-journaled' })];
  return then(machine, effects, (free) => becomeIdle(free, now));
}

function clearedByHand(machine: Machine): Turn {
  switch (machine.state.kind) {
    case 'stopped':
    case 'connecting':
    case 'identifying':
      return { machine, effects: [] };
    case 'disconnected':
      return connect(machine);
    default:
      return clearByHand(machine);
  }
}

function heardReply(machine: Machine, reply: PrinterReply, now: number): Turn {
  const { state, orphan } = machine;
  const job = isAcknowledged(machine, reply);
  if (job) {
    return endJob(
      machine,
      job,
      { state: 'printed', how: reply.kind === 'process-id' ? 'process-id' : 'in-order' },
      now,
    );
  }
  if (reply.kind === 'process-id' && orphan?.processId === reply.id) return foundOrphan(machine);
  if (reply.kind === 'status') {
    const answer = takeAnswer(machine, reply.byte);
    const { conditions } = answer;
    return conditions ? then(answer.machine, answer.effects, (m) => heard(m, conditions, true, now)) : answer;
  }
  const identified =
    state.kind === 'identifying' ? identifyingReply(machine, state.step, reply, now) : { machine, effects: [] };
  if (reply.kind === 'automatic-status') {
    const conditions = conditionsOfAutomatic(reply.bytes);
    return then(identified.machine, identified.effects, (m) => heard(m, conditions, false, now));
  }
  if (reply.kind !== 'cleared' || state.kind === 'identifying') return identified;
  if (state.kind === 'idle' && state.task?.kind === 'clear') return idleCleared(machine, now);
  return cleared(machine, now);
}

/** The acknowledgement came on the new link after all. */
function foundOrphan(machine: Machine): Turn {
  const { orphan, state } = machine;
  if (!orphan) return { machine, effects: [] };
  const found: Machine = { ...machine, orphan: null, mayHold: false, halfSlip: false };
  const effects = [noWait('orphan'), settle(orphan, { state: 'printed', how: 'process-id' })];
  return state.kind === 'identifying' && state.step.kind === 'orphan'
    ? then(found, effects, isWell)
    : { machine: found, effects };
}

/** What the printer says of itself. @param byRound it was asked, so it is the answer to a pre-flight question too */
function heard(machine: Machine, conditions: readonly Condition[], byRound: boolean, now: number): Turn {
  const heardNow = noticed({ ...machine, heard: conditions });
  const { state } = heardNow;
  const obstacle = obstacleOf(conditions);
  if (obstacle) {
    return state.kind === 'attention'
      ? byRound
        ? dropAgain(heardNow)
        : { machine: heardNow, effects: [] }
      : stopFor(heardNow, obstacle);
  }
  if (state.kind === 'attention') return goOn(heardNow, now);
  if (!byRound) return { machine: heardNow, effects: [] };
  if (state.kind === 'identifying' && state.step.kind === 'status') return isWell(heardNow);
  if (state.kind === 'idle' && state.task?.kind === 'preflight') {
    const { job } = state.task;
    return {
      machine: { ...heardNow, state: { kind: 'idle', task: { kind: 'journal', job } } },
      effects: [{ kind: 'journal', job }],
    };
  }
  if (state.kind === 'awaiting-ack' && state.assuming) {
    return endJob(heardNow, state.job, { state: 'printed', how: 'assumed' }, now);
  }
  return { machine: heardNow, effects: [] };
}

/** A printer that reports low paper has the sensor for it. */
function noticed(machine: Machine): Machine {
  const { capabilities } = machine.identity;
  if (!capabilities || capabilities.nearEnd || !machine.heard.includes('paper-low')) return machine;
  return { ...machine, identity: { ...machine.identity, capabilities: { ...capabilities, nearEnd: true } } };
}

function timeOver(machine: Machine, timer: Timer, now: number): Turn {
  const { state } = machine;
  switch (timer) {
    case 'reconnect':
      return state.kind === 'disconnected' ? connect(machine) : { machine, effects: [] };
    case 'poll':
      return startRound(machine);
    case 'answer':
      return linkLost(machine, 'not-answering', 'the printer does not answer');
    case 'step':
      if (state.kind === 'identifying') return identifyingStepOver(machine, state.step, now);
      return state.kind === 'attention' ? notCleared(machine, now) : idleStepOver(machine, now);
    case 'patience':
      return giveUp(machine, obstacleHeard(machine));
    case 'deadline':
      return deadlineOver(machine, now);
    case 'assume':
      return beginAssuming(machine);
    case 'orphan':
      return orphanOver(machine);
    default:
      return unreachable(timer);
  }
}

/** The job took too long. While it is still being written the link itself is stuck. */
function deadlineOver(machine: Machine, now: number): Turn {
  const { state } = machine;
  switch (state.kind) {
    case 'sending':
      return linkLost(machine, 'not-answering', 'the printer takes no more bytes');
    case 'awaiting-ack':
      return endJob(machine, state.job, { state: 'unknown', reason: 'no-answer' }, now);
    case 'attention':
      return giveUp(machine, obstacleHeard(machine));
    default:
      return { machine, effects: [] };
  }
}
