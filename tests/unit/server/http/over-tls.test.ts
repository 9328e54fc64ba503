import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as tlsConnect, getCACertificates, setDefaultCACertificates, type SecureVersion } from 'node:tls';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, pair } from '../../../support/clients.ts';
import { selfSigned } from '../../../support/self-signed.ts';
import { OfficeProcess } from '../../../support/server.ts';
import { StaffClient } from '../../../support/staff-client.ts';

const PASSPHRASE = 'rohelised metsad';
const YEAR_S = 31_536_000;

let folder = '';
let office: OfficeProcess;
let port: number;
let kiosk: string;

beforeAll(async () => {
  const { cert, key } = selfSigned();
  // Clients of this test trust it, as an agency's machines trust its own certificates.
  setDefaultCACertificates([...getCACertificates('default'), cert]);
  folder = await mkdtemp(join(tmpdir(), 'infolett-tls-'));
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  await writeFile(certFile, cert);
  await writeFile(keyFile, key, { mode: 0o600 });
  office = await OfficeProcess.start({ TLS_CERT: certFile, TLS_KEY: keyFile });
  port = Number(new URL(office.url).port);
  await office.signInFirst();
  kiosk = await pair(office.url, 'kiosk');
}, 90_000);

afterAll(async () => {
  await office.stop();
  await rm(folder, { recursive: true, force: true });
});

/** What became of a TLS handshake that offers this version alone. */
function handshake(version: SecureVersion): Promise<string> {
  return new Promise((resolve) => {
    // Old versions are offered only where the client's own bar is lowered.
    const options = { minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' };
    const socket = tlsConnect({ port, host: 'localhost', servername: 'localhost', ...options }, () => {
      resolve(socket.getProtocol() ?? '');
      socket.destroy();
    });
    socket.on('error', () => resolve('refused'));
  });
}

/** What a connection gets that comes from this page over this transport. */
function outcome(url: string, transport: 'websocket' | 'polling', origin: string, cookie: string): Promise<string> {
  const socket = io(url, {
    ...{ transports: [transport], auth: { surface: 'kiosk' }, extraHeaders: { origin, cookie } },
    ...{ reconnection: false, forceNew: true },
  });
  return new Promise<string>((resolve) => {
    socket.once('board', () => resolve('let in'));
    socket.once('connect_error', () => resolve('refused'));
  }).finally(() => socket.disconnect());
}

describe('an office with certificate files', () => {
  test('speaks TLS 1.2 and 1.3, and nothing older', async () => {
    expect(await handshake('TLSv1.3')).toBe('TLSv1.3');
    expect(await handshake('TLSv1.2')).toBe('TLSv1.2');
    expect(await handshake('TLSv1.1')).toBe('refused');
    expect(await handshake('TLSv1')).toBe('refused');
  });

  test.each(['/', '/console/', '/healthz', '/readyz'])('gives %s to nobody over plain HTTP', async (path) => {
    const answer = await new Promise<string>((resolve) => {
      const sent = request({ host: '127.0.0.1', port, path, headers: { host: `localhost:${port}` } }, (response) => {
        response.resume();
        resolve(`answered ${response.statusCode ?? 0}`);
      });
      sent.on('error', () => resolve('nothing'));
      sent.end();
    });
    expect(['nothing', 'answered 400']).toContain(answer);
  });

  test('opens no connection without TLS, whatever the cookie', async () => {
    const plain = office.url.replace('https:', 'http:');
    for (const transport of ['websocket', 'polling'] as const) {
      expect(await outcome(plain, transport, office.url, kiosk)).toBe('refused');
    }
  });

  test('tells browsers with every answer to come by TLS alone, for a year at least', async () => {
    for (const path of [
      '/',
      '/display',
      '/console/',
      '/healthz',
      '/api/me',
      '/no-such-page',
      '/content/kiosk/1.json',
    ]) {
      const { headers } = await fetch(new URL(path, office.url));
      const seconds = /^max-age=(?<seconds>\d+); includeSubDomains$/.exec(
        headers.get('strict-transport-security') ?? '',
      )?.groups?.seconds;
      expect(Number(seconds), path).toBeGreaterThanOrEqual(YEAR_S);
    }
    const refused = await fetch(office.url, { method: 'DELETE' });
    expect(refused.headers.get('strict-transport-security')).toContain('max-age');
    const handshake = await fetch(`${office.url}/socket.io/?EIO=4&transport=polling`, {
      headers: { origin: office.url, cookie: kiosk },
    });
    expect(handshake.status).toBe(200);
    expect(handshake.headers.get('strict-transport-security')).toContain('max-age');
  });

  test('gives cookies that no other site can set and no script can read, and that go out over TLS alone', async () => {
    const staff = new StaffClient(office.url);
    const asked = await Promise.all([
      staff.post('/api/sign-in', { username: 'liis', passphrase: PASSPHRASE }),
      staff.post('/api/pair', { surface: 'display' }),
    ]);
    const cookies = asked.flatMap(({ headers }) => headers.getSetCookie());
    expect(cookies.length).toBeGreaterThanOrEqual(2);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^__Host-infolett-[a-z-]+=/);
      expect(cookie.split('; ').slice(1)).toEqual(
        expect.arrayContaining(['Path=/', 'HttpOnly', 'SameSite=Strict', 'Secure']),
      );
      expect(cookie).not.toMatch(/domain=/i);
    }
    expect(cookies.some((cookie) => cookie.startsWith('__Host-infolett-session='))).toBe(true);
  });

  test('does not know a cookie without the prefix, which a page over plain HTTP could have set', async () => {
    const staff = new StaffClient(office.url);
    await staff.post('/api/sign-in', { username: 'liis', passphrase: PASSPHRASE });
    expect((await staff.get('/api/me')).status).toBe(200);
    const bare = staff.cookie.replaceAll('__Host-', '');
    expect((await fetch(`${office.url}/api/me`, { headers: { cookie: bare } })).status).toBe(401);
    expect(await outcome(office.url, 'websocket', office.url, kiosk.replaceAll('__Host-', ''))).toBe('refused');
  });

  test('lets its own page connect over both transports, and no other page', async () => {
    const foreign = [
      'https://evil.example',
      'null',
      `${office.url}.evil.example`,
      office.url.replace('https:', 'http:'),
    ];
    for (const transport of ['websocket', 'polling'] as const) {
      expect(await outcome(office.url, transport, office.url, kiosk)).toBe('let in');
      for (const origin of foreign) expect(await outcome(office.url, transport, origin, kiosk), origin).toBe('refused');
    }
  });

  test('ends a session for good: its cookie opens nothing afterwards, over HTTPS or as a connection', async () => {
    const staff = new StaffClient(office.url);
    await staff.post('/api/sign-in', { username: 'liis', passphrase: PASSPHRASE });
    const thief = staff.copy();
    const socket = await thief.socket();
    const ended = new Promise((resolve) => socket.once('disconnect', resolve));
    expect((await staff.post('/api/sign-out', { visitor: 'ask' })).status).toBe(204);
    await ended;
    expect((await thief.get('/api/me')).status).toBe(401);
    await expect(connect(office.url, 'console', thief.cookie)).rejects.toThrow('signed-out');
  });
});

/** A request as a proxy passes it on. */
function passOn(
  behind: OfficeProcess,
  path: string,
  { headers = {}, body }: { headers?: Record<string, string>; body?: object },
): Promise<{
  readonly status: number;
  readonly cookies: readonly string[];
  readonly hsts: string;
  readonly text: string;
}> {
  return new Promise((resolve, reject) => {
    const inner = new URL(behind.url);
    const sent = request(
      {
        ...{ host: '127.0.0.1', port: inner.port, path, method: body ? 'POST' : 'GET' },
        headers: { host: 'esindus.example', origin: 'https://esindus.example', ...headers },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () =>
          resolve({
            text,
            status: response.statusCode ?? 0,
            cookies: response.headers['set-cookie'] ?? [],
            hsts: response.headers['strict-transport-security'] ?? '',
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

describe('an office behind a proxy that speaks TLS', () => {
  let behind: OfficeProcess;

  beforeAll(async () => {
    behind = await OfficeProcess.start({ PUBLIC_URL: 'https://esindus.example', TRUST_PROXY: 'true' });
  }, 90_000);

  afterAll(async () => {
    await behind.stop();
  });

  test('gives the same cookies and tells browsers the same as over its own TLS', async () => {
    const answer = await passOn(behind, '/api/pair', {
      headers: { 'x-forwarded-for': '10.0.0.9', 'x-forwarded-proto': 'https' },
      body: { surface: 'kiosk' },
    });
    expect(answer.status).toBe(202);
    expect(answer.cookies.join()).toMatch(/^__Host-infolett-pairing-kiosk=.*Secure/);
    expect(answer.hsts).toContain(`max-age=${YEAR_S}`);
  });

  test('does nothing for a page that did not come by TLS', async () => {
    const body = { surface: 'kiosk' };
    const plain = { origin: 'http://esindus.example', 'x-forwarded-proto': 'http' };
    expect((await passOn(behind, '/api/pair', { headers: plain, body })).status).toBe(403);
    const handshake = '/socket.io/?EIO=4&transport=polling';
    expect((await passOn(behind, handshake, { headers: plain })).status).toBe(400);
    expect((await passOn(behind, handshake, {})).status).toBe(200);
  });

  test('counts by the address the proxy saw, whatever a visitor claims to be', async () => {
    const flood = (address: (i: number) => string) =>
      Promise.all(
        Array.from({ length: 800 }, (_, i) =>
          passOn(behind, '/api/sign-out', { headers: { 'x-forwarded-for': address(i) }, body: {} }),
        ),
      );
    const refused = async (address: (i: number) => string): Promise<number> =>
      (await flood(address)).filter(({ status }) => status === 429).length;
    expect(await refused((i) => `10.1.${i % 200}.${Math.floor(i / 200)}, 10.0.0.77`)).toBeGreaterThan(0);
    expect(await refused((i) => `10.0.0.77, 10.2.${i % 200}.${Math.floor(i / 200)}`)).toBe(0);
  });

  test('shows the head where a screen that asks to be let in really is', async () => {
    const staff = new StaffClient(behind.url);
    const first = { token: behind.signInToken, username: 'liis', name: 'Liis Mets', passphrase: PASSPHRASE };
    await staff.post('/api/first-account', first);
    const socket = await staff.socket();
    const headers = { 'x-forwarded-for': '192.0.2.1, 10.0.0.42' };
    const { code } = JSON.parse(
      (await passOn(behind, '/api/pair', { headers, body: { surface: 'display' } })).text,
    ) as {
      code: string;
    };
    const found = await socket.emitWithAck('device:look-up', { requestId: randomUUID(), code });
    expect(found).toMatchObject({ ok: true, value: { address: '10.0.0.42', kind: 'display' } });
    socket.disconnect();
  });
});

test('an office that trusts no proxy does not listen to what a client says about its address', async () => {
  const alone = await OfficeProcess.start();
  const { host, origin } = new URL(alone.url);
  const many = await Promise.all(
    Array.from({ length: 800 }, (_, i) =>
      passOn(alone, '/api/sign-out', { headers: { host, origin, 'x-forwarded-for': `10.3.${i % 200}.1` }, body: {} }),
    ),
  );
  expect(many.some(({ status }) => status === 429)).toBe(true);
  await alone.stop();
});
