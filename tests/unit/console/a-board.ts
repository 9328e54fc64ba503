import type { CurrentTicket, DeskBoard, ParkedRow, QueueRow, WaitingRow } from '#contract/boards.ts';

type Ids = Pick<WaitingRow, 'ticketId' | 'number' | 'serviceId'>;

/** Ten in the morning, by the office's clock (milliseconds since 1970). */
export const NOW = Date.UTC(2026, 10, 24, 8);
export const MINUTE_MS = 60_000;

/** Ids are branded; a test may name them as it likes. */
function ids(number: string): Ids {
  return { ticketId: `id-${number}`, number, serviceId: 'pension' } as unknown as Ids;
}

export function instant(at: number): DeskBoard['at'] {
  return at as DeskBoard['at'];
}

export function waiting(number: string, changes: Partial<WaitingRow> = {}): WaitingRow {
  return {
    ...ids(number),
    version: 1,
    needId: null,
    needLost: false,
    language: 'et',
    interpreter: false,
    standing: 'walk-in',
    classId: null,
    assistance: [],
    note: '',
    issuedAt: instant(NOW - 5 * MINUTE_MS),
    clock: instant(NOW - 5 * MINUTE_MS),
    callBy: instant(NOW + 15 * MINUTE_MS),
    further: [],
    overtaken: 0,
    outlook: 'kept',
    mine: true,
    sentToDesk: null,
    heldFor: null,
    slip: 'printed',
    ...changes,
  };
}

/** A queue in which two wait, one of them for longer than was promised soon. */
export function queueOf(serviceId: string): QueueRow {
  return {
    serviceId: serviceId as QueueRow['serviceId'],
    promiseMs: 20 * MINUTE_MS,
    open: true,
    waiting: 2,
    late: 0,
    atRisk: 1,
    wait: { fromMinutes: 55, toMinutes: 120, about: false },
    nextCallBy: instant(NOW + 15 * MINUTE_MS),
  };
}

export function called(number: string, changes: Partial<CurrentTicket> = {}): CurrentTicket {
  const base = atNoQueue(number);
  return {
    ...base,
    state: 'called',
    since: instant(NOW),
    calls: 1,
    callsRequired: 2,
    recallFrom: instant(NOW + 2 * MINUTE_MS),
    ...changes,
  };
}

export function parked(number: string, changes: Partial<ParkedRow> = {}): ParkedRow {
  const base = atNoQueue(number);
  return {
    ...base,
    deskId: 'laud-3' as ParkedRow['deskId'],
    since: instant(NOW),
    until: instant(NOW + 15 * MINUTE_MS),
    reason: 'missed',
    ...changes,
  };
}

/** What every row has, waiting or not. */
function atNoQueue(number: string) {
  const { mine: _mine, sentToDesk: _desk, heldFor: _person, outlook: _outlook, ...base } = waiting(number);
  return base;
}

/** The board of Kadri at desk 3, with nobody there and nobody waiting. */
export function aBoard(changes: Partial<DeskBoard> = {}): DeskBoard {
  return {
    surface: 'desk',
    bootId: 'boot',
    revision: 1,
    at: instant(NOW),
    planVersion: 1,
    demonstration: true,
    me: {
      staffId: 'staff-kadri' as DeskBoard['me']['staffId'],
      name: 'Kadri Tamm',
      role: 'head',
      deskId: 'laud-3' as DeskBoard['me']['deskId'],
      pause: null,
    },
    opening: { open: true, changesAt: null },
    current: null,
    waiting: [],
    next: null,
    wait: null,
    parked: [],
    calls: [],
    queues: [],
    desks: [],
    help: [],
    devices: [],
    hall: { version: 0, sound: { percent: 80, silentUntil: null, tests: 0 }, notices: [], displays: [] },
    alarms: [],
    closed: [],
    undo: null,
    mayCallOutOfOrder: true,
    resolutionRequired: false,
    callsAt: null,
    repairs: [],
    ...changes,
  };
}

/** The board's next visitor, with the plainest reason. */
export function nextOf(row: WaitingRow): DeskBoard['next'] {
  const { ticketId, number, callBy } = row;
  const why = { code: 'only', callBy, standing: 'walk-in', eligible: 1, before: null } as const;
  return { ticketId, number, why };
}
