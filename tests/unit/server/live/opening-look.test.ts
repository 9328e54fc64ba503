import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EpochMs } from '../../../../server/domain/ids.ts';
import { connect, pair, type OfficeSocket } from '../../../support/clients.ts';
import { OfficeProcess } from '../../../support/server.ts';

let office: OfficeProcess;
let head: OfficeSocket;

beforeAll(async () => {
  office = await OfficeProcess.start({ PRINTER: 'none:' });
  head = (await connect(office.url, 'console', await office.signInFirst())).socket;
});

afterAll(async () => {
  head.disconnect();
  await office.stop();
});

async function verdicts(): Promise<Readonly<Record<string, string | null>>> {
  const clockAt = Date.now() as EpochMs;
  const answer = await head.emitWithAck('check:run', { requestId: randomUUID(), clockAt, roundTripMs: 1 });
  if (!answer.ok) throw new Error(answer.error.code);
  return Object.fromEntries(answer.value.items.map(({ check, fix }) => [check, fix]));
}

test('a screen that has not been here since the server started is missed in the morning, not overlooked', async () => {
  expect(await verdicts()).toMatchObject({ display: 'no-display', network: null });
  const cookies = { kiosk: await pair(office.url, 'kiosk'), display: await pair(office.url, 'display') };
  expect(await verdicts()).toMatchObject({ display: 'display-off', network: 'kiosk-off' });
  const kiosk = await connect(office.url, 'kiosk', cookies.kiosk);
  const display = await connect(office.url, 'display', cookies.display);
  expect(await verdicts()).toMatchObject({ display: null, network: null });
  kiosk.socket.disconnect();
  display.socket.disconnect();
});
