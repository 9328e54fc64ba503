import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../../../../server/store/opening.ts';
import { IdentityProvider, type Twist } from '../../../support/identity-provider.ts';
import { OfficeProcess } from '../../../support/server.ts';
import { StaffClient } from '../../../support/staff-client.ts';
import { until } from '../../../support/waiting.ts';

const SUBJECT = 'EE60001019906';
let provider: IdentityProvider;
let office: OfficeProcess;
let head: StaffClient;

beforeAll(async () => {
  const port = await freePort();
  const publicUrl = `http://localhost:${port}`;
  provider = await IdentityProvider.start(`${publicUrl}/api/outside/back`);
  const dataDir = await mkdtemp(join(tmpdir(), 'infolett-outside-'));
  const settings = {
    ...{ PUBLIC_URL: publicUrl, OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: 'infolett' },
    ...{ OIDC_CLIENT_SECRET: provider.clientSecret, OIDC_ACR: 'substantial', OIDC_NAME: 'TARA' },
  };
  office = await OfficeProcess.startAt({ port, dataDir, settings });
  head = new StaffClient(office.url);
  const first = { token: office.signInToken, username: 'liis', name: 'Liis Mets', passphrase: 'rohelised metsad' };
  await head.post('/api/first-account', first);
  const socket = await head.socket();
  const me = await head.get('/api/me');
  const linked = (await socket.emitWithAck('staff:link-identity', {
    ...{ requestId: randomUUID(), staffId: String(me.body.staffId), subject: ` ${SUBJECT.toLowerCase()} ` },
  })) as unknown;
  expect(linked).toMatchObject({ ok: true });
  socket.disconnect();
}, 90_000);

afterAll(async () => {
  await office.stop();
  await provider.stop();
  await rm(office.dataDir, { recursive: true, force: true });
});

beforeEach(() => {
  provider.twist = {};
  provider.subject = SUBJECT;
  provider.acr = 'high';
});

/** From the sign-in screen to the provider and to the way back, not taken yet. */
async function wayBack(client: StaffClient): Promise<{ readonly asked: URL; readonly back: URL }> {
  const start = await client.get('/api/outside?lang=ru');
  expect(start.status).toBe(303);
  const asked = new URL(start.headers.get('location') ?? '');
  return { asked, back: await provider.visit(asked.href) };
}

async function signIn(client = new StaffClient(office.url)): Promise<{ client: StaffClient; to: string | null }> {
  const { back } = await wayBack(client);
  const answer = await client.get(back.pathname + back.search);
  expect(answer.status).toBe(303);
  return { client, to: answer.headers.get('location') };
}

async function isIn(client: StaffClient): Promise<boolean> {
  return (await client.get('/api/me')).status === 200;
}

describe('signing in at the identity provider', () => {
  test('asks with PKCE, state and nonce, the wanted assurance and language, and lets the linked person in', async () => {
    const client = new StaffClient(office.url);
    const { asked, back } = await wayBack(client);
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      ...{ response_type: 'code', scope: 'openid', code_challenge_method: 'S256', acr_values: 'substantial' },
      ...{ ui_locales: 'ru', redirect_uri: `${office.url}/api/outside/back` },
    });
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect((asked.searchParams.get(name) ?? '').length, name).toBeGreaterThanOrEqual(43);
    }
    const answer = await client.get(back.pathname + back.search);
    expect(answer.headers.get('location')).toBe('/console/');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect((await client.get('/api/me')).body).toMatchObject({ state: 'open', name: 'Liis Mets' });
  });

  test('the cookie of the journey alone is Lax, lasts ten minutes and is gone afterwards', async () => {
    const client = new StaffClient(office.url);
    const start = await client.get('/api/outside');
    const [cookie] = start.headers.getSetCookie();
    expect(cookie).toMatch(/^infolett-outside=.*HttpOnly; SameSite=Lax; Max-Age=600$/);
    const { client: done } = await signIn(client);
    expect(done.cookieNamed('infolett-outside')).toBeUndefined();
    expect(done.cookieNamed('infolett-session')).toBeDefined();
  });

  test('a session this browser had before is over', async () => {
    const { client } = await signIn();
    const thief = client.copy();
    await signIn(client);
    expect(await isIn(thief)).toBe(false);
    expect(await isIn(client)).toBe(true);
  });

  test('leaving the provider’s page is no error', async () => {
    const client = new StaffClient(office.url);
    const { asked } = await wayBack(client);
    const state = asked.searchParams.get('state') ?? '';
    const answer = await client.get(`/api/outside/back?error=user_cancel&state=${state}`);
    expect(answer.headers.get('location')).toBe('/console/?refused=outside-cancelled');
  });
});

describe('nobody is let in', () => {
  const seconds = Math.floor(Date.now() / 1000);
  const TWISTS: readonly (readonly [string, Twist])[] = [
    ['with another nonce', { claims: (claims) => ({ ...claims, nonce: 'somebody-elses' }) }],
    ['without a nonce', { claims: ({ nonce: _, ...claims }) => claims }],
    ['with an unsigned token', { signature: 'none' }],
    ['with a stranger’s signature', { signature: 'stranger' }],
    ['with a token for somebody else', { claims: (claims) => ({ ...claims, aud: 'another-client' }) }],
    ['with a token of another provider', { claims: (claims) => ({ ...claims, iss: 'https://evil.example' }) }],
    ['with an expired token', { claims: (claims) => ({ ...claims, iat: seconds - 900, exp: seconds - 600 }) }],
    ['without an expiry', { claims: ({ exp: _, ...claims }) => claims }],
  ];
  test.each(TWISTS)('%s', async (_, twist) => {
    provider.twist = twist;
    const { client, to } = await signIn();
    expect(to).toBe('/console/?refused=outside-refused');
    expect(await isIn(client)).toBe(false);
  });

  test.each(['low', 'none', ''])('with an assurance of "%s"', async (acr) => {
    provider.acr = acr;
    const { client, to } = await signIn();
    expect(to).toBe('/console/?refused=outside-weak');
    expect(await isIn(client)).toBe(false);
  });

  test('whom the office has not linked', async () => {
    provider.subject = 'EE60001018800';
    const { client, to } = await signIn();
    expect(to).toBe('/console/?refused=outside-unknown');
    expect(await isIn(client)).toBe(false);
  });

  test('with an answer that names another provider', async () => {
    const client = new StaffClient(office.url);
    const { back } = await wayBack(client);
    back.searchParams.set('iss', 'https://evil.example');
    const answer = await client.get(back.pathname + back.search);
    expect(answer.headers.get('location')).toBe('/console/?refused=outside-refused');
  });

  test('with another state, in another browser, a second time, or with a code used before', async () => {
    const client = new StaffClient(office.url);
    const { back } = await wayBack(client);
    const stranger = new StaffClient(office.url);
    const stolen = await stranger.get(back.pathname + back.search);
    expect(stolen.headers.get('location')).toBe('/console/?refused=outside-stale');
    const again = client.copy();
    expect((await client.get(back.pathname + back.search)).headers.get('location')).toBe('/console/');
    const repeated = await again.get(back.pathname + back.search);
    expect(repeated.headers.get('location')).toBe('/console/?refused=outside-stale');

    const other = new StaffClient(office.url);
    const fresh = await wayBack(other);
    fresh.back.searchParams.set('code', back.searchParams.get('code') ?? '');
    const used = await other.get(fresh.back.pathname + fresh.back.search);
    expect(used.headers.get('location')).toBe('/console/?refused=outside-refused');

    const third = new StaffClient(office.url);
    const wrong = await wayBack(third);
    wrong.back.searchParams.set('state', 'x'.repeat(43));
    const answer = await third.get(wrong.back.pathname + wrong.back.search);
    expect(answer.headers.get('location')).toBe('/console/?refused=outside-refused');
    for (const one of [stranger, other, third]) expect(await isIn(one)).toBe(false);
  });
});

describe('signing out', () => {
  test('ends the session here, and leads to where the one at the provider ends', async () => {
    const { client } = await signIn();
    const answer = await client.post('/api/sign-out', { visitor: 'ask' });
    expect(answer.status).toBe(200);
    expect(await isIn(client)).toBe(false);
    const to = new URL(String(answer.body.to));
    expect(to.href.startsWith(`${provider.issuer}/session/end?`)).toBe(true);
    expect(to.searchParams.get('post_logout_redirect_uri')).toBe(`${office.url}/console/`);
    expect(to.searchParams.get('id_token_hint')?.split('.')).toHaveLength(3);
    expect((await client.post('/api/sign-out', { visitor: 'ask' })).status).toBe(204);
  });

  test('of somebody who came by passphrase leads nowhere else', async () => {
    const client = new StaffClient(office.url);
    await client.post('/api/sign-in', { username: 'liis', passphrase: 'rohelised metsad' });
    expect((await client.post('/api/sign-out', { visitor: 'ask' })).status).toBe(204);
  });
});

describe('a colleague who has the outside sign-in alone', () => {
  test('opens the locked console by it; no passphrase does, and the desk stays theirs', async () => {
    const boss = (await signIn()).client;
    const socket = await boss.socket();
    const ask = () => ({ requestId: randomUUID() });
    const account = {
      username: 'valja',
      name: 'Väli Ainult',
      role: 'specialist',
      services: ['info'],
      languages: ['et'],
    };
    const made = (await socket.emitWithAck('staff:create', { ...ask(), ...account } as never)) as {
      value: { staffId: string };
    };
    const { staffId } = made.value;
    await socket.emitWithAck('staff:link-identity', { ...ask(), staffId, subject: 'EE49912319997' });
    socket.disconnect();

    provider.subject = 'EE49912319997';
    const { client } = await signIn();
    const desk = await client.socket();
    await desk.emitWithAck('desk:take', { ...ask(), deskId: 'laud-3', takeOver: false });
    expect((await client.get('/api/me')).body).toMatchObject({ state: 'open', hasPassphrase: false });
    expect((await client.post('/api/lock')).status).toBe(204);
    const locked = client.copy();
    expect((await client.post('/api/unlock', { passphrase: 'rohelised metsad' })).body.code).toBe('wrong');
    expect((await client.get('/api/me')).status).toBe(423);
    await signIn(client);
    expect((await client.get('/api/me')).body).toMatchObject({
      ...{ state: 'open', name: 'Väli Ainult', desk: { deskId: 'laud-3' } },
    });
    expect((await locked.get('/api/me')).status).toBe(401);
  });
});

describe('a link between a person and an identity', () => {
  test('is to one identity: another that differs only in the case of its letters is somebody else', async () => {
    const { request, newcomer } = await aNewcomer('tahed');
    await request('staff:link-identity', { staffId: newcomer, subject: 'mariMets' });
    provider.subject = 'MARIMETS';
    expect((await signIn()).to).toBe('/console/?refused=outside-unknown');
    provider.subject = 'mariMets';
    expect((await signIn()).to).toBe('/console/');
  });

  test('that is changed ends what was begun by the former identity, and nothing else', async () => {
    const { request, newcomer } = await aNewcomer('vahetus');
    await request('staff:link-identity', { staffId: newcomer, subject: 'LV30000000001' });
    provider.subject = 'LV30000000001';
    const { client: wrong } = await signIn();
    const socket = await wrong.socket();
    await request('staff:link-identity', { staffId: newcomer, subject: 'LV30000000001' });
    expect(await isIn(wrong), 'the same link once more changes nothing').toBe(true);
    await request('staff:link-identity', { staffId: newcomer, subject: 'LV30000000002' });
    expect(await isIn(wrong)).toBe(false);
    await until('the socket was cut', () => !socket.connected);
  });

  async function aNewcomer(username: string) {
    const socket = await head.socket();
    const send = socket.emitWithAck.bind(socket) as unknown as (name: string, asked: object) => Promise<unknown>;
    const request = async (name: string, asked: object) => {
      const result = (await send(name, { requestId: randomUUID(), ...asked })) as {
        value: { staffId: string };
      };
      expect(result).toMatchObject({ ok: true });
      return result.value;
    };
    const account = { username, name: 'Uus', role: 'specialist', services: [], languages: ['et'] };
    return { request, newcomer: (await request('staff:create', account)).staffId };
  }
});

test('a provider whose own word about itself names another issuer is not asked at all', async () => {
  const port = await freePort();
  const dataDir = await mkdtemp(join(tmpdir(), 'infolett-outside-'));
  const settings = {
    ...{ PUBLIC_URL: `http://localhost:${port}`, OIDC_ISSUER: provider.issuer.replace('localhost', '127.0.0.1') },
    ...{ OIDC_CLIENT_ID: 'infolett', OIDC_CLIENT_SECRET: provider.clientSecret, OIDC_NAME: 'TARA' },
  };
  const misled = await OfficeProcess.startAt({ port, dataDir, settings });
  const answer = await fetch(`${misled.url}/api/outside`, { redirect: 'manual' });
  expect(answer.status).toBe(503);
  expect(answer.headers.get('location')).toBeNull();
  expect((await fetch(`${misled.url}/healthz`)).status).toBe(200);
  await misled.stop();
});

describe('whoever begins one sign-in after the other', () => {
  test('is slowed down by address, and keeps nobody else from signing in', async () => {
    const port = await freePort();
    const publicUrl = `http://localhost:${port}`;
    const dataDir = await mkdtemp(join(tmpdir(), 'infolett-outside-'));
    const settings = {
      ...{ PUBLIC_URL: publicUrl, OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: 'infolett', TRUST_PROXY: 'true' },
      ...{ OIDC_CLIENT_SECRET: provider.clientSecret, OIDC_ACR: 'substantial', OIDC_NAME: 'TARA' },
    };
    const busy = await OfficeProcess.startAt({ port, dataDir, settings });
    const begin = async (address: string): Promise<string> => {
      const headers = { 'x-forwarded-for': address };
      const answer = await fetch(`${busy.url}/api/outside`, { headers, redirect: 'manual' });
      return answer.headers.get('location') ?? '';
    };
    const places = await Promise.all(Array.from({ length: 150 }, () => begin('10.0.0.7')));
    expect(places.filter((to) => to.startsWith(provider.issuer)).length).toBeGreaterThanOrEqual(60);
    expect(places).toContain('/console/?refused=outside-refused');
    expect(await begin('10.0.0.8')).toContain(provider.issuer);
    await busy.stop();
  });
});

test('the personal code stands nowhere: not in the database, the audit file or the log', async () => {
  const files = ['office.sqlite', 'office.sqlite-wal', 'audit.jsonl'];
  const texts = await Promise.all(
    files.map((file) => readFile(join(office.dataDir, file)).catch(() => Buffer.alloc(0))),
  );
  expect(texts.some((bytes) => bytes.length > 0)).toBe(true);
  for (const text of [...texts.map((bytes) => bytes.toString('latin1')), office.printed]) {
    expect(text.toUpperCase()).not.toContain(SUBJECT);
    expect(text).not.toContain('60001018800');
  }
  expect(texts[2]?.toString()).toContain('"why":"outside-weak"');
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('where people sign in by the provider alone, a start prints no link for a first account; without a provider it does', async () => {
  await office.kill();
  const store = await openStore({ dataDir: office.dataDir, databaseUrl: null, office: 'office' });
  await store.database.write((trx) => trx.updateTable('staff').set({ passphrase_hash: null }).execute());
  await store.close();
  await office.start();
  expect(office.signInToken).toBeNull();
  await office.kill();
  await office.start({ OIDC_ISSUER: '' });
  expect(office.signInToken).not.toBeNull();
});
