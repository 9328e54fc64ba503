import { randomBytes, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { totpCode, totpStep, TOTP_DIGITS } from '../../../../server/accounts/totp.ts';
import type { EpochMs } from '../../../../server/domain/ids.ts';
import { OfficeProcess } from '../../../support/server.ts';
import { newPasskeyResponse } from '../../../support/soft-passkey.ts';
import { StaffClient } from '../../../support/staff-client.ts';

const GOOD = 'kolmteist hobust jões';
const OTHER = 'seitse sinist pilve';
let office: OfficeProcess;
let head: StaffClient;

beforeAll(async () => {
  office = await OfficeProcess.start();
  head = new StaffClient(office.url);
  const first = { token: office.signInToken, username: 'liis', name: 'Liis Mets', passphrase: 'rohelised metsad' };
  await head.post('/api/first-account', first);
}, 60_000);

afterAll(async () => {
  await office.stop();
});

async function ask(name: string, asked: object): Promise<{ ok: boolean; value: Record<string, unknown> }> {
  const socket = await head.socket();
  const emit = socket.emitWithAck.bind(socket) as unknown as (name: string, asked: object) => Promise<unknown>;
  const result = await emit(name, { requestId: randomUUID(), ...asked });
  socket.disconnect();
  return result as { ok: boolean; value: Record<string, unknown> };
}

async function colleague(username: string): Promise<{ client: StaffClient; staffId: string }> {
  const account = { username, name: 'Uus', role: 'specialist', services: [], languages: ['et'] };
  const { value } = await ask('staff:create', account);
  const client = new StaffClient(office.url);
  const token = new URL(String(value.url)).hash.slice(1);
  await client.post('/api/invitation/accept', { token, name: 'Mari Maasikas', passphrase: GOOD });
  return { client, staffId: String(value.staffId) };
}

function signIn(client: StaffClient, username: string, passphrase = GOOD) {
  return client.post('/api/sign-in', { username, passphrase });
}

async function addApp(client: StaffClient): Promise<string> {
  const { body } = await client.post('/api/account/totp');
  await client.post('/api/account/totp/confirm', { code: codeOf(String(body.secret)) });
  return String(body.secret);
}

function codeOf(secret: string, steps = 0): string {
  const bits = [...secret].map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0'));
  const bytes = Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  return totpCode(bytes, totpStep(Date.now() as EpochMs) + steps, TOTP_DIGITS);
}

/** Sends the head of a request, does something meanwhile, and only then sends the body. @returns the status */
async function slowly(client: StaffClient, path: string, body: object, meanwhile: () => Promise<unknown>) {
  const text = JSON.stringify(body);
  const headers = {
    ...{ cookie: client.cookie, origin: office.url, 'content-type': 'application/json' },
    'content-length': String(Buffer.byteLength(text)),
  };
  const slow = request(new URL(path, office.url), { method: 'POST', headers });
  const answered = new Promise<number>((resolve, reject) => {
    slow.once('response', (response) => resolve(response.resume().statusCode ?? 0));
    slow.once('error', reject);
  });
  slow.flushHeaders();
  slow.write(text.slice(0, 1));
  // Another request of the same browser: when it is answered, the office has the first one's head too.
  await client.get('/api/me');
  await meanwhile();
  slow.end(text.slice(1));
  return answered;
}

describe('a request whose body comes slowly is asked for its session when all of it is there', () => {
  test.each([
    ['/api/account/passphrase', { passphrase: OTHER }],
    ['/api/account/factor/remove', { kind: 'totp' }],
    ['/api/account/sessions/end', { sessionId: null }],
  ])('%s', async (path, body) => {
    const username = `aeglane${path.length}`;
    const { client, staffId } = await colleague(username);
    const secret = await addApp(client);
    const end = () => ask('staff:end-sessions', { staffId, sessionId: null });
    expect(await slowly(client, path, body, end)).toBe(401);
    const fresh = new StaffClient(office.url);
    expect((await signIn(fresh, username)).body).toEqual({ next: 'second-factor' });
    const code = codeOf(secret, 1);
    expect((await fresh.post('/api/sign-in/second', { kind: 'totp', code })).status).toBe(200);
  });
});

describe('whoever is half in', () => {
  test('is out when the passphrase has been changed', async () => {
    const { client } = await colleague('poolik');
    const secret = await addApp(client);
    const thief = new StaffClient(office.url);
    expect((await signIn(thief, 'poolik')).body).toEqual({ next: 'second-factor' });
    expect((await client.post('/api/account/passphrase', { passphrase: OTHER })).status).toBe(204);
    const code = codeOf(secret, 1);
    expect((await thief.post('/api/sign-in/second', { kind: 'totp', code })).body.code).toBe('ended');
    expect((await thief.get('/api/me')).status).toBe(401);
  });

  test('makes no second factor for an account that has one by now', async () => {
    const { client } = await colleague('ennatas');
    await ask('staff:rules', { secondFactor: 'required', lockAfterMinutes: 10 });
    const thief = new StaffClient(office.url);
    expect((await signIn(thief, 'ennatas')).body).toEqual({ next: 'enrol' });
    await addApp(client);
    expect((await thief.post('/api/account/totp')).status).toBe(401);
    await ask('staff:rules', { secondFactor: 'optional', lockAfterMinutes: 10 });
  });
});

test('a link that was made for a person opens nothing more once they have set a passphrase themselves', async () => {
  const { client, staffId } = await colleague('ise');
  const { value } = await ask('staff:link', { staffId, forgetFactors: false });
  const token = new URL(String(value.url)).hash.slice(1);
  expect((await client.post('/api/account/passphrase', { passphrase: OTHER })).status).toBe(204);
  expect((await new StaffClient(office.url).post('/api/invitation', { token })).status).toBe(410);
});

test('a page that asks for news by itself keeps no session alive; a person who asks does', async () => {
  const { client, staffId } = await colleague('lahkus');
  const socket = await client.socket();
  const emit = socket.emitWithAck.bind(socket) as unknown as (name: string, asked: object) => Promise<unknown>;
  const seenAt = async (): Promise<unknown> => {
    // Whatever was to be written of the look before is written before the answer to this.
    await ask('staff:change', { staffId, breakGlass: false });
    const { value } = await ask('staff:list', {});
    const people = value.people as readonly { staffId: string; sessions: readonly { seenAt: number }[] }[];
    return people.find((one) => one.staffId === staffId)?.sessions[0]?.seenAt;
  };
  const before = await seenAt();
  expect(await emit('printer:look', { requestId: randomUUID() })).toMatchObject({ ok: true });
  expect(await seenAt()).toBe(before);
  expect(await emit('day:mine', { requestId: randomUUID() })).toMatchObject({ ok: true });
  expect(await seenAt()).toBeGreaterThan(Number(before));
  socket.disconnect();
});

describe('a passkey made by hand', () => {
  async function offer(client: StaffClient, more: { id?: Buffer; transports?: unknown }) {
    const { body } = await client.post('/api/account/passkey');
    const response = newPasskeyResponse({ challenge: String(body.challenge), origin: office.url, ...more });
    return client.post('/api/account/passkey/confirm', { name: 'Võti', response });
  }

  test.each([5, 'usb', { length: 1 }, [{}, 'usb', 7]])(
    'whatever it says of the ways to reach it (%j), it is kept and asked for, and the office goes on',
    async (transports) => {
      const { bootId } = await office.health();
      const { client } = await colleague(`veider${randomBytes(4).toString('hex')}`);
      expect((await offer(client, { transports })).status).toBe(200);
      expect((await client.post('/api/account/passkey')).status).toBe(200);
      expect((await office.health()).bootId).toBe(bootId);
    },
  );

  test('with the id of another one is refused, whoever has that, and the office goes on', async () => {
    const { bootId } = await office.health();
    const id = randomBytes(16);
    const { client } = await colleague('esimene');
    const { client: other } = await colleague('teine');
    expect((await offer(client, { id })).status).toBe(200);
    expect((await offer(client, { id })).body.code).toBe('wrong-code');
    expect((await offer(other, { id })).body.code).toBe('wrong-code');
    expect((await other.get('/api/account')).body).toMatchObject({ passkeys: [] });
    expect((await office.health()).bootId).toBe(bootId);
  });
});
