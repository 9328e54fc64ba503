import { CLEAR_BUFFER, FLUSH_HALF_COMMAND } from '../printer-commands.ts';
import { obstacleOf, type NotPrinted } from '../status.ts';
import { startRound } from './asking.ts';
import { AGE_AT_MOST_MS, CLEAR_MS, LATE_ACK_MS, QUEUE_AT_MOST } from './limits.ts';
import { noWait, settle, andThen, wait, write, type Job, type Machine, type Turn } from './machine.ts';

/** Nothing is at the printer: drops what it may hold, andThen makes it ready for the job that waits longest. */
export function becomeIdle(machine: Machine, now: number): Turn {
  const idle: Machine = { ...machine, state: { kind: 'idle', task: null } };
  if (machine.mayHold) {
    return {
      machine: { ...idle, state: { kind: 'idle', task: { kind: 'clear' } } },
      effects: [write(CLEAR_BUFFER), wait('step', CLEAR_MS)],
    };
  }
  const tooOld = machine.queue.filter(({ since }) => now - since > AGE_AT_MOST_MS);
  const [job, ...queue] = machine.queue.filter((waiting) => !tooOld.includes(waiting));
  const effects = tooOld.map((old) => settle(old, { state: 'not-printed', reason: 'too-old' }));
  if (!job) return { machine: { ...idle, queue: [] }, effects };
  if (!machine.traits.answers) {
    const state = { kind: 'idle', task: { kind: 'journal', job } } as const;
    return { machine: { ...idle, queue, state }, effects: [...effects, { kind: 'journal', job }] };
  }
  return andThen({ ...idle, queue, state: { kind: 'idle', task: { kind: 'preflight', job } } }, effects, startRound);
}

/** A job is asked for. It waits behind others and for a connection on its way, never for a person. */
export function takeJob(machine: Machine, job: Job, now: number): Turn {
  const { state } = machine;
  const refused = (reason: NotPrinted): Turn => {
    return { machine, effects: [settle(job, { state: 'not-printed', reason })] };
  };
  if (state.kind === 'stopped') return refused('stopped');
  if (state.kind === 'attention') return refused(obstacleHeard(machine));
  const isDown = state.kind === 'disconnected' || (state.kind === 'connecting' && machine.failures > 0);
  if (isDown) return refused(machine.trouble);
  if (machine.queue.length >= QUEUE_AT_MOST) return refused('queue-full');
  const waiting: Machine = { ...machine, queue: [...machine.queue, job] };
  return state.kind === 'idle' && state.task === null ? becomeIdle(waiting, now) : { machine: waiting, effects: [] };
}

/**
 * Refuses every job of which no byte has left. Nobody waits for a printer that cannot print: the number is on the screen,
 * and a slip must not come out later.
 */
export function refuseUnsent(machine: Machine, reason: NotPrinted): Turn {
  const { state, queue } = machine;
  const task = state.kind === 'idle' ? state.task : null;
  const prepared = task?.kind === 'preflight' || task?.kind === 'journal' ? [task.job] : [];
  return {
    machine: { ...machine, queue: [], state: prepared.length > 0 ? { kind: 'idle', task: null } : state },
    effects: [...prepared, ...queue].map((job) => settle(job, { state: 'not-printed', reason })),
  };
}

/** The printer dropped what it held. */
export function idleCleared(machine: Machine, now: number): Turn {
  const cleared: Machine = { ...machine, mayHold: false };
  return andThen(cleared, [noWait('step')], (empty) => becomeIdle(empty, now));
}

/** It did not say that it dropped anything: it is made to by filling up what it may wait for, and given time. */
export function idleStepOver(machine: Machine, now: number): Turn {
  if (machine.state.kind !== 'idle') return { machine, effects: [] };
  if (machine.state.task?.kind === 'clear') {
    return {
      machine: { ...machine, state: { kind: 'idle', task: { kind: 'flush' } } },
      effects: [write(FLUSH_HALF_COMMAND), wait('step', LATE_ACK_MS)],
    };
  }
  return machine.state.task?.kind === 'flush' ? idleCleared(machine, now) : { machine, effects: [] };
}

/** What stands in the way, in a word a job can be refused with. */
export function obstacleHeard({ heard }: Machine): NotPrinted {
  return obstacleOf(heard) ?? 'offline';
}
