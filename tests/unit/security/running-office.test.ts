import { randomUUID } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newToken, tokenHash } from '../../../server/accounts/tokens.ts';
import { protectiveHeaders } from '../../../server/http/protective-headers.ts';
import { Passphrases } from '../../../server/accounts/passphrase.ts';
import { signIn } from '../../support/clients.ts';
import { OfficeProcess } from '../../support/server.ts';
import { StaffClient } from '../../support/staff-client.ts';
import { startRolesOffice, type RolesOffice } from '../../support/roles-office.ts';
import { until } from '../../support/waiting.ts';

/** A failing assertion that only a mistake of ours could make, thrown in a running office on demand. */
const BUG_ON_SIGNAL = `data:text/javascript,${encodeURIComponent(
  `process.on('SIGUSR2', () => setImmediate(() => { throw new Error('a mistake of ours') }))`,
)}`;
const PASSPHRASE = 'rohelised metsad';

let roles: RolesOffice;
let office: OfficeProcess;

beforeAll(async () => {
  roles = await startRolesOffice({ LOG_LEVEL: 'trace' });
  ({ office } = roles);
}, 60_000);

afterAll(async () => {
  await office.stop();
});

function get(path: string, cookie = ''): Promise<Response> {
  return fetch(new URL(path, office.url), { headers: { cookie }, redirect: 'manual' });
}

async function journal(): Promise<readonly Record<string, unknown>[]> {
  const text = await readFile(join(office.dataDir, 'audit.jsonl'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('what an office tells whoever asks', () => {
  test.each(['/', '/display', '/console/', '/waiting', `/t/${'A'.repeat(22)}`])(
    'the page %s runs its own scripts alone, by hash, and makes no markup of text',
    async (path) => {
      const response = await get(path);
      const page = await response.text();
      const found = /<meta[^>]+content-security-policy[^>]+content="(?<policy>[^"]+)"/i.exec(page);
      const policy = found?.groups?.policy ?? '';
      // Where nothing is said of scripts, what holds by default holds for them.
      const scripts = /script-src (?<sources>[^;]+)/.exec(policy)?.groups?.sources ?? "'self'";
      const hasInline = /<script(?![^>]*\ssrc=)[^>]*>/.test(page);
      expect(policy).toContain("default-src 'self'");
      expect(policy).toContain("object-src 'none'");
      expect(policy).toContain("base-uri 'none'");
      expect(policy).toContain("require-trusted-types-for 'script'");
      expect(scripts).toContain(hasInline ? "'sha256-" : "'self'");
      expect(scripts).not.toMatch(/unsafe|https?:|\*/);
      expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    },
  );

  test('data is kept by no cache, and opened as a page it runs nothing', async () => {
    for (const path of ['/api/me', '/content/console/1.json', `/api/ticket/${'A'.repeat(22)}/board`, '/healthz']) {
      const { headers } = await get(path, roles.cookies.head);
      expect(headers.get('cache-control'), path).toContain('no-store');
      expect(headers.get('content-security-policy'), path).toContain("default-src 'none'");
    }
  });

  test.each([
    '/.git/config',
    '/.git/HEAD',
    '/package.json',
    '/server/main.ts',
    '/node_modules/',
    '/data/office.sqlite',
  ])('nothing of how it is made is there: %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  test.each(['/_app/', '/_app/immutable/', '/voice/', '/content/', '/api/'])(
    'no folder is listed: %s',
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(404);
      expect((await answer.text()).length).toBeLessThan(100);
    },
  );

  test('no answer names a version of anything', async () => {
    for (const path of ['/', '/console/', '/healthz', '/api/me', '/nowhere', '/socket.io/?EIO=4&transport=polling']) {
      const answer = await get(path);
      expect(answer.headers.get('server'), path).toBeNull();
      expect(answer.headers.get('x-powered-by'), path).toBeNull();
      if (path.includes('api') || path === '/nowhere' || path.includes('socket.io'))
        expect(await answer.text(), path).not.toMatch(/\d+\.\d+\.\d+/);
    }
  });

  test.each([
    ['a connection', 'GET', '/socket.io/?EIO=4&transport=polling', 200],
    ['a transport there is none of', 'GET', '/socket.io/?EIO=4&transport=smoke', 400],
    ['a connection nobody has', 'GET', '/socket.io/?EIO=4&transport=polling&sid=none', 400],
    ['a method there is none of', 'PUT', '/socket.io/?EIO=4&transport=polling', 400],
    ['nothing at all', 'GET', '/nowhere', 404],
    ['a redirect', 'GET', '/console', 308],
    ['a refused method', 'PUT', '/', 405],
  ])('every answer carries the protective headers, also the one to %s', async (_, method, path, status) => {
    const answer = await fetch(new URL(path, office.url), {
      ...{ method, redirect: 'manual', headers: { origin: office.url } },
    });
    expect(answer.status).toBe(status);
    for (const [name, value] of Object.entries(protectiveHeaders(false))) expect(answer.headers.get(name)).toBe(value);
  });

  test('what is the same as before carries them too, and so does the worker that keeps the shell', async () => {
    const first = await get('/');
    const again = await fetch(office.url, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
    const worker = await fetch(`${office.url}/service-worker.js`, { headers: { 'accept-encoding': 'br' } });
    expect(worker.headers.get('content-encoding')).toBe('br');
    for (const { headers } of [again, worker]) {
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    }
  });

  test('metrics and the event table are not among what visitors reach', async () => {
    for (const path of ['/metrics', '/events', '/api/events']) expect((await get(path)).status, path).toBe(404);
  });
});

describe('secrets', () => {
  test('everything in the data folder is for its owner alone', async () => {
    const names = await readdir(office.dataDir);
    expect(names).toEqual(expect.arrayContaining(['office.secret', 'office.sqlite', 'audit.jsonl']));
    for (const name of names) {
      const found = await stat(join(office.dataDir, name));
      if (found.isFile()) expect(found.mode & 0o077, name).toBe(0);
    }
  });

  test('tokens have 256 random bits and no two are alike; what is kept of them opens nothing', () => {
    const tokens = Array.from({ length: 1_000 }, newToken);
    expect(new Set(tokens).size).toBe(1_000);
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(tokenHash(tokens[0] ?? '')).not.toContain(tokens[0]);
  });

  test('a passphrase is kept as argon2id with a salt of its own, and taken as it was typed', async () => {
    const passphrases = new Passphrases();
    const [one, other] = [await passphrases.hash(PASSPHRASE), await passphrases.hash(PASSPHRASE)];
    expect(one).toMatch(/^argon2id\$/);
    expect(one).not.toBe(other);
    expect(await passphrases.matches(PASSPHRASE, one, 'strange')).toBe(true);
    for (const wrong of [PASSPHRASE.toUpperCase(), ` ${PASSPHRASE}`, PASSPHRASE.slice(0, -1), `${PASSPHRASE}d`]) {
      expect(await passphrases.matches(wrong, one, 'strange'), wrong).toBe(false);
    }
    const long = 'õ'.repeat(190);
    expect(await passphrases.matches(`${long}a`, await passphrases.hash(`${long}b`), 'known')).toBe(false);
  });

  test('no token, cookie or passphrase stands in the log, the journal or an answer about somebody else', async () => {
    const fresh = await OfficeProcess.start({ LOG_LEVEL: 'trace' });
    const token = fresh.signInToken ?? '';
    await fresh.signInFirst('liis', 'Liis Mets', PASSPHRASE);
    const cookie = await signIn(fresh.url, 'liis', PASSPHRASE);
    const [, value = ''] = /infolett-session=([^;]+)/.exec(cookie) ?? [];
    const staff = new StaffClient(fresh.url);
    await staff.post('/api/sign-in', { username: 'liis', passphrase: `${PASSPHRASE} valesti` });
    const log = fresh.printed.replace(`/console/#${token}`, '');
    const audit = await readFile(join(fresh.dataDir, 'audit.jsonl'), 'utf8');
    expect(value.length).toBeGreaterThan(40);
    for (const text of [log, audit]) {
      for (const secret of [token, value, PASSPHRASE]) expect(text.includes(secret)).toBe(false);
    }
    await fresh.stop();
  });
});

describe('what is written down', () => {
  test('every line of the journal says what, when in UTC, and who', async () => {
    const records = await journal();
    expect(records.length).toBeGreaterThan(0);
    for (const { seq, time, kind, type, actor } of records) {
      expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect([typeof seq, typeof kind, typeof type, typeof actor]).toEqual(['number', 'string', 'string', 'string']);
    }
  });

  test('a request that its role may not send is in the log, with the reference of the answer', async () => {
    const kiosk = await roles.connect('kiosk');
    const asking = kiosk as unknown as {
      emitWithAck: (name: string, request: object) => Promise<{ error: { code: string; reference: string } }>;
    };
    const { error } = await asking.emitWithAck('staff:list', { requestId: randomUUID() });
    expect(error.code).toBe('forbidden');
    const line = (): string => office.printed.split('\n').find((text) => text.includes(error.reference)) ?? '';
    await until('the line in the log', () => line().endsWith('}'));
    expect(JSON.parse(line())).toMatchObject({ event: 'staff:list', code: 'forbidden', role: 'kiosk' });
    kiosk.disconnect();
  });

  test('a connection from elsewhere is in the log, with where it came from', async () => {
    const answer = await fetch(`${office.url}/socket.io/?EIO=4&transport=polling`, {
      headers: { origin: 'https://evil.example' },
    });
    expect(answer.status).toBe(400);
    await until('the line in the log', () => office.printed.includes('"origin":"https://evil.example"'));
  });
});

describe('a mistake of ours', () => {
  test('is written down whole, ends the process with a failure, and tells nobody anything', async () => {
    const fresh = await OfficeProcess.start({ NODE_OPTIONS: `--import=${BUG_ON_SIGNAL}` });
    const gone = fresh.exited();
    process.kill(fresh.pid, 'SIGUSR2');
    expect(await gone).toBe(1);
    const line = fresh.printed.split('\n').find((text) => text.includes('a bug ended the server')) ?? '{}';
    expect(JSON.parse(line)).toMatchObject({
      level: 60,
      cause: expect.stringContaining('a mistake of ours') as string,
    });
    await fresh.start();
    expect((await fresh.health()).ok).toBe(true);
    await fresh.stop();
  });
});
