import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { DeskBoard } from '../../../../server/contract/boards.ts';
import type { NeedId } from '../../../../server/domain/ids.ts';
import { openDemonstration } from '../../../demo/colleagues.ts';
import { Chance } from '../../../support/chance.ts';
import { connect, type OfficeSocket } from '../../../support/clients.ts';
import { logOf, wrongIn } from '../../../support/log-of.ts';
import { OfficeProcess } from '../../../support/server.ts';
import { deskBoardOf } from '../../../support/staffed-office.ts';
import { until } from '../../../support/waiting.ts';

const VISITS = 180;
/** Nine to five; whoever still waits then is not waited for. */
const MINUTES = 480;
/** Eight hours in steps of a minute on a busy machine. */
const PATIENCE_MS = 900_000;
const LANGUAGES = [
  ['et', 60],
  ['ru', 33],
  ['en', 7],
] as const;
const NEEDS = ['papers.submit', 'papers.certificate', 'pension.old_age', 'family.birth', 'international.a1', 'unsure'];

/** A specialist of the day: at most one visitor, and when the next act is due (minute). */
interface Worker {
  readonly socket: OfficeSocket;
  board: DeskBoard;
  due: number;
}

test(
  `a day of ${VISITS} visits over real sockets: every call is the one the rule names`,
  async () => {
    const { office, prepared } = await OfficeProcess.startPrepared(
      { LOG_LEVEL: 'error', PRINTER: 'none:' },
      openDemonstration,
    );
    const chance = new Chance(2026);
    const { socket: kiosk } = await connect(office.url, 'kiosk', prepared.kiosk);
    const workers: Worker[] = [];
    for (const { cookie, deskId } of prepared.colleagues) {
      const { socket, board } = await connect(office.url, 'console', cookie);
      const worker: Worker = { socket, board: deskBoardOf(board), due: 0 };
      socket.on('board', (next) => (worker.board = deskBoardOf(next)));
      await socket.emitWithAck('desk:take', { requestId: randomUUID(), deskId, takeOver: false });
      workers.push(worker);
    }
    const arrivals = Array.from({ length: VISITS }, () => Math.floor(chance.fraction() ** 1.3 * MINUTES)).sort(
      (a, b) => a - b,
    );
    for (let minute = 0; minute < MINUTES; minute++) {
      for (; arrivals[0] === minute; arrivals.shift()) await arrive(kiosk, chance);
      for (const worker of workers) if (worker.due <= minute) await act(worker, minute, chance);
      await advance(office.url, 60_000);
    }
    const log = logOf(office);
    for (const { socket } of workers) socket.disconnect();
    kiosk.disconnect();
    await office.stop();

    const called = log.filter(({ type }) => type === 'called');
    expect(log.filter(({ type }) => type === 'issued')).toHaveLength(VISITS);
    expect(called.length).toBeGreaterThan(VISITS / 2);
    for (const call of called) expect(call.why).toMatchObject({ callBy: expect.any(Number) as number });
    for (const type of ['transferred', 'parked', 'requeued', 'noshow', 'finished']) {
      expect(log.filter((record) => record.type === type).length, type).toBeGreaterThan(0);
    }
    expect(wrongIn(log)).toEqual([]);
  },
  PATIENCE_MS,
);

async function arrive(kiosk: OfficeSocket, chance: Chance): Promise<void> {
  const needId = chance.oneOf(NEEDS.map((need) => [need as NeedId, 1] as const));
  const language = chance.oneOf(LANGUAGES);
  const answer = await kiosk.emitWithAck('ticket:issue', { requestId: randomUUID(), needId, language });
  if (!answer.ok) throw new Error(`${needId}: ${answer.error.code}`);
}

/** What a specialist does when the time has come: call; begin or call again; finish, send on, park. */
async function act(worker: Worker, minute: number, chance: Chance): Promise<void> {
  const { socket } = worker;
  const { current } = worker.board;
  if (!current) {
    const called = await socket.emitWithAck('desk:call-next', { requestId: randomUUID() });
    if (called.ok) await until('the board shows the call', () => worker.board.current?.number === called.value.number);
    worker.due = minute + 3; // a second call is allowed after two minutes
    return;
  }
  const { ticketId, version, state, calls, callsRequired } = current;
  const seen = { requestId: randomUUID(), ticketId, version };
  const changed = (): Promise<void> =>
    until('the board shows the act', () => {
      const now = worker.board.current;
      return now === null || now.ticketId !== ticketId || now.version !== version;
    });
  let said: { readonly ok: boolean; readonly error?: { readonly code: string } };
  if (state === 'called') {
    const away = calls > 1 || chance.happens(0.08);
    if (!away) said = await socket.emitWithAck('ticket:begin', seen);
    else if (calls < callsRequired) said = await socket.emitWithAck('ticket:recall', seen);
    else said = await socket.emitWithAck('ticket:no-show', seen);
    worker.due = minute + (away ? 3 : Math.max(1, Math.round(chance.logNormal(9, 0.6))));
  } else {
    const to = { kind: 'service', serviceId: chance.oneOf([['info', 1] as const, ['family', 1] as const]) } as const;
    if (chance.happens(0.1)) said = await socket.emitWithAck('ticket:transfer', { ...seen, to, note: null });
    else if (chance.happens(0.08))
      said = await socket.emitWithAck('ticket:park', { ...seen, reason: 'form', minutes: 10 });
    else said = await socket.emitWithAck('ticket:finish', seen);
    worker.due = minute + 1;
  }
  if (!said.ok) throw new Error(`${current.number}: ${said.error?.code ?? ''}`);
  await changed();
}

async function advance(url: string, advanceMs: number): Promise<void> {
  const headers = { 'content-type': 'application/json', origin: url };
  const response = await fetch(`${url}/dock/clock`, { method: 'POST', headers, body: JSON.stringify({ advanceMs }) });
  if (!response.ok) throw new Error(`the clock did not move: ${response.status}`);
}
