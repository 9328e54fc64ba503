import { conditionsOf, type StatusBytes } from '../escpos-status.ts';
import { statusRequest } from '../printer-commands.ts';
import type { Condition } from '../status.ts';
import { ANSWER_MS, POLL_MS, silenceMs } from './limits.ts';
import { jobAtPrinter, noWait, wait, write, type Machine, type Turn } from './machine.ts';

/** Asks the first of the four real-time questions, unless a round is under way. One is outstanding at a time. */
export function startRound(machine: Machine): Turn {
  if (machine.round || !machine.traits.answers) return { machine, effects: [] };
  return {
    machine: { ...machine, round: [] },
    effects: [write(statusRequest(1)), wait('answer', answerMs(machine))],
  };
}

/**
 * Takes one answer and asks the next question. An answer nobody waits for means the round was out of step: it is asked anew.
 *
 * @returns `conditions` once the round is complete
 */
export function takeAnswer(
  machine: Machine,
  byte: number,
): Turn & { readonly conditions: readonly Condition[] | null } {
  const { round } = machine;
  if (!round) return { ...startRound(machine), conditions: null };
  const answers = [...round, byte];
  const nextRequest = ([2, 3, 4] as const)[answers.length - 1];
  if (nextRequest !== undefined) {
    const effects = [write(statusRequest(nextRequest)), wait('answer', answerMs(machine))];
    return { machine: { ...machine, round: answers }, effects, conditions: null };
  }
  const effects = [noWait('answer'), wait('poll', POLL_MS)];
  const [offline = 0, cause = 0, error = 0, paper = 0] = answers;
  const all: StatusBytes = [offline, cause, error, paper];
  return { machine: { ...machine, round: null }, effects, conditions: conditionsOf(all) };
}

function answerMs(machine: Machine): number {
  const job = jobAtPrinter(machine);
  return job && machine.state.kind !== 'identifying' ? silenceMs(job.bytes) : ANSWER_MS;
}
