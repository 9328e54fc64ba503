import { callViolations } from './calls-shown.ts';
import { chainViolations } from './chain.ts';
import { emptyReplay, follow, type Replay } from './course.ts';
import { violation, type LogRecord, type Violation } from './log.ts';
import { numberViolations, sightingViolations } from './numbers.ts';
import { paperViolations } from './paper.ts';
import { privacyViolations } from './privacy.ts';
import { ruleViolations } from './rule.ts';
import type { Sighting } from './seen.ts';

export interface Evidence {
  readonly log: readonly LogRecord[];
  readonly seen: readonly Sighting[];
  /** Boards and replies as the clients read them. */
  readonly streams: readonly string[];
  /** IANA name of the office's time zone. */
  readonly zone: string;
  /** The office's rule: how long "to this person" holds (milliseconds). */
  readonly personHoldMs: number;
  /** The office day is over: every ticket must have ended (I7). */
  readonly dayIsOver: boolean;
}

/**
 * The one checker of every fault test: all invariants, on the exported log and on what the clients saw. It shares no rule
 * with the product but the canonical text and the hash, and knows nothing of faults: whatever happened, this must hold.
 */
export function violationsIn(evidence: Evidence): readonly Violation[] {
  const { log, seen, streams, zone } = evidence;
  return [
    ...numberViolations(log, zone),
    ...sightingViolations(log, seen),
    ...courseViolations(evidence),
    ...chainViolations(log),
    ...paperViolations(log, seen),
    ...callViolations(log, seen),
    ...privacyViolations([...log.map((record) => JSON.stringify(record)), ...streams]),
  ];
}

/** I4 to I7: every ticket's way through the office. */
function courseViolations({ log, personHoldMs, dayIsOver }: Evidence): readonly Violation[] {
  const replay = emptyReplay();
  const found = log.flatMap((record) => [...ruleViolations(replay, record), ...follow(replay, record, personHoldMs)]);
  if (!dayIsOver) return found;
  const left = [...replay.tickets.values()].filter(({ state }) => state !== 'closed');
  return [...found, ...left.map(({ number, state }) => violation('I7', `${number} never ended: it is ${state}`))];
}

/** The office as the whole log tells it, for comparing with what a restarted server shows (I12). */
export function replayOf(log: readonly LogRecord[], personHoldMs: number): Replay {
  const replay = emptyReplay();
  for (const record of log) follow(replay, record, personHoldMs);
  return replay;
}
