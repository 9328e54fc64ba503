import { refuseUnsent } from './idle.ts';
import { backOffMs, ORPHAN_MS } from './limits.ts';
import { jobAtPrinter, noWait, settle, wait, type Effect, type Machine, type Turn } from './machine.ts';

/** Opens the link now. */
export function connect(machine: Machine): Turn {
  return { machine: { ...machine, state: { kind: 'connecting' } }, effects: [noWait('reconnect'), { kind: 'open' }] };
}

/** The link could not be opened. */
export function notOpened(machine: Machine, reason: string): Turn {
  return away(machine, 'disconnected', reason, []);
}

/**
 * The link is gone. A job it was lost under may still be acknowledged on the next one, where the printer tells jobs apart;
 * otherwise nobody will ever know.
 */
export function linkLost(machine: Machine, trouble: Machine['trouble'], reason: string): Turn {
  const { state, identity } = machine;
  if (state.kind === 'stopped' || state.kind === 'disconnected') return { machine, effects: [] };
  const job = machine.orphan ? null : jobAtPrinter(machine);
  const mayHold = machine.mayHold || job !== null;
  const halfSlip = machine.halfSlip || job !== null;
  const lost: Machine = { ...machine, mayHold, halfSlip };
  if (!job) return away(lost, trouble, reason, []);
  const mayBeAcknowledged = identity.capabilities?.acknowledges === 'process-id';
  if (mayBeAcknowledged) return away({ ...lost, orphan: job }, trouble, reason, [wait('orphan', ORPHAN_MS)]);
  return away(lost, trouble, reason, [settle(job, { state: 'unknown', reason: unknownBy(trouble) })]);
}

/** Nobody told us in time what became of the job. */
export function orphanOver(machine: Machine): Turn {
  const { orphan, trouble } = machine;
  if (!orphan) return { machine, effects: [] };
  const effects = [noWait('orphan'), settle(orphan, { state: 'unknown', reason: unknownBy(trouble) })];
  return { machine: { ...machine, orphan: null }, effects };
}

/** Ends everything. What has left and is not proven is unknown. */
export function stop(machine: Machine): Turn {
  const refused = refuseUnsent(machine, 'stopped');
  const job = jobAtPrinter(machine);
  const effects: Effect[] = [{ kind: 'forget-timers' }, ...refused.effects];
  if (job) effects.push(settle(job, { state: 'unknown', reason: 'stopped' }));
  effects.push({ kind: 'close' });
  return { machine: { ...refused.machine, state: { kind: 'stopped' }, orphan: null, round: null, heard: [] }, effects };
}

function unknownBy(trouble: Machine['trouble']): 'no-answer' | 'link-lost' {
  return trouble === 'not-answering' ? 'no-answer' : 'link-lost';
}

function away(machine: Machine, trouble: Machine['trouble'], reason: string, extra: readonly Effect[]): Turn {
  const failures = machine.failures + 1;
  const refused = refuseUnsent(machine, trouble);
  return {
    machine: {
      ...refused.machine,
      state: { kind: 'disconnected' },
      heard: [],
      round: null,
      failures,
      trouble,
      lastError: reason,
    },
    effects: [
      noWait('poll', 'answer', 'step', 'deadline', 'patience', 'assume'),
      { kind: 'close' },
      ...refused.effects,
      ...extra,
      wait('reconnect', backOffMs(failures)),
    ],
  };
}
