import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Board } from '../../../../server/contract/boards.ts';
import { connect, type OfficeSocket } from '../../../support/clients.ts';
import { OfficeProcess } from '../../../support/server.ts';
import { deskBoardOf, prepareOffice, type PreparedOffice } from '../../../support/staffed-office.ts';
import { until } from '../../../support/waiting.ts';

const DESKS = 8;
const ROUNDS = 500;
/** Five hundred rounds on a busy machine. */
const PATIENCE_MS = 180_000;

let office: OfficeProcess;
let prepared: PreparedOffice;
let kiosk: OfficeSocket;
const desks: OfficeSocket[] = [];

beforeAll(async () => {
  const limits = { perMinute: 1_000_000, burst: 100_000 };
  ({ office, prepared } = await OfficeProcess.startPrepared({ LOG_LEVEL: 'error' }, (dataDir) =>
    prepareOffice(dataDir, { desks: DESKS, kiosks: 1, displays: 0, limits }),
  ));
  ({ socket: kiosk } = await connect(office.url, 'kiosk', prepared.kiosks[0] ?? ''));
  for (const [i, cookie] of prepared.staff.entries()) {
    const { socket } = await connect(office.url, 'console', cookie);
    const deskId = prepared.deskIds[i] ?? '';
    await socket.emitWithAck('desk:take', { requestId: randomUUID(), deskId, takeOver: false });
    desks.push(socket);
  }
}, 60_000);

afterAll(async () => {
  for (const socket of [kiosk, ...desks]) socket.disconnect();
  await office.stop();
});

function take() {
  return kiosk.emitWithAck('ticket:issue', { requestId: randomUUID(), needId: 'papers.submit', language: 'et' });
}

describe('over real sockets', () => {
  test('the same tap sent ten times makes one ticket', async () => {
    const tap = { requestId: randomUUID(), needId: 'papers.submit', language: 'et' } as const;
    const answers = await Promise.all(Array.from({ length: 10 }, () => kiosk.emitWithAck('ticket:issue', tap)));
    const numbers = new Set(answers.map((answer) => (answer.ok ? answer.value.number : answer.error.code)));
    expect([...numbers]).toHaveLength(1);
    expect([...numbers][0]).toMatch(/^A\d{3}$/);
  });

  test(
    `two desks that call at the same instant never get the same visitor, ${ROUNDS} rounds`,
    async () => {
      const [first, second] = desks;
      if (!first || !second) throw new Error('two desks are needed');
      const seen = new Set<string>();
      for (let round = 0; round < ROUNDS; round++) {
        await Promise.all([take(), take()]);
        const called = await Promise.all(
          [first, second].map((desk) => desk.emitWithAck('desk:call-next', { requestId: randomUUID() })),
        );
        const ids = called.map((answer) => (answer.ok ? answer.value.ticketId : answer.error.code));
        expect(new Set(ids).size).toBe(2);
        for (const id of ids) expect(seen.has(id)).toBe(false);
        for (const id of ids) seen.add(id);
        await Promise.all(
          [first, second].map((desk, i) => {
            // called is version 2 of a ticket that was issued and called
            const request = { requestId: randomUUID(), ticketId: ids[i] ?? '', version: 2 };
            return desk.emitWithAck('ticket:finish', request);
          }),
        );
      }
      expect(seen.size).toBe(2 * ROUNDS);
    },
    PATIENCE_MS,
  );

  test('eight desks press at once for three visitors: three get one each, the others hear that nobody waits', async () => {
    for (let rest = await call(0); rest !== 'queue-empty'; rest = await call(0)) await finish(0, rest);
    await Promise.all([take(), take(), take()]);
    const answers = await Promise.all(desks.map((_, i) => call(i)));
    const tickets = answers.filter((answer) => answer !== 'queue-empty');
    expect(new Set(tickets).size).toBe(3);
    expect(answers.filter((answer) => answer === 'queue-empty')).toHaveLength(5);
    for (const [i, answer] of answers.entries()) if (answer !== 'queue-empty') await finish(i, answer);
  });

  test('a console that comes back gets its whole board, with what happened meanwhile', async () => {
    await take();
    const cookie = prepared.staff[0] ?? '';
    const { socket, board } = await connect(office.url, 'console', cookie);
    expect(deskBoardOf(board).waiting).toHaveLength(1);
    socket.disconnect();
    await take();
    const again = await connect(office.url, 'console', cookie);
    expect(deskBoardOf(again.board).waiting).toHaveLength(2);
    again.socket.disconnect();
  });

  test('every change reaches a console without being asked for', async () => {
    const boards: Board[] = [];
    desks[1]?.on('board', (board) => boards.push(board));
    const issued = await take();
    const number = issued.ok ? issued.value.number : '';
    await until('the row appears', () =>
      boards.some((board) => deskBoardOf(board).waiting.some((row) => row.number === number)),
    );
  });
});

async function call(i: number): Promise<string> {
  const answer = await desks[i]?.emitWithAck('desk:call-next', { requestId: randomUUID() });
  if (!answer) throw new Error('no such desk');
  return answer.ok ? answer.value.ticketId : answer.error.code;
}

async function finish(i: number, ticketId: string): Promise<void> {
  await desks[i]?.emitWithAck('ticket:finish', { requestId: randomUUID(), ticketId, version: 2 });
}
