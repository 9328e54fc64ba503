import { text, texts, violation, type LogRecord, type Violation } from './log.ts';
import type { Course, Replay } from './course.ts';

/**
 * I5: a call that no person picked is the ticket with the earliest promised time (then the earlier clock, then the
 * earlier issue) among those this desk may call. Written anew from the rule's words, over all waiting tickets one by one.
 */
export function ruleViolations(replay: Replay, record: LogRecord): readonly Violation[] {
  if (record.type !== 'called' || record.manual === true) return [];
  const caller = {
    desk: record.desk ?? '',
    person: text(record, 'staff'),
    services: texts(record, 'services'),
    languages: texts(record, 'languages'),
    now: Date.parse(record.time),
  };
  const [first] = [...replay.tickets]
    .filter(([, course]) => mayCall(replay, caller, course))
    .sort(
      ([idA, a], [idB, b]) => a.callBy - b.callBy || a.clock - b.clock || a.order - b.order || (idA < idB ? -1 : 1),
    );
  if (first?.[0] === record.ticket) return [];
  return [
    violation('I5', `record ${record.seq}: ${record.number ?? ''} was called before ${first?.[1].number ?? 'nobody'}`),
  ];
}

interface Caller {
  readonly desk: string;
  readonly person: string;
  readonly services: readonly string[];
  readonly languages: readonly string[];
  readonly now: number;
}

function mayCall(replay: Replay, caller: Caller, course: Course): boolean {
  if (course.state !== 'waiting') return false;
  if (course.heldFor && course.heldFor.until > caller.now) return course.heldFor.person === caller.person;
  if (course.sentTo === caller.desk) return true;
  if (course.sentTo !== null && (replay.desks.get(course.sentTo)?.person ?? null) !== null) return false;
  if (!caller.services.includes(course.service)) return false;
  return course.interpreter || caller.languages.includes(course.language) || nobodySpeaks(replay, course);
}

/** No open desk that can serve it speaks the visitor's language: then an interpreter helps, and anybody skilled calls. */
function nobodySpeaks(replay: Replay, course: Course): boolean {
  const skilled = [...replay.desks.values()].filter(
    ({ person, paused, services }) => person !== null && !paused && services.includes(course.service),
  );
  return !skilled.some(({ languages }) => languages.includes(course.language));
}
