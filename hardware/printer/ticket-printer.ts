import type { OpenLink } from './byte-link.ts';
import { Driver } from './driver.ts';
import type { PrintJob } from './paper.ts';
import type { RollMemory } from './paper-roll.ts';
import type { PrintAs, Profile } from './profile.ts';
import type { PrinterStatus, PrintOutcome } from './status.ts';
import type { TestSheet } from './test-sheets.ts';

/** One attempt to print a job. */
export interface Attempt {
  readonly jobId: string;
  readonly processId: string;
  readonly bytes: number;
}

/** Where attempts are written down. After a crash an attempt that has begun and not ended is `unknown`. */
export interface AttemptJournal {
  /** Resolves when it is durable; only then the first byte leaves. Rejects: nothing is sent. */
  begun(attempt: Attempt): Promise<void>;
  ended(attempt: Attempt, outcome: PrintOutcome): void;
}

/** One line for whoever looks for a fault. Never the content of a slip: its hash and length. */
export interface TraceLine {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly text: string;
}

export interface Surroundings {
  readonly openLink: OpenLink;
  /** A device that answers nothing (a file): jobs are `assumed` printed. */
  readonly answers: boolean;
  readonly profile: Profile;
  readonly printAs: PrintAs;
  readonly journal: AttemptJournal;
  readonly roll: RollMemory;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told on every change. */
  readonly onStatus: (status: PrinterStatus) => void;
  readonly onOutcome: (jobId: string, outcome: PrintOutcome) => void;
  readonly onTrace: (line: TraceLine) => void;
}

/**
 * One ticket printer. Says what it is, prints one slip at a time and knows what became of it. Never prints anything
 * twice: a job once sent is not sent again, and what a stopped printer still holds is dropped before it can come out.
 */
export interface TicketPrinter {
  /** Connects and keeps looking. */
  start(): void;
  /** What has left and is not proven is `unknown`. */
  stop(): Promise<void>;
  /** Prints one slip and waits for what becomes of it. Never rejects, never repeats. */
  print(job: PrintJob): Promise<PrintOutcome>;
  testSheet(kind: TestSheet): Promise<PrintOutcome>;
  /** A person wants it to drop everything and try again. */
  clear(): void;
  /** A person has put in a new roll, so many millimetres long. */
  newRoll(lengthMm: number): void;
  status(): PrinterStatus;
}

export function createTicketPrinter(around: Surroundings): TicketPrinter {
  return new Driver(around);
}
