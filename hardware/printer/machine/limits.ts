import type { Condition } from '../status.ts';

/** All waits have an end. Milliseconds, unless the name says otherwise. */
export const CONNECT_MS = 3_000;
/** One answer to a real-time request of a printer that prints nothing. */
export const ANSWER_MS = 500;
/** Between two rounds of status requests: with the answer's time, staff know of any trouble within 2 s. */
export const POLL_MS = 1_000;
export const CLEAR_MS = 1_000;
export const INFORMATION_MS = 300;
export const PROCESS_ID_MS = 1_000;
export const IN_ORDER_MS = 500;
export const AUTOMATIC_STATUS_MS = 500;
/** For a late acknowledgement, on a link that is new. */
export const LATE_ACK_MS = 3_000;
/** Until a job whose link was lost is given up, reconnecting included. */
export const ORPHAN_MS = 8_000;
/** A printer that cannot say so has printed when it is still well this long after the last byte. */
export const ASSUME_MS = 2_000;
const BACK_OFF_MS = [1_000, 2_000, 4_000, 8_000, 15_000] as const;

export const QUEUE_AT_MOST = 20;
/** A slip that waited longer would come out when its visitor has gone. */
export const AGE_AT_MOST_MS = 60_000;

export function backOffMs(failures: number): number {
  return BACK_OFF_MS[Math.min(Math.max(failures, 1), BACK_OFF_MS.length) - 1] ?? 15_000;
}

/** From the first byte of a job to its outcome. */
export function deadlineMs(bytes: number): number {
  return 20_000 + Math.ceil(bytes / 1024) * 1_000;
}

/** How long a printer may say nothing while a job fills its buffer: a full buffer holds up the questions behind it. */
export function silenceMs(bytes: number): number {
  return 5_000 + Math.ceil(bytes / 1024) * 250;
}

/** How long a stopped job waits for its printer: a hot head cools by itself, anything else needs a person. */
export function patienceMs(obstacle: Condition): number {
  return obstacle === 'cooling' ? 15_000 : 3_000;
}
