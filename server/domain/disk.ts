/** What the disk lets the office do. `low`: everything, for now. */
export type DiskState = 'ok' | 'low' | 'full' | 'read-only';

/** What is known of the disk at one moment. Sizes in bytes. */
export interface DiskFacts {
  readonly free: number;
  /** Set aside so that, when the disk is full, those who wait can still be called. */
  readonly reserve: { readonly wanted: number; readonly held: number };
  /** What the newest write met. */
  readonly met: 'nothing' | 'full' | 'read-only';
  /** A little was written, flushed and deleted just now. */
  readonly takesWrites: boolean;
}

/** Below a quarter of the reserve nobody gets a number any more. */
const FLOOR_SHARE = 4;
/** Below this many reserves the head is told. */
const LOW_SHARE = 8;

/**
 * What the disk lets the office do. Full is not left before the whole reserve fits again beside the floor: a disk that
 * takes a little now and refuses it a moment later would give numbers one by one.
 */
export function diskState({ free, reserve, met, takesWrites }: DiskFacts, before: DiskState): DiskState {
  const floor = reserve.wanted / FLOOR_SHARE;
  if (met === 'read-only' || (before === 'read-only' && !takesWrites)) return 'read-only';
  if (met === 'full' || free < floor) return 'full';
  const stillFull = before === 'full' && (!takesWrites || free + reserve.held < reserve.wanted + 2 * floor);
  if (stillFull) return 'full';
  return reserve.held < reserve.wanted || free < reserve.wanted * LOW_SHARE ? 'low' : 'ok';
}

/** Whether new numbers may be given: calling those who wait comes first. */
export function mayIssue(disk: DiskState): boolean {
  return disk === 'ok' || disk === 'low';
}
