import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer, RequestName } from '../../../../server/contract/events.ts';
import type { OfficeSocket } from '../../../support/clients.ts';
import { OfficeProcess } from '../../../support/server.ts';
import { StaffClient, type JournalRecord } from '../../../support/staff-client.ts';
import { until } from '../../../support/waiting.ts';

let office: OfficeProcess;
let head: StaffClient;
let headSocket: OfficeSocket;

const GOOD = 'kolmteist hobust jões';

beforeAll(async () => {
  office = await OfficeProcess.start();
  head = new StaffClient(office.url);
  const first = { token: office.signInToken, username: 'liis', name: 'Liis Mets', passphrase: 'rohelised metsad' };
  expect((await head.post('/api/first-account', first)).status).toBe(200);
  headSocket = await head.socket();
}, 60_000);

afterAll(async () => {
  headSocket.disconnect();
  await office.stop();
});

/** One request of the head over her open socket. */
async function ask<Name extends RequestName & `staff:${string}`>(
  name: Name,
  request: object,
  socket: OfficeSocket = headSocket,
): Promise<Answer<Name>> {
  const result = (await send(name, request, socket)) as { ok: boolean; value: Answer<Name>; error: unknown };
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`);
  return result.value;
}

function send(name: string, request: object, socket: OfficeSocket = headSocket): Promise<unknown> {
  const emit = socket.emitWithAck.bind(socket) as unknown as (name: string, request: object) => Promise<unknown>;
  return emit(name, { requestId: randomUUID(), ...request });
}

/** Makes an account and takes its link. @returns the colleague, signed in */
async function colleague(username: string, more: object = {}): Promise<{ client: StaffClient; staffId: string }> {
  const account = { username, name: 'Uus Kolleeg', role: 'specialist', services: ['info'], languages: ['et'], ...more };
  const { staffId, url } = await ask('staff:create', account);
  const client = new StaffClient(office.url);
  const token = new URL(url).hash.slice(1);
  const accepted = await client.post('/api/invitation/accept', { token, name: 'Mari Maasikas', passphrase: GOOD });
  expect(accepted).toMatchObject({ status: 200, body: { next: 'in' } });
  return { client, staffId };
}

async function person(staffId: string) {
  const { people } = await ask('staff:list', {});
  const found = people.find((one) => one.staffId === staffId);
  if (!found) throw new Error('nobody of this id');
  return found;
}

async function journal(): Promise<readonly JournalRecord[]> {
  const text = await readFile(join(office.dataDir, 'audit.jsonl'), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JournalRecord);
}

/** The socket answers nothing more from this moment on, and the client sees that it was cut. */
async function gone(socket: OfficeSocket): Promise<void> {
  if (socket.connected) {
    const cut = new Promise<false>((resolve) => socket.once('disconnect', () => resolve(false)));
    const answered = send('desk:resume', {}, socket).then(
      () => true,
      () => false,
    );
    expect(await Promise.race([answered, cut]), 'it still answers').toBe(false);
  }
  await until('the socket was cut', () => !socket.connected);
}

test.each([
  ['nothing to be seen', '\u200b\u2060'],
  ['a mark that turns letters around', 'Liis \u202esteM'],
  ['an invisible letter between', 'Liis\u00ad Mets'],
  ['half a sign', 'Liis \ud83d'],
])('nobody gets a name that looks like another or like none: %s', async (_, name) => {
  const account = { username: 'nimetu', role: 'specialist', services: [], languages: ['et'] };
  expect(await send('staff:create', { ...account, name })).toMatchObject({ ok: false, error: { code: 'malformed' } });
  const set = { token: 'x', name, passphrase: GOOD };
  expect((await new StaffClient(office.url).post('/api/invitation/accept', set)).status).toBe(400);
});

describe('a new colleague', () => {
  test('gets a link that works once, sets name and passphrase, and works with the skills the head gave', async () => {
    const made = {
      username: 'Maarika',
      name: 'M',
      role: 'specialist',
      services: ['info', 'pension'],
      languages: ['et', 'ru'],
    };
    const { staffId, url } = await ask('staff:create', made);
    expect(new URL(url)).toMatchObject({ pathname: '/console/', search: '' });
    const token = new URL(url).hash.slice(1);
    const client = new StaffClient(office.url);
    expect(await client.post('/api/invitation', { token })).toMatchObject({
      status: 200,
      body: { purpose: 'invitation', username: 'maarika', name: 'M' },
    });
    const set = { token, name: 'Maarika Kuusk', passphrase: GOOD };
    expect((await client.post('/api/invitation/accept', { ...set, passphrase: 'maarika12345' })).body.code).toBe(
      'passphrase-context',
    );
    expect((await client.post('/api/invitation/accept', { ...set, passphrase: 'qwertyqwerty' })).body.code).toBe(
      'passphrase-common',
    );
    expect((await client.post('/api/invitation/accept', set)).status).toBe(200);
    expect((await new StaffClient(office.url).post('/api/invitation/accept', set)).status).toBe(410);
    expect(await person(staffId)).toMatchObject({
      ...{ username: 'maarika', name: 'Maarika Kuusk', services: ['info', 'pension'], languages: ['et', 'ru'] },
      ...{ hasPassphrase: true, linkEndsAt: null, disabled: false },
    });
    const socket = await client.socket();
    const content = await client.get('/content/console/9.json');
    expect(content.body.specialists).toContainEqual(expect.objectContaining({ id: staffId, name: 'Maarika Kuusk' }));
    socket.disconnect();
  });

  test('a request sent again makes nobody twice and gives the same link', async () => {
    const requestId = randomUUID();
    const account = { requestId, username: 'kaks', name: 'K', role: 'specialist', services: [], languages: ['et'] };
    const [one, again] = await Promise.all([ask('staff:create', account), ask('staff:create', account)]);
    expect(again).toEqual(one);
    expect(await send('staff:create', { ...account, requestId: randomUUID() })).toMatchObject({
      error: { code: 'username-taken' },
    });
  });

  test('with a wrong token nothing opens, and a newer link ends the older', async () => {
    const client = new StaffClient(office.url);
    expect((await client.post('/api/invitation', { token: 'arvamata' })).status).toBe(410);
    const made = { username: 'viies', name: 'V', role: 'specialist', services: [], languages: ['et'] };
    const { staffId, url } = await ask('staff:create', made);
    const newer = await ask('staff:link', { staffId, forgetFactors: false });
    const tokens = [url, newer.url].map((link) => new URL(link).hash.slice(1));
    expect((await client.post('/api/invitation', { token: tokens[0] })).status).toBe(410);
    expect((await client.post('/api/invitation', { token: tokens[1] })).status).toBe(200);
  });
});

describe('who may do what ends at once', () => {
  test('another role cuts the open socket, ends the cookie, and the next sign-in has the new role', async () => {
    const { client, staffId } = await colleague('roll');
    const socket = await client.socket();
    expect(await send('staff:list', {}, socket)).toMatchObject({ error: { code: 'forbidden' } });
    await ask('staff:change', { staffId, role: 'head' });
    await gone(socket);
    expect((await client.get('/api/me')).status).toBe(401);
    await expect(client.socket()).rejects.toThrow('signed-out');
    await client.post('/api/sign-in', { username: 'roll', passphrase: GOOD });
    expect((await client.get('/api/me')).body).toMatchObject({ role: 'head' });
    await ask('staff:change', { staffId, role: 'specialist' });
  });

  test('a disabled account loses its sockets, its sessions and its desk; the visitor there waits again', async () => {
    const { client, staffId } = await colleague('kinni', { services: ['info', 'pension', 'family'] });
    const socket = await client.socket();
    expect(await send('desk:take', { deskId: 'laud-4', takeOver: false }, socket)).toMatchObject({ ok: true });
    await ask('staff:disable', { staffId, disabled: true });
    await gone(socket);
    expect((await client.get('/api/me')).status).toBe(401);
    expect((await client.post('/api/sign-in', { username: 'kinni', passphrase: GOOD })).body).toEqual({
      code: 'wrong',
    });
    await until('the desk is free', async () => {
      const records = await journal();
      return records.some(({ kind, desk }) => kind === 'desk.left' && desk === 'laud-4');
    });
    await ask('staff:disable', { staffId, disabled: false });
    expect((await client.post('/api/sign-in', { username: 'kinni', passphrase: GOOD })).status).toBe(200);
  });

  test('the last head can neither step down nor be taken away, and nobody disables themselves', async () => {
    const own = (await ask('staff:list', {})).people.find(({ username }) => username === 'liis');
    const staffId = own?.staffId ?? '';
    expect(await send('staff:change', { staffId, role: 'specialist' })).toMatchObject({ error: { code: 'last-head' } });
    expect(await send('staff:disable', { staffId, disabled: true })).toMatchObject({ error: { code: 'not-yourself' } });
    expect(headSocket.connected).toBe(true);
  });

  test('head and person end sessions; an ended one is over on the open socket too', async () => {
    const { client, staffId } = await colleague('mitu');
    const second = new StaffClient(office.url, 'Mozilla/5.0 (Android 15) Firefox/150');
    await second.post('/api/sign-in', { username: 'mitu', passphrase: GOOD });
    const sockets = [await client.socket(), await second.socket()] as const;
    const { sessions } = await person(staffId);
    expect(sessions.map(({ browser }) => browser).sort()).toEqual(['Chrome, Linux', 'Firefox, Android']);
    await second.post('/api/account/sessions/end', { sessionId: null });
    await gone(sockets[0]);
    expect(sockets[1].connected).toBe(true);
    await ask('staff:end-sessions', { staffId, sessionId: null });
    await gone(sockets[1]);
    expect((await second.get('/api/me')).status).toBe(401);
    expect((await person(staffId)).sessions).toEqual([]);
  });

  test('nobody ends the session of somebody else by its id', async () => {
    const { client, staffId } = await colleague('esimene');
    const { client: other } = await colleague('teine');
    const sessionId = (await person(staffId)).sessions[0]?.sessionId;
    expect((await other.post('/api/account/sessions/end', { sessionId })).status).toBe(204);
    expect((await client.get('/api/me')).status).toBe(200);
  });
});

describe('a session', () => {
  test('gets a new token at each sign-in; the one this browser had before is over', async () => {
    const { client } = await colleague('uuesti');
    const thief = client.copy();
    const socket = await thief.socket();
    await client.post('/api/sign-in', { username: 'uuesti', passphrase: GOOD });
    await gone(socket);
    expect((await thief.get('/api/me')).status).toBe(401);
    expect((await client.get('/api/me')).status).toBe(200);
  });

  test('ends with the sign-out, over HTTP and on the open socket, whoever kept the cookie', async () => {
    const { client } = await colleague('valja');
    const thief = client.copy();
    const socket = await thief.socket();
    expect((await client.post('/api/sign-out', { visitor: 'ask' })).status).toBe(204);
    await gone(socket);
    expect((await thief.get('/api/me')).status).toBe(401);
    expect((await thief.get('/content/console/1.json')).status).toBe(401);
    await expect(thief.socket()).rejects.toThrow('signed-out');
  });

  test('locked, it shows nothing and answers nothing, keeps the desk, and opens with the passphrase and a new token', async () => {
    const { client, staffId } = await colleague('lukus');
    const socket = await client.socket();
    await send('desk:take', { deskId: 'laud-3', takeOver: false }, socket);
    const locked = client.copy();
    expect((await client.post('/api/lock')).status).toBe(204);
    await gone(socket);
    expect(await client.get('/api/me')).toMatchObject({
      status: 423,
      body: { state: 'locked', name: 'Mari Maasikas', desk: { deskId: 'laud-3' } },
    });
    await expect(client.socket()).rejects.toThrow('locked');
    expect((await client.get('/content/console/1.json')).status).toBe(401);
    expect((await client.get('/api/account')).status).toBe(401);
    expect((await client.post('/api/sign-out', { visitor: 'ask' })).status).toBe(423);
    expect((await client.post('/api/unlock', { passphrase: 'vale vale vale' })).body.code).toBe('wrong');
    expect((await client.post('/api/unlock', { passphrase: GOOD })).status).toBe(200);
    expect((await client.get('/api/me')).body).toMatchObject({ state: 'open', desk: { deskId: 'laud-3' } });
    expect((await locked.get('/api/me')).status).toBe(401);
    const kinds = (await journal()).filter(({ actor }) => actor === staffId).map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['staff.locked', 'staff.refused', 'staff.unlocked']));
  });

  test('a colleague signs in over the lock and takes the desk over; the visitor stays and is served on', async () => {
    const { client, staffId } = await colleague('enne', { services: ['info'] });
    const socket = await client.socket();
    await send('desk:take', { deskId: 'laud-3', takeOver: true }, socket);
    const issued = (await send('ticket:issue-for', {
      ...{ needId: null, serviceId: 'info', language: 'et', standing: 'walk-in', assistance: [], further: [] },
      ...{ note: '', print: false },
    })) as { value: { ticketId: string } };
    await send('desk:call-ticket', { ticketId: issued.value.ticketId, version: 1, reason: 'other' }, socket);
    await client.post('/api/lock');
    await colleague('parast', { services: ['info'] });
    expect((await client.post('/api/sign-in', { username: 'parast', passphrase: GOOD })).status).toBe(200);
    expect((await person(staffId)).sessions).toEqual([]);
    const over = await client.socket();
    expect(await send('desk:take', { deskId: 'laud-3', takeOver: false }, over)).toMatchObject({
      error: { code: 'desk-taken' },
    });
    expect(await send('desk:take', { deskId: 'laud-3', takeOver: true }, over)).toMatchObject({ ok: true });
    const begun = await send('ticket:begin', { ticketId: issued.value.ticketId, version: 2 }, over);
    expect(begun).toMatchObject({ ok: true });
    expect((await client.post('/api/sign-out', { visitor: 'ask' })).body).toMatchObject({ code: 'desk-busy' });
    expect((await client.get('/api/me')).status).toBe(200);
    expect((await client.post('/api/sign-out', { visitor: 'waits-again' })).status).toBe(204);
    await until('the visitor waits again', async () => {
      const records = await journal();
      return records.some(({ kind, ticket }) => kind === 'ticket.transferred' && ticket === issued.value.ticketId);
    });
    over.disconnect();
  });
});

describe('a new passphrase', () => {
  test('by the head’s link: the old one no longer works and every session is over', async () => {
    const { client, staffId } = await colleague('unustas');
    const { url } = await ask('staff:link', { staffId, forgetFactors: true });
    expect((await client.get('/api/me')).status).toBe(200);
    const fresh = new StaffClient(office.url);
    const token = new URL(url).hash.slice(1);
    const next = 'seitse sinist pilve';
    expect((await fresh.post('/api/invitation', { token })).body).toMatchObject({ purpose: 'reset' });
    await fresh.post('/api/invitation/accept', { token, name: 'Mari Maasikas', passphrase: next });
    expect((await client.get('/api/me')).status).toBe(401);
    expect((await client.post('/api/sign-in', { username: 'unustas', passphrase: GOOD })).status).toBe(401);
    expect((await client.post('/api/sign-in', { username: 'unustas', passphrase: next })).status).toBe(200);
  });

  test('by the person: proven first, other sessions end', async () => {
    const { client } = await colleague('vahetab');
    const other = new StaffClient(office.url);
    await other.post('/api/sign-in', { username: 'vahetab', passphrase: GOOD });
    expect((await client.post('/api/account/passphrase', { passphrase: 'lühike' })).status).toBe(422);
    expect((await client.post('/api/account/passphrase', { passphrase: 'üheksa rohelist konna' })).status).toBe(204);
    expect((await other.get('/api/me')).status).toBe(401);
    expect((await client.get('/api/me')).status).toBe(200);
  });
});

test('the journal tells all of it by id alone, and the boards follow', async () => {
  const text = await readFile(join(office.dataDir, 'audit.jsonl'), 'utf8');
  for (const name of ['Maasikas', 'Liis', 'liis', 'Kuusk', 'maarika', GOOD]) expect(text).not.toContain(name);
  const kinds = new Set((await journal()).map(({ kind }) => kind));
  for (const kind of [
    'staff.account-made',
    'staff.link-made',
    'staff.role-changed',
    'staff.disabled',
    'staff.enabled',
  ]) {
    expect(kinds).toContain(kind);
  }
  for (const kind of ['staff.session-ended', 'staff.passphrase-set', 'staff.signed-in', 'staff.signed-out']) {
    expect(kinds).toContain(kind);
  }
});
