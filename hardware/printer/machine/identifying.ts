import {
  ANSWER_IN_ORDER,
  AUTOMATIC_STATUS_OFF,
  AUTOMATIC_STATUS_ON,
  CLEAR_BUFFER,
  FLUSH_HALF_COMMAND,
  informationRequest,
  processIdRequest,
} from '../printer-commands.ts';
import type { PrinterReply } from '../replies.ts';
import type { Capabilities } from '../status.ts';
import { startRound } from './asking.ts';
import { becomeIdle } from './idle.ts';
import { AUTOMATIC_STATUS_MS, CLEAR_MS, IN_ORDER_MS, INFORMATION_MS, LATE_ACK_MS, PROCESS_ID_MS } from './limits.ts';
import { orphanOver } from './link.ts';
import { noWait, andThen, wait, write, type Effect, type Machine, type Step, type Turn } from './machine.ts';

/** Sent along with nothing to print: a printer that knows process ids answers with it. */
const PROBE = '~~~~';
const INFORMATION = ['maker', 'model', 'firmware', 'serial'] as const;

/** The link is open: is anybody there? */
export function beginIdentifying(machine: Machine, now: number): Turn {
  if (!machine.traits.answers) {
    return becomeIdle(knowing({ ...machine, failures: 0 }, { automaticStatus: false, acknowledges: 'nothing' }), now);
  }
  const effects: Effect[] = [
    { kind: 'expect', automaticStatus: false, information: false },
    write(AUTOMATIC_STATUS_OFF),
  ];
  return andThen(at({ ...machine, round: null }, { kind: 'status' }), effects, startRound);
}

/** It answers and is well. What an older job left there goes first; only then is it asked what it can do. */
export function isWell(machine: Machine): Turn {
  if (machine.orphan) return { machine: at(machine, { kind: 'orphan' }), effects: [wait('step', LATE_ACK_MS)] };
  if (machine.mayHold) {
    return { machine: at(machine, { kind: 'clear' }), effects: [write(CLEAR_BUFFER), wait('step', CLEAR_MS)] };
  }
  return askInformation(machine, []);
}

/** An answer to a step. Answers to other steps change nothing. */
export function identifyingReply(machine: Machine, step: Step, reply: PrinterReply, now: number): Turn {
  switch (step.kind) {
    case 'clear':
      return reply.kind === 'cleared' ? flush(machine, lateAnswerMs(machine)) : { machine, effects: [] };
    case 'information':
      if (reply.kind !== 'information') break;
      return askInformation(machine, [...step.told, reply.text]);
    case 'process-id':
      if (reply.kind !== 'process-id' || reply.id !== PROBE) break;
      return askAutomaticStatus(machine);
    case 'in-order':
      if (reply.kind !== 'in-order') break;
      return done(knowing(machine, { automaticStatus: false, acknowledges: 'in-order' }), [], now);
    case 'automatic-status':
      if (reply.kind !== 'automatic-status') break;
      return done(knowing(machine, { automaticStatus: true, acknowledges: 'process-id' }), [], now);
    default:
      break;
  }
  return { machine, effects: [] };
}

/** A step was not answered in time: the printer cannot do that. */
export function identifyingStepOver(machine: Machine, step: Step, now: number): Turn {
  switch (step.kind) {
    case 'orphan':
      return orphanLost(machine);
    case 'clear':
      return flush(machine, LATE_ACK_MS);
    case 'flush':
      return askInformation({ ...machine, mayHold: false }, []);
    case 'information':
      return askProcessId(machine);
    case 'process-id':
      return {
        machine: at(machine, { kind: 'in-order' }),
        effects: [write(ANSWER_IN_ORDER), wait('step', IN_ORDER_MS)],
      };
    case 'in-order':
      return done(knowing(machine, { automaticStatus: false, acknowledges: 'nothing' }), [], now);
    case 'automatic-status':
      return done(
        knowing(machine, { automaticStatus: false, acknowledges: 'process-id' }),
        [write(AUTOMATIC_STATUS_OFF), { kind: 'expect', automaticStatus: false, information: false }],
        now,
      );
    case 'status':
      return { machine, effects: [] };
  }
}

/** It answers, but not for the job the link was lost under. */
function orphanLost(machine: Machine): Turn {
  const turn = orphanOver(machine);
  return andThen(turn.machine, turn.effects, isWell);
}

/** An answer in order bears no name: one to an older job must have come before the next is asked for. */
function lateAnswerMs({ identity }: Machine): number {
  return identity.capabilities?.acknowledges === 'in-order' ? IN_ORDER_MS : 0;
}

/** Fills up a picture cut short, which would swallow every question. One that cleared its buffer needs no further time. */
function flush(machine: Machine, ms: number): Turn {
  return { machine: at(machine, { kind: 'flush' }), effects: [write(FLUSH_HALF_COMMAND), wait('step', ms)] };
}

function askInformation(machine: Machine, told: readonly string[]): Turn {
  const [maker = '', model = '', firmware = '', serial = ''] = told;
  const known: Machine = { ...machine, identity: { ...machine.identity, maker, model, firmware, serial } };
  const which = INFORMATION[told.length];
  if (!machine.traits.asksIdentity || which === undefined) return askProcessId(known);
  return {
    machine: at(known, { kind: 'information', told }),
    effects: [
      { kind: 'expect', automaticStatus: false, information: true },
      write(informationRequest(which)),
      wait('step', INFORMATION_MS),
    ],
  };
}

function askProcessId(machine: Machine): Turn {
  const quiet: Effect = { kind: 'expect', automaticStatus: false, information: false };
  if (!machine.traits.asksProcessId) {
    const effects = [quiet, write(ANSWER_IN_ORDER), wait('step', IN_ORDER_MS)];
    return { machine: at(machine, { kind: 'in-order' }), effects };
  }
  return {
    machine: at(machine, { kind: 'process-id' }),
    effects: [quiet, write(processIdRequest(PROBE)), wait('step', PROCESS_ID_MS)],
  };
}

/** Only beside process ids: automatic status would be mixed into answers in order. */
function askAutomaticStatus(machine: Machine): Turn {
  return {
    machine: at(machine, { kind: 'automatic-status' }),
    effects: [
      { kind: 'expect', automaticStatus: true, information: false },
      write(AUTOMATIC_STATUS_ON),
      wait('step', AUTOMATIC_STATUS_MS),
    ],
  };
}

function done(machine: Machine, effects: readonly Effect[], now: number): Turn {
  return andThen({ ...machine, failures: 0 }, [noWait('step'), ...effects], (known) => becomeIdle(known, now));
}

function knowing(machine: Machine, found: Pick<Capabilities, 'automaticStatus' | 'acknowledges'>): Machine {
  const { identity, traits } = machine;
  const nearEnd = identity.capabilities?.nearEnd ?? false;
  return { ...machine, identity: { ...identity, capabilities: { ...found, nativeQr: traits.nativeQr, nearEnd } } };
}

function at(machine: Machine, step: Step): Machine {
  return { ...machine, state: { kind: 'identifying', step } };
}
