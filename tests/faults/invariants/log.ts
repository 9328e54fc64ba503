import type { Json } from '../../../server/domain/chain.ts';

/** One record of the exported log, as `npm run -s export-log` prints it: what is checked is what leaves the house. */
export interface LogRecord {
  readonly seq: number;
  readonly time: string;
  readonly type: string;
  readonly ticket: string | null;
  readonly actor: string;
  readonly prevHash: string;
  readonly hash: string;
  /** On records of tickets: the number; of calls and desks: the desk, and the call's place among all calls. */
  readonly number?: string;
  readonly desk?: string | null;
  readonly callOrder?: number;
  /** On issue: the id of the press. */
  readonly reqId?: string;
  readonly [field: string]: Json | undefined;
}

/** Something that must never be, and was: the invariant's number and what was found. */
export interface Violation {
  readonly invariant: `I${number}`;
  readonly says: string;
}

/** Reads the lines of an exported log. @throws Error when a line is no record */
export function readLog(text: string): readonly LogRecord[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const record: unknown = JSON.parse(line);
      if (typeof record !== 'object' || record === null || !('seq' in record && 'type' in record)) {
        throw new Error(`not a record: ${line.slice(0, 200)}`);
      }
      return record as LogRecord;
    });
}

export function violation(invariant: Violation['invariant'], says: string): Violation {
  return { invariant, says };
}

/** A field that must be text. @throws Error when the record lacks it: the log then says less than it promises */
export function text(record: LogRecord, field: string): string {
  const value = record[field];
  if (typeof value !== 'string') throw new Error(`record ${record.seq} (${record.type}) has no ${field}`);
  return value;
}

/** A field that must be a number. @throws Error when the record lacks it */
export function number(record: LogRecord, field: string): number {
  const value = record[field];
  if (typeof value !== 'number') throw new Error(`record ${record.seq} (${record.type}) has no ${field}`);
  return value;
}

/** A field that must be a list of texts. @throws Error when the record lacks it */
export function texts(record: LogRecord, field: string): readonly string[] {
  const value = record[field];
  if (!Array.isArray(value)) throw new Error(`record ${record.seq} (${record.type}) has no ${field}`);
  return value.map(String);
}
