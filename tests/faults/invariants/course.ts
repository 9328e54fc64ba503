import { number, text, texts, violation, type LogRecord, type Violation } from './log.ts';

/** What the log says of one ticket, replayed without the product's own code. */
export interface Course {
  readonly number: string;
  readonly state: 'waiting' | 'called' | 'serving' | 'parked' | 'closed';
  readonly service: string;
  readonly language: string;
  readonly interpreter: boolean;
  readonly clock: number;
  readonly callBy: number;
  readonly order: number;
  /** The desk it is called to, served at or parked by. */
  readonly desk: string | null;
  /** Where it waits: its service's queue, or one desk's; perhaps held for a person until then. */
  readonly sentTo: string | null;
  readonly heldFor: { readonly person: string; readonly until: number } | null;
}

export interface DeskCourse {
  readonly person: string | null;
  readonly services: readonly string[];
  readonly languages: readonly string[];
  readonly paused: boolean;
  readonly ticket: string | null;
}

/** The office as the log tells it up to some record. */
export interface Replay {
  readonly tickets: Map<string, Course>;
  readonly desks: Map<string, DeskCourse>;
  /** How each ticket was before its newest act: what an undo brings back. */
  readonly before: Map<string, Course>;
}

/** From which states each change may come, and where it leads; `null`: the state stays. */
const LEGAL: Readonly<Record<string, readonly [readonly Course['state'][], Course['state'] | null]>> = {
  called: [['waiting', 'parked'], 'called'],
  recalled: [['called'], 'called'],
  started: [['called'], 'serving'],
  finished: [['serving'], 'closed'],
  noshow: [['called'], 'parked'],
  abandoned: [['called', 'parked'], 'closed'],
  parked: [['serving'], 'parked'],
  requeued: [['parked'], 'waiting'],
  stepped_back: [['waiting'], null],
  transferred: [['waiting', 'called', 'serving', 'parked'], 'waiting'],
  triaged: [['waiting', 'called', 'serving', 'parked'], null],
  priority: [['waiting', 'called', 'serving', 'parked'], null],
  cancelled: [['waiting', 'called', 'serving', 'parked'], 'closed'],
  expired: [['waiting', 'called', 'parked'], 'closed'],
};

export function emptyReplay(): Replay {
  return { tickets: new Map(), desks: new Map(), before: new Map() };
}

/** Takes one record into the replay. @returns what was illegal about it (I4, I6) */
export function follow(replay: Replay, record: LogRecord, personHoldMs: number): readonly Violation[] {
  if (record.type.startsWith('desk_')) return followDesk(replay, record);
  if (record.ticket === null) return [];
  if (record.type === 'issued') return issued(replay, record);
  if (record.type === 'undone') return undone(replay, record);
  const legal = LEGAL[record.type];
  if (!legal) return [];
  const course = replay.tickets.get(record.ticket);
  if (!course) return [violation('I6', `record ${record.seq}: ${record.type} of a ticket that was never issued`)];
  const [from, to] = legal;
  const found = from.includes(course.state)
    ? []
    : [violation('I6', `record ${record.seq}: ${course.number} was ${course.state} and became ${record.type}`)];
  const after = { ...course, ...changesOf(course, record, personHoldMs), state: to ?? course.state };
  replay.before.set(record.ticket, course);
  replay.tickets.set(record.ticket, after);
  return [...found, ...moveAtDesks(replay, record, record.ticket, after)];
}

function issued(replay: Replay, record: LogRecord): readonly Violation[] {
  const ticket = text(record, 'ticket');
  const found = replay.tickets.has(ticket) ? [violation('I6', `record ${record.seq}: issued a second time`)] : [];
  replay.tickets.set(ticket, {
    number: text(record, 'number'),
    state: 'waiting',
    service: text(record, 'service'),
    language: text(record, 'language'),
    interpreter: record.interpreter === true,
    clock: number(record, 'clock'),
    callBy: number(record, 'callBy'),
    order: number(record, 'order'),
    desk: null,
    sentTo: null,
    heldFor: null,
  });
  return found;
}

function undone(replay: Replay, record: LogRecord): readonly Violation[] {
  const ticket = text(record, 'ticket');
  const before = replay.before.get(ticket);
  if (!before) return [violation('I6', `record ${record.seq}: nothing was there to undo`)];
  replay.tickets.set(ticket, before);
  return moveAtDesks(replay, record, ticket, before);
}

function changesOf(course: Course, record: LogRecord, personHoldMs: number): Partial<Course> {
  const told = { service: text(record, 'service'), language: text(record, 'language') };
  switch (record.type) {
    case 'called':
    case 'recalled':
      return { ...told, desk: text(record, 'desk'), sentTo: null, heldFor: null };
    case 'requeued':
      return { ...told, desk: null, clock: number(record, 'clock'), callBy: number(record, 'callBy') };
    case 'stepped_back':
      return { clock: number(record, 'clock'), callBy: number(record, 'callBy') };
    case 'transferred':
      return {
        ...told,
        ...destinationOf(record, personHoldMs),
        desk: null,
        callBy: number(record, 'callBy'),
        interpreter: record.interpreter === true,
      };
    case 'triaged':
      return {
        ...told,
        clock: number(record, 'clock'),
        callBy: number(record, 'callBy'),
        interpreter: record.interpreter === true,
      };
    case 'parked':
    case 'noshow':
    case 'started':
      return told;
    default:
      return record.type === 'priority' ? { callBy: number(record, 'callBy') } : { desk: course.desk };
  }
}

function destinationOf(record: LogRecord, personHoldMs: number): Pick<Course, 'sentTo' | 'heldFor'> {
  const to = record.to as { readonly kind: string; readonly deskId?: string; readonly staffId?: string } | undefined;
  if (to?.kind === 'desk') return { sentTo: to.deskId ?? null, heldFor: null };
  if (to?.kind === 'person') {
    return { sentTo: null, heldFor: { person: to.staffId ?? '', until: Date.parse(record.time) + personHoldMs } };
  }
  return { sentTo: null, heldFor: null };
}

/** Keeps true who is at which desk. I4: a desk holds at most one visitor, a visitor stands at one desk. */
function moveAtDesks(replay: Replay, record: LogRecord, ticket: string, after: Course): readonly Violation[] {
  const isThere = after.state === 'called' || after.state === 'serving';
  const found: Violation[] = [];
  for (const [id, desk] of replay.desks) {
    if (desk.ticket === ticket && !(isThere && after.desk === id)) replay.desks.set(id, { ...desk, ticket: null });
  }
  if (!isThere || after.desk === null) return found;
  const desk = replay.desks.get(after.desk);
  if (!desk) return [violation('I4', `record ${record.seq}: ${after.number} is at ${after.desk}, where nobody sits`)];
  if (desk.ticket !== null && desk.ticket !== ticket) {
    found.push(violation('I4', `record ${record.seq}: ${after.desk} has ${after.number} and another visitor`));
  }
  replay.desks.set(after.desk, { ...desk, ticket });
  return found;
}

function followDesk(replay: Replay, record: LogRecord): readonly Violation[] {
  const id = text(record, 'desk');
  const desk = replay.desks.get(id) ?? { person: null, services: [], languages: [], paused: false, ticket: null };
  if (record.type === 'desk_opened') {
    const skills = { services: texts(record, 'services'), languages: texts(record, 'languages') };
    replay.desks.set(id, { ...desk, ...skills, person: record.actor, paused: false });
  }
  if (record.type === 'desk_closed') replay.desks.set(id, { ...desk, person: null, paused: false, ticket: null });
  if (record.type === 'desk_paused') replay.desks.set(id, { ...desk, paused: true });
  if (record.type === 'desk_resumed') replay.desks.set(id, { ...desk, paused: false });
  return [];
}
