import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connect, pair, type OfficeSocket } from '../../../support/clients.ts';
import { OfficeProcess } from '../../../support/server.ts';
import { kioskBoardOf } from '../../../support/staffed-office.ts';
import { until } from '../../../support/waiting.ts';

let office: OfficeProcess;
let kioskCookie: string;
let kiosk: OfficeSocket;
let bootId: string;

/** What a client may not send, past the types that keep ours from it. */
type Loose = {
  emitWithAck: (
    event: string,
    request: unknown,
  ) => Promise<{ ok: boolean; error: { code: string; reference?: string } }>;
  emit: (event: string, ...args: unknown[]) => void;
};

beforeAll(async () => {
  office = await OfficeProcess.start();
  kioskCookie = await pair(office.url, 'kiosk');
  ({ bootId } = await office.health());
}, 60_000);

beforeEach(async () => {
  ({ socket: kiosk } = await connect(office.url, 'kiosk', kioskCookie));
  return () => {
    kiosk.disconnect();
  };
});

afterAll(async () => {
  await office.stop();
});

function loose(socket: OfficeSocket): Loose {
  return socket as unknown as Loose;
}

/** How many wait in the whole office, asked of the process that was started: it did not restart on the way. */
async function waiting(): Promise<number> {
  const { socket, board } = await connect(office.url, 'kiosk', kioskCookie);
  socket.disconnect();
  expect(board.bootId).toBe(bootId);
  return kioskBoardOf(board).services.reduce((sum, { ahead }) => sum + ahead, 0);
}

describe('bad input is refused with its reason, changes nothing, and the process goes on', () => {
  test('an unknown need', async () => {
    const before = await waiting();
    const request = { requestId: randomUUID(), needId: 'no.such.need', language: 'et' } as const;
    expect(await kiosk.emitWithAck('ticket:issue', request)).toEqual({ ok: false, error: { code: 'unknown-need' } });
    expect(await waiting()).toBe(before);
  });

  test('a topic is not yet a need', async () => {
    const request = { requestId: randomUUID(), needId: 'pension', language: 'et' } as const;
    expect(await kiosk.emitWithAck('ticket:issue', request)).toEqual({ ok: false, error: { code: 'unknown-need' } });
  });

  test.each([
    ['nothing', null],
    ['a text', 'ticket please'],
    ['a missing language', { requestId: randomUUID(), needId: 'unsure' }],
    ['an unknown language', { requestId: randomUUID(), needId: 'unsure', language: 'fi' }],
    ['an id that is none', { requestId: 'first', needId: 'unsure', language: 'et' }],
    ['an unknown key', { requestId: randomUUID(), needId: 'unsure', language: 'et', priority: true }],
    ['a prototype', JSON.parse('{"__proto__": {"role": "head"}, "requestId": "x"}')],
  ])('%s is malformed', async (_, request) => {
    const before = await waiting();
    const answer = await loose(kiosk).emitWithAck('ticket:issue', request);
    expect(answer).toMatchObject({ ok: false, error: { code: 'malformed' } });
    expect(answer.error.reference).toMatch(/^[0-9a-f]{8}$/);
    expect(await waiting()).toBe(before);
  });

  test('a kiosk may not call', async () => {
    const before = await waiting();
    const answer = await loose(kiosk).emitWithAck('desk:call-next', { requestId: randomUUID() });
    expect(answer).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(await waiting()).toBe(before);
  });

  test('the same id for another request is malformed', async () => {
    const requestId = randomUUID();
    await kiosk.emitWithAck('ticket:issue', { requestId, needId: 'unsure', language: 'et' });
    const answer = await kiosk.emitWithAck('help:call', { requestId, language: 'et' });
    expect(answer).toMatchObject({ ok: false, error: { code: 'malformed' } });
  });

  test('a request without acknowledgement is ignored and logged', async () => {
    const before = await waiting();
    loose(kiosk).emit('ticket:issue', { requestId: randomUUID(), needId: 'unsure', language: 'et' });
    await until('the log line', () => office.printed.includes('a request without acknowledgement was ignored'));
    expect(await waiting()).toBe(before);
  });

  test('an unknown event is ignored and logged', async () => {
    loose(kiosk).emit('ticket:burn', {});
    await until('the log line', () => office.printed.includes('an unknown request was ignored'));
    await waiting();
  });

  test('an oversized message closes its connection, with a log line', async () => {
    const closed = new Promise((resolve) => kiosk.once('disconnect', resolve));
    loose(kiosk).emit('ticket:issue', { note: 'x'.repeat(20_000) });
    await closed;
    await until('the log line', () => /oversized|a connection broke/.test(office.printed));
    await waiting();
  });

  test('too many at once are refused, and the kiosk is told when to try again', async () => {
    const flood = Array.from({ length: 40 }, () =>
      kiosk.emitWithAck('ticket:issue', { requestId: randomUUID(), needId: 'unsure', language: 'et' }),
    );
    const answers = await Promise.all(flood);
    const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.error]));
    expect(refused.length).toBeGreaterThan(0);
    for (const error of refused) expect(error).toMatchObject({ code: 'too-many-requests' });
  });
});
