import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CONNECTED, startRolesOffice, type Connected, type RolesOffice } from '../../../support/roles-office.ts';

let roles: RolesOffice;
let host: string;

beforeAll(async () => {
  roles = await startRolesOffice();
  ({ host } = new URL(roles.office.url));
}, 60_000);

afterAll(async () => {
  await roles.office.stop();
});

interface Said {
  readonly status: number;
  readonly text: string;
}

/** A raw request: a page elsewhere can send no such headers, an attacker's program can. */
function ask(path: string, headers: Record<string, string>, method = 'GET', body = ''): Promise<Said> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(roles.office.url);
    const sent = request({ host: '127.0.0.1', port, path, method, headers: { host, ...headers } }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, text: '' });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const UPGRADE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

/** Addresses that look like the office's own, and others. */
function foreign(): readonly string[] {
  const { url } = roles.office;
  return [
    'http://evil.example',
    'null',
    `${url}.evil.example`,
    url.replace('http://', 'http://evil-'),
    url.replace('http:', 'https:'),
    `${url}0`,
    url.replace('localhost', 'localhost.'),
    url.toUpperCase(),
  ];
}

/** A connection made by long polling, with everything right. @returns its id */
async function pollingConnection(role: Connected): Promise<string> {
  const { text } = await ask('/socket.io/?EIO=4&transport=polling', {
    origin: roles.office.url,
    cookie: roles.cookies[role],
  });
  const { sid } = JSON.parse(text.slice(1)) as { sid: string };
  return sid;
}

describe.each(CONNECTED)('with the cookie of a %s', (role) => {
  test('no page from elsewhere gets a connection, on either transport', async () => {
    for (const origin of foreign()) {
      const headers = { origin, cookie: roles.cookies[role] };
      expect((await ask('/socket.io/?EIO=4&transport=polling', headers)).status, origin).toBe(400);
      const upgraded = await ask('/socket.io/?EIO=4&transport=websocket', { ...headers, ...UPGRADE });
      expect(upgraded.status, origin).toBe(400);
    }
  });

  test('a page from elsewhere can do nothing with the id of a connection, on either transport', async () => {
    const sid = await pollingConnection(role);
    const path = `/socket.io/?EIO=4&transport=polling&sid=${sid}`;
    for (const origin of foreign()) {
      const headers = { origin, cookie: roles.cookies[role] };
      expect((await ask(path, headers)).status, origin).toBe(400);
      expect((await ask(path, headers, 'POST', '40')).status, origin).toBe(400);
      const upgraded = await ask(path.replace('polling', 'websocket'), { ...headers, ...UPGRADE });
      expect(upgraded.status, origin).toBe(400);
    }
    const ours = { origin: roles.office.url, cookie: roles.cookies[role] };
    expect((await ask(path, ours, 'POST', '40')).status).toBe(200);
  });

  test('the id alone, without the cookie or with another one, opens nothing', async () => {
    const sid = await pollingConnection(role);
    const path = `/socket.io/?EIO=4&transport=polling&sid=${sid}`;
    const other = roles.cookies[role === 'head' ? 'specialist' : 'head'];
    for (const cookie of ['', other]) {
      expect((await ask(path, { origin: roles.office.url, cookie }, 'POST', '40')).status).toBe(400);
    }
  });
});

describe('over HTTP', () => {
  const PAIR = '{"surface":"kiosk"}';

  test('nothing is changed for a page from elsewhere, nor for one that does not say where it is from', async () => {
    for (const origin of foreign()) {
      expect((await ask('/api/pair', { origin }, 'POST', PAIR)).status, origin).toBe(403);
    }
    expect((await ask('/api/pair', {}, 'POST', PAIR)).status).toBe(403);
  });

  test.each(['cross-site', 'same-site'])('what the browser itself calls %s changes nothing', async (site) => {
    const headers = { origin: roles.office.url, 'sec-fetch-site': site };
    expect((await ask('/api/pair', headers, 'POST', PAIR)).status).toBe(403);
  });

  test.each(['TRACE', 'OPTIONS', 'PUT', 'DELETE', 'PATCH'])('%s is not spoken here', async (method) => {
    const answer = await ask('/', { origin: roles.office.url, 'x-echo': 'canary' }, method);
    expect(answer.status).toBe(405);
    expect(answer.text).not.toContain('canary');
  });

  test('an address that changes too much is told to wait; reading goes on', async () => {
    const headers = { origin: roles.office.url };
    const many = await Promise.all(Array.from({ length: 400 }, () => ask('/api/sign-out', headers, 'POST')));
    expect(many.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
    expect((await ask('/healthz', {})).status).toBe(200);
  });
});
