import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { connect, pair, type OfficeSocket } from '../../../support/clients.ts';
import { PushService } from '../../../support/push-service.ts';
import { OfficeProcess } from '../../../support/server.ts';

const KEY = 'AAAAAAAAAAAAAAAAAAAAAA';
const OTHER_PHONE = 'BBBBBBBBBBBBBBBBBBBBBB';
const push = new PushService();
const tokens = new Map<string, string>();
let office: OfficeProcess;
let kiosk: OfficeSocket;
let desk: OfficeSocket;

beforeAll(async () => {
  await push.start();
  office = await OfficeProcess.start({ PRINTER: 'none:', PUSH_SERVICES: '127.0.0.1', LOG_LEVEL: 'warn' });
  ({ socket: kiosk } = await connect(office.url, 'kiosk', await pair(office.url, 'kiosk')));
  ({ socket: desk } = await connect(office.url, 'console', await office.signInFirst()));
  await desk.emitWithAck('desk:take', { requestId: randomUUID(), deskId: 'laud-3', takeOver: false });
});

afterAll(async () => {
  kiosk.disconnect();
  desk.disconnect();
  await office.stop();
  await push.stop();
});

async function take(): Promise<{ readonly phoneToken: string; readonly number: string }> {
  // One tap at a time is what a kiosk is allowed.
  for (;;) {
    const asked = { requestId: randomUUID(), needId: 'papers.submit', language: 'en' } as const;
    const answer = await kiosk.emitWithAck('ticket:issue', asked);
    if (answer.ok) {
      tokens.set(answer.value.ticketId, answer.value.phoneToken);
      return answer.value;
    }
    if (answer.error.code !== 'too-many-requests') throw new Error(answer.error.code);
    const { retryAfterMs } = answer.error;
    await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
  }
}

async function act(token: string, name: string, body: object = {}) {
  const response = await fetch(`${office.url}/api/ticket/${token}/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: office.url },
    body: JSON.stringify({ requestId: randomUUID(), key: KEY, ...body }),
  });
  const answer = (await response.json()) as { ok?: boolean; error?: { code: string }; code?: string; value?: unknown };
  return { status: response.status, answer };
}

describe('a ticket on the phone', () => {
  test('is held by the phone that opened it first; another only looks on, also after a restart', async () => {
    const { phoneToken } = await take();
    expect((await act(phoneToken, 'hold')).answer.value).toMatchObject({ holds: true });
    expect((await act(phoneToken, 'hold', { key: OTHER_PHONE })).answer.value).toMatchObject({ holds: false });
    const stranger = await act(phoneToken, 'withdraw', { key: OTHER_PHONE });
    expect(stranger).toMatchObject({ status: 409, answer: { error: { code: 'other-phone' } } });
    await office.kill();
    await office.start();
    await vi.waitFor(() => expect(kiosk.connected && desk.connected).toBe(true), { timeout: 30_000 });
    expect((await act(phoneToken, 'withdraw', { key: OTHER_PHONE })).answer.error?.code).toBe('other-phone');
    expect((await act(phoneToken, 'withdraw')).status).toBe(200);
    expect((await act(phoneToken, 'hold')).status).toBe(404);
  });

  test('tells what to bring only to the phone that holds it', async () => {
    const { phoneToken } = await take();
    const own = (await act(phoneToken, 'hold')).answer.value as { bring: unknown[] };
    expect(own.bring.length).toBeGreaterThan(0);
    expect((await act(phoneToken, 'hold', { key: OTHER_PHONE })).answer.value).toMatchObject({ bring: [] });
    expect((await act(phoneToken, 'withdraw')).status).toBe(200);
  });

  test('is held by nobody whose request is still coming when it closes', async () => {
    const { phoneToken } = await take();
    const text = JSON.stringify({ requestId: randomUUID(), key: OTHER_PHONE });
    const slow = request(`${office.url}/api/ticket/${phoneToken}/hold`, {
      method: 'POST',
      headers: { origin: office.url, 'content-length': String(text.length) },
    });
    const answered = once(slow, 'response') as Promise<[IncomingMessage]>;
    slow.write(text.slice(0, 1));
    expect((await act(phoneToken, 'withdraw')).status).toBe(200);
    slow.end(text.slice(1));
    const [answer] = await answered;
    expect(answer.resume().statusCode).toBe(404);
  });

  test('may let the next one go first, and no more often than the office says', async () => {
    const [first] = [await take(), await take()];
    expect((await act(first.phoneToken, 'more-time')).status).toBe(200);
    expect((await act(first.phoneToken, 'more-time')).answer.error?.code).toBe('nobody-behind');
    await take();
    expect((await act(first.phoneToken, 'more-time')).status).toBe(200);
    await take();
    expect((await act(first.phoneToken, 'more-time')).answer.error?.code).toBe('stepped-back-often-enough');
  });

  test('may leave the queue after the call too: the desk is free again', async () => {
    await take();
    const called = await callNext();
    expect((await act(called.phoneToken, 'withdraw')).status).toBe(200);
    await take();
    await act((await callNext()).phoneToken, 'withdraw');
  });

  test('asks for no more than a person presses', async () => {
    const { phoneToken } = await take();
    const answers = await Promise.all(Array.from({ length: 12 }, () => act(phoneToken, 'hold')));
    expect(answers.map(({ status }) => status)).toContain(429);
  });

  test('is refused nonsense without harm', async () => {
    const { phoneToken } = await take();
    expect((await act(phoneToken, 'withdraw', { key: 'short' })).status).toBe(400);
    expect((await act(phoneToken, 'withdraw', { extra: 1 })).status).toBe(400);
    expect((await act('x'.repeat(22), 'withdraw')).status).toBe(404);
  });
});

describe('messages to a closed page', () => {
  test('come near the turn and at the call, sealed, without number or desk, and end with the ticket', async () => {
    for (const _ of [1, 2, 3]) await take();
    const { phoneToken, number } = await take();
    const { value } = (await act(phoneToken, 'hold')).answer as { value: { pushKey: string } };
    expect(value.pushKey).toMatch(/^[\w-]{80,}$/);
    expect(existsSync(join(office.dataDir, 'push.keys.json'))).toBe(true);
    const followed = await act(phoneToken, 'follow', { language: 'ru', ...push.subscription });
    expect(followed.status).toBe(200);
    for (let called = await callNext(); called.number !== number; called = await callNext()) {
      expect((await act(called.phoneToken, 'withdraw')).status).toBe(200);
    }
    await vi.waitFor(() => expect(push.arrived.map(({ opened }) => opened.title)).toContain('Ваша очередь'), 20_000);
    expect(push.arrived.map(({ opened }) => opened.title)).toContain('Скоро ваша очередь');
    for (const { opened, headers, sealed } of push.arrived) {
      expect(opened.page).toBe(`/t/${phoneToken}`);
      expect(`${opened.title} ${opened.body}`).not.toMatch(/\d/);
      expect(headers.authorization).toMatch(/^vapid t=/);
      expect(headers['content-encoding']).toBe('aes128gcm');
      expect(Number(headers.ttl)).toBeLessThanOrEqual(300);
      expect(sealed.includes(number)).toBe(false);
    }
  });

  test('go only to push services that are known', async () => {
    const { phoneToken } = await take();
    const { keys } = push.subscription;
    const elsewhere = { language: 'et', endpoint: 'https://intranet.example/steal', keys };
    expect((await act(phoneToken, 'follow', elsewhere)).answer.error?.code).toBe('not-offered');
  });
});

/** Calls the next visitor to the desk. @returns whose phone hears of it */
async function callNext(): Promise<{ readonly phoneToken: string; readonly number: string }> {
  const called = await desk.emitWithAck('desk:call-next', { requestId: randomUUID() });
  if (!called.ok) throw new Error(called.error.code);
  const { ticketId, number } = called.value;
  return { number, phoneToken: tokens.get(ticketId) ?? '' };
}
