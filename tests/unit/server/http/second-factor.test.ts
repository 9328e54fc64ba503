import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { totpCode, totpStep, TOTP_DIGITS } from '../../../../server/accounts/totp.ts';
import type { EpochMs } from '../../../../server/domain/ids.ts';
import { OfficeProcess } from '../../../support/server.ts';
import { StaffClient } from '../../../support/staff-client.ts';

const GOOD = 'kolmteist hobust jões';
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

async function ask(name: string, request: object): Promise<{ ok: boolean; value: Record<string, unknown> }> {
  const socket = await head.socket();
  const emit = socket.emitWithAck.bind(socket) as unknown as (name: string, request: object) => Promise<unknown>;
  const result = await emit(name, { requestId: randomUUID(), ...request });
  socket.disconnect();
  return result as { ok: boolean; value: Record<string, unknown> };
}

async function invited(username: string): Promise<{ client: StaffClient; staffId: string; entered: unknown }> {
  const account = { username, name: 'Uus', role: 'specialist', services: [], languages: ['et'] };
  const { value } = await ask('staff:create', account);
  const client = new StaffClient(office.url);
  const token = new URL(String(value.url)).hash.slice(1);
  const { body } = await client.post('/api/invitation/accept', { token, name: 'Mari Maasikas', passphrase: GOOD });
  return { client, staffId: String(value.staffId), entered: body };
}

/** The code of the app now, or some steps away. */
function codeOf(secret: string, steps = 0): string {
  const bits = [...secret].map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0'));
  const bytes = Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  return totpCode(bytes, totpStep(Date.now() as EpochMs) + steps, TOTP_DIGITS);
}

/** Adds an app. @returns its secret and the recovery codes */
async function addApp(client: StaffClient): Promise<{ secret: string; codes: readonly string[] }> {
  const begun = await client.post('/api/account/totp');
  const secret = String(begun.body.secret);
  const confirmed = await client.post('/api/account/totp/confirm', { code: codeOf(secret) });
  expect(confirmed.status).toBe(200);
  return { secret, codes: confirmed.body.recoveryCodes as readonly string[] };
}

function signIn(client: StaffClient, username: string) {
  return client.post('/api/sign-in', { username, passphrase: GOOD });
}

describe('an authenticator app', () => {
  test('is asked for after the passphrase; until then nothing is open; no code works twice', async () => {
    const { client } = await invited('rakendus');
    const { secret } = await addApp(client);
    const fresh = new StaffClient(office.url);
    expect((await signIn(fresh, 'rakendus')).body).toEqual({ next: 'second-factor' });
    expect((await fresh.get('/api/me')).body).toMatchObject({ state: 'signed-out', half: 'second-factor' });
    expect((await fresh.get('/api/account')).status).toBe(401);
    expect((await fresh.post('/api/account/totp')).status).toBe(401);
    await expect(fresh.socket()).rejects.toThrow('signed-out');
    expect((await fresh.post('/api/sign-in/second', { kind: 'totp', code: codeOf(secret, 5) })).status).toBe(401);
    const code = codeOf(secret, 1);
    expect((await fresh.post('/api/sign-in/second', { kind: 'totp', code })).status).toBe(200);
    expect((await fresh.get('/api/me')).status).toBe(200);

    const thief = new StaffClient(office.url);
    await signIn(thief, 'rakendus');
    expect((await thief.post('/api/sign-in/second', { kind: 'totp', code })).body).toEqual({ code: 'wrong-code' });
  });

  test('is kept sealed: its secret stands nowhere in the database', async () => {
    const { client } = await invited('suletud');
    const { secret } = await addApp(client);
    for (const file of ['office.sqlite', 'office.sqlite-wal']) {
      const bytes = await readFile(join(office.dataDir, file)).catch(() => Buffer.alloc(0));
      expect(bytes.includes(secret)).toBe(false);
    }
  });

  test('guesses are few, and the right passphrase does not buy new ones', async () => {
    const { client } = await invited('arvaja');
    await addApp(client);
    const thief = new StaffClient(office.url);
    for (let again = 0; again < 2; again++) {
      expect((await signIn(thief, 'arvaja')).status).toBe(200);
      for (let i = 0; i < 3; i++) await thief.post('/api/sign-in/second', { kind: 'totp', code: '000000' });
    }
    expect((await signIn(thief, 'arvaja')).body.code).toBe('wait');
    expect((await signIn(client, 'arvaja')).status, 'the person’s own browser is not slowed down').toBe(200);
  });
});

test('a hundred codes sent at once are five guesses', async () => {
  const { client } = await invited('korraga');
  await addApp(client);
  const thief = new StaffClient(office.url);
  await signIn(thief, 'korraga');
  const guess = (code: string) => thief.post('/api/sign-in/second', { kind: 'totp', code });
  const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => guess(String(i).padStart(6, '0'))));
  expect(answers.filter(({ body }) => body.code === 'wrong-code')).toHaveLength(5);
});

test('after five wrong codes the passphrase is asked for again', async () => {
  const { client } = await invited('viis');
  await addApp(client);
  const half = client.copy();
  await signIn(half, 'viis');
  const codes: unknown[] = [];
  for (let i = 0; i < 6; i++) {
    codes.push((await half.post('/api/sign-in/second', { kind: 'totp', code: '000000' })).body.code);
  }
  expect(codes).toEqual([...Array<string>(5).fill('wrong-code'), 'ended']);
});

describe('recovery codes', () => {
  test('come with the first factor, work once each however typed, and are replaced whole', async () => {
    const { client } = await invited('taaste');
    const { codes } = await addApp(client);
    expect(codes).toHaveLength(8);
    const fresh = new StaffClient(office.url);
    await signIn(fresh, 'taaste');
    const typed = (codes[0] ?? '').toLowerCase().replaceAll('-', ' ');
    expect((await fresh.post('/api/sign-in/second', { kind: 'recovery', code: typed })).status).toBe(200);
    expect((await fresh.get('/api/account')).body).toMatchObject({ recoveryLeft: 7 });
    await signIn(fresh, 'taaste');
    expect((await fresh.post('/api/sign-in/second', { kind: 'recovery', code: typed })).status).toBe(401);
    const renewed = await client.post('/api/account/recovery');
    const next = renewed.body.codes as readonly string[];
    expect((await fresh.post('/api/sign-in/second', { kind: 'recovery', code: codes[1] })).status).toBe(401);
    expect((await fresh.post('/api/sign-in/second', { kind: 'recovery', code: next[0] })).status).toBe(200);
  });

  test('nobody uses those of somebody else', async () => {
    const { client } = await invited('oma');
    const { codes } = await addApp(client);
    const { client: other } = await invited('voora');
    await addApp(other);
    const thief = new StaffClient(office.url);
    await signIn(thief, 'voora');
    expect((await thief.post('/api/sign-in/second', { kind: 'recovery', code: codes[0] })).status).toBe(401);
  });
});

describe('where the office asks for a second factor', () => {
  test('whoever has none makes one before anything opens; break-glass accounts need none; the last one stays', async () => {
    const before = await invited('hada');
    await ask('staff:change', { staffId: before.staffId, breakGlass: true });
    expect((await ask('staff:rules', { secondFactor: 'required', lockAfterMinutes: 5 })).ok).toBe(true);
    const { client, entered } = await invited('kohustus');
    expect(entered).toEqual({ next: 'enrol' });
    expect((await client.get('/api/me')).status).toBe(401);
    await expect(client.socket()).rejects.toThrow('signed-out');
    expect((await client.post('/api/account/passphrase', { passphrase: GOOD })).status).toBe(401);
    const { codes } = await addApp(client);
    expect(codes).toHaveLength(8);
    expect((await client.get('/api/me')).body).toMatchObject({ state: 'open', lockAfterMinutes: 5 });
    expect((await client.post('/api/account/factor/remove', { kind: 'totp' })).body.code).toBe('last-factor');
    expect((await signIn(new StaffClient(office.url), 'hada')).body).toEqual({ next: 'in' });
    await ask('staff:rules', { secondFactor: 'optional', lockAfterMinutes: 10 });
    expect((await client.post('/api/account/factor/remove', { kind: 'totp' })).status).toBe(204);
    expect((await signIn(new StaffClient(office.url), 'kohustus')).body).toEqual({ next: 'in' });
  });

  test('the head’s link can take lost factors away, and not before it is used', async () => {
    const { client, staffId } = await invited('kadunud');
    await addApp(client);
    const { value } = await ask('staff:link', { staffId, forgetFactors: true });
    expect((await signIn(new StaffClient(office.url), 'kadunud')).body).toEqual({ next: 'second-factor' });
    const fresh = new StaffClient(office.url);
    const token = new URL(String(value.url)).hash.slice(1);
    const set = { token, name: 'Mari Maasikas', passphrase: 'seitse sinist pilve' };
    expect((await fresh.post('/api/invitation/accept', set)).body).toEqual({ next: 'in' });
  });
});

test('the journal names factors and reasons, never a person, a secret or a code', async () => {
  const text = await readFile(join(office.dataDir, 'audit.jsonl'), 'utf8');
  for (const kind of ['factor-added', 'factor-removed', 'recovery-made', 'recovery-used', 'rules-changed']) {
    expect(text).toContain(`"staff.${kind}"`);
  }
  expect(text).toContain('"why":"second-factor"');
  expect(text).toContain('"method":"totp"');
  expect(text).not.toContain('Maasikas');
});
