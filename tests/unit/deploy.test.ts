import { randomUUID } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect, pair } from '../support/clients.ts';
import { must } from '../support/must.ts';
import { OfficeProcess } from '../support/server.ts';
import { until } from '../support/waiting.ts';

const WATCHDOG = join(import.meta.dirname, '../../deploy/kiosk/watchdog.sh');

let office: OfficeProcess;
let folder: string;
let watchdog: ChildProcess | null = null;
beforeEach(async () => {
  office = await OfficeProcess.start();
  folder = await mkdtemp(join(tmpdir(), 'infolett-watchdog-'));
  // What the script calls of the machine, told instead of done; each look of the script leaves a mark.
  await command('systemctl', `echo "$@" >> "${folder}/restarts"`);
  await command('sleep', `echo >> "${folder}/looks"; exec /bin/sleep 0.05`);
});
afterEach(async () => {
  watchdog?.kill('SIGKILL');
  await office.stop();
  await rm(folder, { recursive: true, force: true });
});

async function command(name: string, does: string): Promise<void> {
  await writeFile(join(folder, name), `#!/bin/sh\n${does}\n`);
  await chmod(join(folder, name), 0o755);
}

async function lines(file: 'looks' | 'restarts'): Promise<number> {
  const text = await readFile(join(folder, file), 'utf8').catch(() => '');
  return text.split('\n').length - 1;
}

async function looks(count: number): Promise<void> {
  const before = await lines('looks');
  await until('it has looked', async () => (await lines('looks')) >= before + count);
}

function watch(name: string): void {
  const env = { ...process.env, INFOLETT_URL: `${office.url}/`, INFOLETT_NAME: name, UNKNOWN_AFTER_LOOKS: '20' };
  watchdog = spawn(WATCHDOG, { env: { ...env, PATH: `${folder}${delimiter}${process.env.PATH ?? ''}` } });
}

async function screen(): Promise<{ readonly name: string; readonly close: () => void }> {
  const { socket } = await connect(office.url, 'kiosk', await pair(office.url, 'kiosk'));
  const { devices } = (await office.health()) as unknown as { devices: { kind: string; name: string }[] };
  const name = devices.find(({ kind }) => kind === 'kiosk')?.name ?? '';
  return { name, close: () => socket.close() };
}

test('a screen that the office has lost is started again; one that is there is left alone', async () => {
  const { name, close } = await screen();
  watch(name);
  await looks(8);
  expect(await lines('restarts')).toBe(0);
  close();
  await until('it is started again', async () => (await lines('restarts')) > 0);
  expect(await readFile(join(folder, 'restarts'), 'utf8')).toMatch(/^restart infolett-kiosk\.service\n/);
});

test('an office that is away, or has just come, is not the fault of its screens', async () => {
  const { name, close } = await screen();
  watch(name);
  await looks(3);
  await office.kill();
  close();
  await looks(25);
  await office.start();
  const back = await screen();
  await looks(8);
  back.close();
  expect(await lines('restarts')).toBe(0);
});

test('a screen that waits for its code has time, and one that was given another name is not started again and again', async () => {
  watch('Fuajee');
  await looks(10);
  expect(await lines('restarts')).toBe(0);
  await until('it is started again all the same', async () => (await lines('restarts')) > 0);
  await looks(60);
  expect(await lines('restarts')).toBe(1);
});

test.each(['Saal (1) [uus].*', '"Väike" \\ saal', '$(id) `id` #2'])('a screen may have any name: %s', async (name) => {
  await screen();
  const { socket: head } = await connect(office.url, 'console', await office.signInFirst());
  const [kiosk] = must(await head.emitWithAck('device:list', { requestId: randomUUID() }));
  if (!kiosk) throw new Error('there is a kiosk');
  must(await head.emitWithAck('device:rename', { requestId: randomUUID(), deviceId: kiosk.deviceId, name }));
  head.close();
  watch(name);
  await looks(40);
  expect(await lines('restarts')).toBe(0);
});
