import { CLEAR_BUFFER, LEAVE_ERROR } from '../printer-commands.ts';
import { obstacleOf, type Condition, type NotPrinted } from '../status.ts';
import { startRound } from './asking.ts';
import { becomeIdle, refuseUnsent } from './idle.ts';
import { isWell } from './identifying.ts';
import { ASSUME_MS, CLEAR_MS, patienceMs } from './limits.ts';
import {
  noWait,
  andThen,
  wait,
  write,
  type Attention,
  type Effect,
  type Machine,
  type State,
  type Turn,
} from './machine.ts';
import { endJob, sendOn } from './printing.ts';

type Obstacle = Exclude<Condition, 'ok' | 'paper-low'>;

/** Something stands in the way. A job being printed waits a little; all others are refused at once. */
export function stopFor(machine: Machine, obstacle: Obstacle): Turn {
  const { state } = machine;
  const was = interrupted(state);
  if (was === null) return { machine, effects: [] };
  const refused = refuseUnsent(machine, obstacle);
  const effects: Effect[] = [noWait('step', 'assume'), ...refused.effects];
  if (typeof was !== 'string') effects.push(wait('patience', patienceMs(obstacle)));
  return { machine: { ...refused.machine, state: { kind: 'attention', was, clearing: null } }, effects };
}

/** Nothing stands in the way any more. */
export function goOn(machine: Machine, now: number): Turn {
  const { state } = machine;
  if (state.kind !== 'attention' || state.clearing) return { machine, effects: [] };
  const { was } = state;
  if (was === 'identifying') return isWell(machine);
  if (was === 'idle') {
    const known = machine.identity.capabilities !== null;
    return known ? becomeIdle(machine, now) : isWell(machine);
  }
  if (was.kind === 'sending') return andThen({ ...machine, state: was }, [noWait('patience')], sendOn);
  const mustAssume = machine.identity.capabilities?.acknowledges === 'nothing';
  return {
    machine: { ...machine, state: { ...was, assuming: false } },
    effects: [noWait('patience'), ...(mustAssume ? [wait('assume', ASSUME_MS)] : [])],
  };
}

/** Gives up the job at the printer: it is told to drop it, and its answer is the proof. */
export function giveUp(machine: Machine, reason: NotPrinted): Turn {
  const was = interrupted(machine.state);
  if (was === null || typeof was === 'string') return { machine, effects: [] };
  const state: Attention = { kind: 'attention', was, clearing: reason };
  return {
    machine: { ...machine, state },
    effects: [noWait('patience', 'deadline', 'assume'), write(CLEAR_BUFFER), wait('step', CLEAR_MS)],
  };
}

/** The printer dropped what it held. */
export function cleared(machine: Machine, now: number): Turn {
  const { state } = machine;
  if (state.kind !== 'attention') return { machine, effects: [] };
  if (!state.clearing || typeof state.was === 'string') return { machine: { ...machine, mayHold: false }, effects: [] };
  const turn = endJob(machine, state.was.job, { state: 'not-printed', reason: state.clearing }, now);
  return lookAround(turn, now);
}

/** It did not say so: nobody knows what becomes of the job. */
export function notCleared(machine: Machine, now: number): Turn {
  const { state } = machine;
  if (state.kind !== 'attention' || !state.clearing || typeof state.was === 'string') return { machine, effects: [] };
  return lookAround(endJob(machine, state.was.job, { state: 'unknown', reason: 'no-answer' }, now), now);
}

/** A person wants the printer to drop everything and try again. */
export function clearByHand(machine: Machine): Turn {
  const refused = refuseUnsent(machine, 'cleared');
  const leave = machine.heard.includes('cutter-error') ? [write(LEAVE_ERROR)] : [];
  const given = giveUp(refused.machine, 'cleared');
  if (given.effects.length > 0)
    return { machine: given.machine, effects: [...refused.effects, ...given.effects, ...leave] };
  return andThen(refused.machine, [...refused.effects, write(CLEAR_BUFFER), ...leave], startRound);
}

/** In attention with an older job unproven: told again and again to drop it, so that it cannot come out late. */
export function dropAgain(machine: Machine): Turn {
  const { state, mayHold } = machine;
  const effects = state.kind === 'attention' && !state.clearing && typeof state.was === 'string' && mayHold;
  return { machine, effects: effects ? [write(CLEAR_BUFFER)] : [] };
}

function lookAround(turn: Turn, now: number): Turn {
  if (obstacleOf(turn.machine.heard)) return turn;
  return andThen(turn.machine, turn.effects, (machine) => goOn(machine, now));
}

/** What an obstacle interrupts; `null`: nothing that it could. */
function interrupted(state: State): Attention['was'] | null {
  switch (state.kind) {
    case 'identifying':
    case 'idle':
      return state.kind;
    case 'sending':
      return state;
    case 'awaiting-ack':
      return { kind: 'awaiting-ack', job: state.job };
    case 'attention':
      return state.clearing ? null : state.was;
    default:
      return null;
  }
}
