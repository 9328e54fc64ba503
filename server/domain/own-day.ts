import type { JournalKind, JournalLine } from './journal.ts';
import type { EpochMs, ServiceId, TicketNumber } from './ids.ts';
import type { Resolution } from './ticket.ts';

/** How a visitor left somebody's desk. */
export const LEFT_AS = ['finished', 'sent-on', 'parked', 'missed', 'no-show', 'withdrawn'] as const;
export type LeftAs = (typeof LEFT_AS)[number];

export interface OwnVisit {
  readonly number: TicketNumber;
  readonly serviceId: ServiceId;
  readonly at: EpochMs;
  readonly how: LeftAs;
  /** Desk time (milliseconds); `null` when the visitor was not served. */
  readonly servedMs: number | null;
  readonly resolution: Resolution | null;
}

/** What one person did today, as the journal tells it. */
export interface OwnDay {
  /** The newest first. */
  readonly visits: readonly OwnVisit[];
  readonly pausedMs: number;
  readonly helped: number;
}

const LEFT: Partial<Record<JournalKind, LeftAs>> = {
  'ticket.finished': 'finished',
  'ticket.transferred': 'sent-on',
  'ticket.parked': 'parked',
  'ticket.missed': 'missed',
  'ticket.no-show': 'no-show',
  'ticket.withdrawn': 'withdrawn',
};

/**
 * The day of one person, from the lines they caused, in order. An act that was taken back does not count; a visitor sent
 * on from the waiting list was not at a desk and does not count either.
 *
 * @param now ends a pause that still goes on
 */
export function ownDay(lines: readonly JournalLine[], now: EpochMs): OwnDay {
  const visits: OwnVisit[] = [];
  let pausedMs = 0;
  let pausedAt: EpochMs | null = null;
  let helped = 0;
  for (const line of lines) {
    const at = Date.parse(line.at) as EpochMs;
    if (line.kind === 'desk.paused') pausedAt ??= at;
    if (pausedAt !== null && ENDS_PAUSE.some((kind) => kind === line.kind)) {
      pausedMs += at - pausedAt;
      pausedAt = null;
    }
    if (line.kind === 'visit.answered' || line.kind === 'visit.referred') helped += 1;
    if (line.kind === 'ticket.undone') takeBack(visits, textIn(line.body, 'number'));
    const how = LEFT[line.kind];
    if (how && wasAtDesk(line)) visits.push(visitOf(line, how, at));
  }
  if (pausedAt !== null) pausedMs += Math.max(0, now - pausedAt);
  return { visits: visits.reverse(), pausedMs, helped };
}

/** Sent on, parked or finished after being served; the others after a call. */
function wasAtDesk({ kind, body }: JournalLine): boolean {
  return kind === 'ticket.transferred' ? typeof body.servedMs === 'number' : typeof body.desk === 'string';
}

const ENDS_PAUSE: readonly JournalKind[] = ['desk.resumed', 'desk.left', 'desk.taken'];

function takeBack(visits: OwnVisit[], number: string): void {
  const last = visits.findLastIndex((visit) => visit.number === number);
  if (last >= 0) visits.splice(last, 1);
}

function visitOf({ body }: JournalLine, how: LeftAs, at: EpochMs): OwnVisit {
  const { servedMs, resolution } = body;
  return {
    number: textIn(body, 'number') as TicketNumber,
    serviceId: textIn(body, 'service') as ServiceId,
    at,
    how,
    servedMs: typeof servedMs === 'number' ? servedMs : null,
    resolution: typeof resolution === 'string' ? (resolution as Resolution) : null,
  };
}

function textIn(body: JournalLine['body'], name: 'number' | 'service'): string {
  const value = body[name];
  return typeof value === 'string' ? value : '';
}
