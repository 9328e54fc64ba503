import { worstFirst, worstOf, type Condition, type PrinterStatus } from '../status.ts';
import { jobAtPrinter, type Machine } from './machine.ts';

/** What the machine looks like from outside; times and the roll are the shell's. */
export function statusOf(
  machine: Machine,
  extra: readonly Condition[],
): Pick<PrinterStatus, 'link' | 'condition' | 'all' | 'ready' | 'lastError' | 'identity' | 'waiting'> {
  const { state, lastError, identity, queue } = machine;
  const all = worstFirst([...conditionsNow(machine), ...extra]);
  const ready = state.kind === 'idle' || state.kind === 'sending' || state.kind === 'awaiting-ack';
  return { link: linkNow(machine), condition: worstOf(all), all, ready, lastError, identity, waiting: queue.length };
}

/** Bytes of the job at the printer, and its name. */
export function pendingOf(machine: Machine): { readonly id: string; readonly bytes: number } | null {
  const job = jobAtPrinter(machine);
  return job && { id: job.id, bytes: job.bytes };
}

function conditionsNow({ state, heard, trouble, traits }: Machine): readonly Condition[] {
  switch (state.kind) {
    case 'stopped':
    case 'disconnected':
    case 'connecting':
      return [trouble];
    case 'identifying':
      return state.step.kind === 'status' && traits.answers ? [trouble] : heard;
    default:
      return heard;
  }
}

function linkNow({ state }: Machine): PrinterStatus['link'] {
  if (state.kind === 'stopped' || state.kind === 'disconnected') return 'down';
  return state.kind === 'connecting' ? 'connecting' : 'up';
}
