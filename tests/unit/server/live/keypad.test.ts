import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DeviceRow } from '../../../../server/contract/boards.ts';
import type { KeypadPress } from '../../../../server/contract/keypad.ts';
import type { DeviceId } from '../../../../server/domain/ids.ts';
import { connect, pair, type OfficeSocket } from '../../../support/clients.ts';
import { OfficeProcess } from '../../../support/server.ts';
import { until } from '../../../support/waiting.ts';

/** One kiosk, and what it heard from its keypad. */
interface Kiosk {
  socket: OfficeSocket;
  heard: KeypadPress[];
  readonly cookie: string;
}

let office: OfficeProcess;
let head: OfficeSocket;
let devices: readonly DeviceRow[] = [];
const kiosks: Kiosk[] = [];

beforeAll(async () => {
  office = await OfficeProcess.start({ LOG_LEVEL: 'error' });
  ({ socket: head } = await connect(office.url, 'console', await office.signInFirst(), (socket) =>
    socket.on('board', (board) => {
      if (board.surface === 'desk') ({ devices } = board);
    }),
  ));
}, 60_000);

afterAll(async () => {
  for (const { socket } of kiosks) socket.disconnect();
  head.disconnect();
  await office.stop();
});

async function dock(act: object): Promise<void> {
  const headers = { 'content-type': 'application/json', origin: office.url };
  const response = await fetch(`${office.url}/dock/keypad`, { method: 'POST', headers, body: JSON.stringify(act) });
  expect(response.ok).toBe(true);
}

async function openKiosk(cookie: string): Promise<Kiosk> {
  const heard: KeypadPress[] = [];
  const { socket } = await connect(office.url, 'kiosk', cookie, (made) =>
    made.on('keypad', (press) => heard.push(press)),
  );
  return { socket, heard, cookie };
}

async function newKiosk(): Promise<Kiosk> {
  const kiosk = await openKiosk(await pair(office.url, 'kiosk'));
  kiosks.push(kiosk);
  return kiosk;
}

function set(kioskId: DeviceId | null) {
  return head.emitWithAck('keypad:set', { requestId: randomUUID(), kioskId, profile: 'storm-audionav', usbIds: null });
}

const shows = (condition: string): Promise<void> =>
  until(condition, () => devices.some((row) => row.kind === 'keypad' && row.condition === condition));

test('the keypad of the only kiosk reaches it, through the driver and over the socket', async () => {
  const { heard } = await newKiosk();
  await dock({ key: 'up' });
  await dock({ jack: 'in' });
  await until('two presses', () => heard.length === 2);
  expect(heard).toEqual([{ key: 'up' }, { jack: 'in' }]);
  await shows('ok');
});

test('with two kiosks it belongs to nobody until it is set to one, and then to that one alone', async () => {
  const second = await newKiosk();
  await shows('no-kiosk');
  await dock({ key: 'down' });
  expect(await set('nobody' as DeviceId)).toMatchObject({ ok: false, error: { code: 'unknown-device' } });
  const listed = await head.emitWithAck('device:list', { requestId: randomUUID() });
  const own = listed.ok ? listed.value.filter(({ kind }) => kind === 'kiosk').at(-1) : undefined;
  expect(await set(own?.deviceId ?? null)).toEqual({ ok: true, value: null });
  await shows('ok');
  await dock({ key: 'select' });
  await until('the press', () =>
    kiosks.some(({ heard }) => heard.some((press) => 'key' in press && press.key === 'select')),
  );
  const reached = kiosks.filter(({ heard }) => heard.some((press) => 'key' in press && press.key === 'select'));
  expect(reached).toHaveLength(1);
  expect(kiosks.flatMap(({ heard }) => heard)).not.toContainEqual({ key: 'down' });
  expect(await head.emitWithAck('keypad:look', { requestId: randomUUID() })).toMatchObject({
    ok: true,
    value: { status: 'ready', kioskId: own?.deviceId },
  });
  expect(second.heard.length + (kiosks[0]?.heard.length ?? 0)).toBe(3);
});

test('a kiosk that connects hears that headphones are in already', async () => {
  await dock({ jack: 'in' });
  const owner = kiosks.find(({ heard }) => heard.some((press) => 'key' in press && press.key === 'select'));
  if (!owner) throw new Error('one kiosk has the keypad');
  await until('headphones', () => heard(owner).includes('in'));
  owner.socket.disconnect();
  const again = await openKiosk(owner.cookie);
  kiosks.push(again);
  await until('headphones again', () => heard(again).includes('in'));
});

test('an unplugged keypad and a missing permission are told to staff in words of their own', async () => {
  await dock({ plugged: false });
  await shows('absent');
  await dock({ denied: true });
  await dock({ plugged: true });
  await shows('denied');
  const looked = await head.emitWithAck('keypad:look', { requestId: randomUUID() });
  expect(looked.ok && looked.value?.lastError).toContain('71-infolett-hid.rules');
  await dock({ denied: false });
  await shows('ok');
});

function heard({ heard: presses }: Kiosk): readonly string[] {
  return presses.flatMap((press) => ('jack' in press ? [press.jack] : []));
}
