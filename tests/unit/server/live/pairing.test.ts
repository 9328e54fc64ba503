import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type OfficeSocket } from '../../../support/clients.ts';
import { OfficeProcess } from '../../../support/server.ts';

let office: OfficeProcess;
let head: OfficeSocket;

beforeAll(async () => {
  office = await OfficeProcess.start();
  ({ socket: head } = await connect(office.url, 'console', await office.signInFirst()));
}, 60_000);

afterAll(async () => {
  head.disconnect();
  await office.stop();
});

interface Answered {
  readonly status: number;
  readonly cookies: string;
  readonly body: { readonly code?: string; readonly lastsMs?: number };
}

/** Asks to be paired as a screen of another machine would: its request came through something. */
function ask(surface: 'kiosk' | 'display', cookie = ''): Promise<Answered> {
  const body = JSON.stringify({ surface });
  const headers = { host: new URL(office.url).host, origin: office.url, cookie, via: 'another machine' };
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        ...new URL(office.url),
        host: '127.0.0.1',
        port: new URL(office.url).port,
        path: '/api/pair',
        method: 'POST',
        headers,
      },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            cookies: (response.headers['set-cookie'] ?? []).map((one) => one.split(';', 1)[0]).join('; '),
            body: text === '' ? {} : (JSON.parse(text) as Answered['body']),
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

async function codeFor(surface: 'kiosk' | 'display'): Promise<{ code: string; cookie: string }> {
  const { status, body, cookies } = await ask(surface);
  expect(status).toBe(202);
  return { code: body.code ?? '', cookie: cookies };
}

async function paired(surface: 'kiosk' | 'display', name: string): Promise<{ cookie: string; deviceId: string }> {
  const { code, cookie } = await codeFor(surface);
  expect(await head.emitWithAck('device:approve', { requestId: randomUUID(), code, name })).toMatchObject({ ok: true });
  const answer = await ask(surface, cookie);
  expect(answer.status).toBe(204);
  const device = (await devices()).find((one) => one.kind === surface && one.name === name);
  return { cookie: answer.cookies, deviceId: device?.deviceId ?? '' };
}

async function devices() {
  const listed = await head.emitWithAck('device:list', { requestId: randomUUID() });
  return listed.ok ? listed.value : [];
}

describe('a screen of another machine', () => {
  test('shows a code that stays the same while it asks, and is let in under the name the head gives', async () => {
    const { code, cookie } = await codeFor('kiosk');
    expect(code).toMatch(/^\w{4}-\w{4}$/);
    expect((await ask('kiosk', cookie)).body.code).toBe(code);
    const looked = await head.emitWithAck('device:look-up', { requestId: randomUUID(), code: code.toLowerCase() });
    expect(looked).toMatchObject({ ok: true, value: { code, kind: 'kiosk', proposedName: '1' } });
    await head.emitWithAck('device:approve', { requestId: randomUUID(), code, name: 'Fuajee' });
    const answer = await ask('kiosk', cookie);
    expect(answer.status).toBe(204);
    const { socket } = await connect(office.url, 'kiosk', answer.cookies);
    expect((await devices()).find(({ name }) => name === 'Fuajee')).toMatchObject({
      kind: 'kiosk',
      pairedBy: 'Liis Mets',
      connected: true,
    });
    socket.disconnect();
  });

  test('a code is worth nothing to whoever stole it from the screen', async () => {
    const { code, cookie } = await codeFor('kiosk');
    await head.emitWithAck('device:approve', { requestId: randomUUID(), code, name: 'Üleval' });
    const thief = await ask('kiosk', `infolett-pairing-kiosk=${code}`);
    expect(thief.status).toBe(202);
    expect((await ask('kiosk', cookie)).status).toBe(204);
    expect((await ask('kiosk', cookie)).status).toBe(202);
  });

  test('a code is used up by its approval, and the same press sent again is still the same press', async () => {
    const { code } = await codeFor('kiosk');
    const press = { requestId: randomUUID(), code, name: 'Tagatuba' };
    expect(await head.emitWithAck('device:approve', press)).toEqual({ ok: true, value: null });
    expect(await head.emitWithAck('device:approve', press)).toEqual({ ok: true, value: null });
    const replay = await head.emitWithAck('device:approve', { ...press, requestId: randomUUID() });
    expect(replay).toEqual({ ok: false, error: { code: 'unknown-code' } });
  });

  test("a display's token opens no kiosk, and a made-up one opens nothing", async () => {
    const { cookie } = await paired('display', 'Saal');
    const stolen = cookie.replace('infolett-display', 'infolett-kiosk');
    await expect(connect(office.url, 'kiosk', stolen)).rejects.toThrow('unpaired');
    await expect(connect(office.url, 'kiosk', `infolett-kiosk=${'A'.repeat(43)}`)).rejects.toThrow('unpaired');
  });

  test('two screens of one kind do not get one name', async () => {
    const first = await paired('display', 'Koridor');
    const { code } = await codeFor('display');
    const twice = await head.emitWithAck('device:approve', { requestId: randomUUID(), code, name: 'Koridor' });
    expect(twice).toEqual({ ok: false, error: { code: 'device-name-taken' } });
    const second = await paired('display', 'Trepp');
    const renamed = await head.emitWithAck('device:rename', {
      requestId: randomUUID(),
      deviceId: second.deviceId,
      name: 'Koridor',
    });
    expect(renamed).toEqual({ ok: false, error: { code: 'device-name-taken' } });
    expect(first.deviceId).not.toBe(second.deviceId);
  });
});

describe('a screen that is cut off', () => {
  test('loses its connection at once, and its token opens nothing any more', async () => {
    const { cookie, deviceId } = await paired('kiosk', 'Varastatud');
    const { socket } = await connect(office.url, 'kiosk', cookie);
    const gone = new Promise<string>((resolve) => socket.once('ended', () => resolve('ended')));
    const revoked = await head.emitWithAck('device:revoke', { requestId: randomUUID(), deviceId });
    expect(revoked).toEqual({ ok: true, value: null });
    expect(await gone).toBe('ended');
    await expect(connect(office.url, 'kiosk', cookie)).rejects.toThrow('unpaired');
    expect((await ask('kiosk', cookie)).status).toBe(202);
    expect(await devices()).not.toContainEqual(expect.objectContaining({ deviceId }));
  });

  test('a connection that is being made in the same moment does not slip through', async () => {
    const { cookie, deviceId } = await paired('display', 'Korraga');
    const coming = Array.from({ length: 20 }, () => connect(office.url, 'display', cookie).catch(() => null));
    await head.emitWithAck('device:revoke', { requestId: randomUUID(), deviceId });
    for (const { socket } of (await Promise.all(coming)).filter((one) => one !== null)) {
      if (socket.connected) await new Promise((resolve) => socket.once('disconnect', resolve));
      expect(socket.connected).toBe(false);
    }
  });
});

test('the journal tells of pairing, of refused codes and of cutting off, and keeps no name and no code', async () => {
  const { deviceId } = await paired('kiosk', 'Päevik');
  const code = 'ACDE-FGHJ';
  await head.emitWithAck('device:look-up', { requestId: randomUUID(), code });
  await head.emitWithAck('device:revoke', { requestId: randomUUID(), deviceId });
  const { readFile } = await import('node:fs/promises');
  const audit = await readFile(`${office.dataDir}/audit.jsonl`, 'utf8');
  for (const kind of ['device.paired', 'device.code-refused', 'device.revoked']) {
    expect(audit).toContain(`"kind":"${kind}"`);
  }
  expect(audit).not.toMatch(/Päevik|ACDE/);
});
