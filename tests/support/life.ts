import { randomUUID } from 'node:crypto';
import type { Board, DeskBoard } from '../../server/contract/boards.ts';
import type { ConsoleContent, KioskContent } from '../../server/contract/content.ts';
import type { Language } from '../../server/contract/language.ts';
import type { Chance } from './chance.ts';
import type { OfficeSocket } from './clients.ts';

/** How fast the office lives and how busy it is. */
export interface Pace {
  /** Times faster than life, 1 or more. */
  readonly speed: number;
  /** Visitors an hour of office time. */
  readonly visitorsPerHour: number;
}

const LANGUAGE_SHARES: readonly (readonly [Language, number])[] = [
  ['et', 60],
  ['ru', 33],
  ['en', 7],
];
const HOUR_MS = 3_600_000;
/** From the call to the desk, and from one visitor to the next (office time). */
const WALK_MS = 20_000;
const PAUSE_BETWEEN_MS = 25_000;
const NO_SHOW = 0.04;
const TRANSFER = 0.07;
const PARK = 0.05;

/** Visitors come one by one, at random, and take a number for a need of their own. Ends with the signal. */
export async function visitorsCome(
  kiosk: OfficeSocket,
  content: KioskContent,
  pace: Pace,
  chance: Chance,
  ended: AbortSignal,
): Promise<void> {
  const needs = content.needs
    .filter(({ kind, elsewhere }) => kind !== 'topic' && elsewhere === null)
    .map((need) => [need, need.kind === 'way' ? 3 : 1] as const);
  while (!ended.aborted) {
    await officeTime(chance.exponential(HOUR_MS / pace.visitorsPerHour), pace, ended);
    const request = {
      requestId: randomUUID(),
      needId: chance.oneOf(needs).id,
      language: chance.oneOf(LANGUAGE_SHARES),
    };
    await kiosk.emitWithAck('ticket:issue', request).catch(() => undefined);
  }
}

/** A specialist at a desk: calls, waits for the visitor, serves, finishes; sometimes sends on, parks or waits in vain. */
export async function specialistWorks(
  desk: OfficeSocket,
  first: Board,
  content: ConsoleContent,
  pace: Pace,
  chance: Chance,
  ended: AbortSignal,
): Promise<void> {
  let board = deskBoard(first);
  desk.on('board', (next) => (board = deskBoard(next)));
  while (!ended.aborted) {
    await act(desk, board, content, pace, chance, ended);
    await officeTime(PAUSE_BETWEEN_MS * (0.5 + chance.fraction()), pace, ended);
  }
}

async function act(
  desk: OfficeSocket,
  board: DeskBoard,
  content: ConsoleContent,
  pace: Pace,
  chance: Chance,
  ended: AbortSignal,
): Promise<void> {
  const { current } = board;
  if (!current) {
    if (board.next) await quietly(desk.emitWithAck('desk:call-next', { requestId: randomUUID() }));
    return;
  }
  const seen = { requestId: randomUUID(), ticketId: current.ticketId, version: current.version };
  if (current.state === 'called') {
    await officeTime(WALK_MS, pace, ended);
    if (current.calls >= current.callsRequired) await quietly(desk.emitWithAck('ticket:no-show', seen));
    else if (current.calls > 1 || chance.happens(NO_SHOW)) await quietly(desk.emitWithAck('ticket:recall', seen));
    else await quietly(desk.emitWithAck('ticket:begin', seen));
    return;
  }
  const mean = content.services.find(({ id }) => id === current.serviceId)?.meanServiceMs ?? 8 * 60_000;
  await officeTime(chance.logNormal(mean, 0.6), pace, ended);
  if (chance.happens(TRANSFER)) {
    const to = chance.oneOf(content.services.map((service) => [service, 1] as const));
    await quietly(
      desk.emitWithAck('ticket:transfer', { ...seen, to: { kind: 'service', serviceId: to.id }, note: null }),
    );
  } else if (chance.happens(PARK)) {
    await quietly(desk.emitWithAck('ticket:park', { ...seen, reason: 'form', minutes: 10 }));
  } else {
    await quietly(desk.emitWithAck('ticket:finish', seen));
  }
}

function deskBoard(board: Board): DeskBoard {
  if (board.surface !== 'desk') throw new Error(`a desk was sent the board of a ${board.surface}`);
  return board;
}

/** A simulated person does not mind a lost answer: the next board shows what is true. */
async function quietly(answer: Promise<unknown>): Promise<void> {
  await answer.catch(() => undefined);
}

function officeTime(ms: number, { speed }: Pace, ended: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (ended.aborted) {
      resolve();
      return;
    }
    const over = (): void => {
      clearTimeout(timer);
      ended.removeEventListener('abort', over);
      resolve();
    };
    const timer = setTimeout(over, ms / speed);
    ended.addEventListener('abort', over);
  });
}
