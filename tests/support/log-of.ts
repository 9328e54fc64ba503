import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyReplay, follow } from '../faults/invariants/course.ts';
import { readLog, type LogRecord, type Violation } from '../faults/invariants/log.ts';
import { ruleViolations } from '../faults/invariants/rule.ts';
import type { OfficeProcess } from './server.ts';

/** The office's rule of the demonstration: how long "to this person" holds (milliseconds). */
const PERSON_HOLD_MS = 15 * 60_000;

/** What the office has written down so far, as it would leave the house. */
export function logOf({ dataDir }: OfficeProcess): readonly LogRecord[] {
  return readLog(readFileSync(join(dataDir, 'audit.jsonl'), 'utf8'));
}

/** Plays a log again without the product's own code: two visitors at a desk, an illegal state, a call out of order. */
export function wrongIn(log: readonly LogRecord[]): readonly Violation[] {
  const replay = emptyReplay();
  return log.flatMap((record) => [...ruleViolations(replay, record), ...follow(replay, record, PERSON_HOLD_MS)]);
}
