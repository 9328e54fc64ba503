import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Outage } from '../../../server/basics/outage.ts';
import { Closing } from '../../../server/basics/closing.ts';
import { readConfig, type Config } from '../../../server/config.ts';
import { officeSecret } from '../../../server/office-secret.ts';
import { startServer, type Running } from '../../../server/start.ts';
import type { Reading } from '../../../server/store/database.ts';
import { databaseAnswers, openStore } from '../../../server/store/opening.ts';
import { SqliteConnection } from '../../../server/store/sqlite-connection.ts';
import { OfficeProcess } from '../../support/server.ts';
import { until } from '../../support/waiting.ts';

const log = pino({ level: 'silent' });
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'infolett-opening-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function taken(): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.on('error', () => undefined).resume()).listen(0, '127.0.0.1', () =>
      resolve(server),
    );
  });
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

async function heads(trx: Reading): Promise<number> {
  const rows = await trx.selectFrom('journal_head').select('seq').execute();
  return rows.length;
}

function settings(more: Readonly<Record<string, string>>): Config {
  return readConfig({ DATA_DIR: join(folder, 'data'), PRINTER: 'virtual:', RESERVE_MIB: '0', ...more });
}

test('an office that cannot open gives back all that it held: the next try opens on the same folder and port', async () => {
  const metrics = await taken();
  const free = await taken();
  const port = portOf(free);
  await new Promise((closed) => free.close(closed));
  const config = settings({ PORT: String(port), METRICS_PORT: String(portOf(metrics)) });
  await expect(startServer(config, { log, dev: false })).rejects.toThrow('METRICS_PORT');
  await new Promise((closed) => metrics.close(closed));
  const running: Running = await startServer(config, { log, dev: false });
  expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
  await running.close();
});

test('a server that is told to stop while it still opens stops in order, and takes nobody in', async () => {
  const office = await OfficeProcess.start();
  await office.kill();
  const mark = join(office.dataDir, 'office.running');
  await rm(mark);
  const lock = await SqliteConnection.open(join(office.dataDir, 'office.sqlite'), 'read-write');
  await lock.exec('begin exclusive'); // its opening waits for this
  office.launch();
  const isMarked = (): Promise<boolean> =>
    access(mark).then(
      () => true,
      () => false,
    );
  await until('it opens', isMarked);
  office.signal('SIGTERM');
  await lock.close();
  expect(await office.exited()).toBe(0);
  expect(office.printed).not.toContain('/display');
  expect(await isMarked()).toBe(false);
  await office.stop();
});

test(
  'a database server that swallows everything is an outage that is told, not a start that never ends',
  { timeout: 20_000 },
  async () => {
    const silent = await taken();
    const databaseUrl = `postgres://office@127.0.0.1:${portOf(silent)}/office`;
    await expect(openStore({ dataDir: folder, databaseUrl, office: 'office' })).rejects.toThrow(Outage);
    await new Promise((closed) => silent.close(closed));
  },
);

test('a database that closes lets whoever uses it end, and is no bug to whoever comes later', async () => {
  const store = await openStore({ dataDir: folder, databaseUrl: null, office: 'office' });
  const held = Promise.withResolvers<null>();
  const writing = store.database.commit(async (trx) => {
    await held.promise;
    return heads(trx);
  });
  const closed = store.database.close();
  await expect(store.database.read(heads)).rejects.toThrow(Outage);
  held.resolve(null);
  expect(await writing).toBe(1);
  await closed;
  await store.close();
});

test('a database that hangs does not let whoever asks hang too', { timeout: 3_000 }, async () => {
  const place = { dataDir: folder, databaseUrl: null, office: 'office' };
  const store = await openStore(place);
  expect(await databaseAnswers(store.database)).toBe(true);
  const held = Promise.withResolvers<null>();
  const writing = store.database.commit(() => held.promise);
  expect(await databaseAnswers(store.database, 10)).toBe(false);
  held.resolve(null);
  await writing;
  expect(await databaseAnswers(store.database)).toBe(true);
  await store.close();
});

describe("the office's secret", () => {
  test('is made once, and again where a power cut at the very first start left an empty file', async () => {
    await writeFile(join(folder, 'office.secret'), '');
    const made = await officeSecret(folder);
    expect(made).toHaveLength(32);
    expect(await officeSecret(folder)).toEqual(made);
  });

  test('that is damaged is never taken for one: codes on paper would open nothing, and others might', async () => {
    await writeFile(join(folder, 'office.secret'), 'QUJD');
    await expect(officeSecret(folder)).rejects.toThrow('is damaged');
  });
});

test('what was opened is closed from the last to the first, whatever fails on the way', async () => {
  const closed: string[] = [];
  const closing = new Closing();
  closing.add(() => closed.push('first'));
  closing.add(() => Promise.reject(new Error('it sticks')));
  closing.add(() => closed.push('last'));
  await expect(closing.close()).rejects.toThrow('it sticks');
  await closing.close();
  expect(closed).toEqual(['last', 'first']);
});
