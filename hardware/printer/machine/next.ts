import { unreachable } from '#basics/assert.ts';
import { startRound } from './asking.ts';
import { clearByHand, giveUp, notCleared } from './attention.ts';
import { heardReply } from './hearing.ts';
import { beginIdentifying, identifyingStepOver } from './identifying.ts';
import { becomeIdle, idleStepOver, obstacleHeard, takeJob } from './idle.ts';
import { connect, linkLost, notOpened, orphanOver, stop } from './link.ts';
import { settle, andThen, type Input, type Machine, type Timer, type Turn } from './machine.ts';
import { beginAssuming, beginSending, chunkLeft, endJob } from './printing.ts';

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
  return andThen(machine, effects, (free) => becomeIdle(free, now));
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
