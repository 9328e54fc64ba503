import { conditionsOfAutomatic } from '../escpos-status.ts';
import type { PrinterReply } from '../replies.ts';
import { obstacleOf, type Condition } from '../status.ts';
import { takeAnswer } from './asking.ts';
import { cleared, dropAgain, goOn, stopFor } from './attention.ts';
import { identifyingReply, isWell } from './identifying.ts';
import { idleCleared } from './idle.ts';
import { noWait, settle, andThen, type Machine, type Turn } from './machine.ts';
import { endJob, isAcknowledged } from './printing.ts';

/** What the printer said, whatever it belongs to. */
export function heardReply(machine: Machine, reply: PrinterReply, now: number): Turn {
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
    return conditions ? andThen(answer.machine, answer.effects, (m) => heard(m, conditions, true, now)) : answer;
  }
  const identified =
    state.kind === 'identifying' ? identifyingReply(machine, state.step, reply, now) : { machine, effects: [] };
  if (reply.kind === 'automatic-status') {
    const conditions = conditionsOfAutomatic(reply.bytes);
    return andThen(identified.machine, identified.effects, (m) => heard(m, conditions, false, now));
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
    ? andThen(found, effects, isWell)
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
