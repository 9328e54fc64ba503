import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { OfficeProcess } from '../../support/server.ts';
import { until } from '../../support/waiting.ts';

/** Longer than what a visitor notices. */
const HELD_UP_MS = 1_500;

interface Told {
  readonly ok: boolean;
  readonly eventLoop: { readonly slow: boolean; readonly lagMs: number };
  readonly alarms: readonly { readonly kind: string }[];
}

let office: OfficeProcess | null = null;
afterEach(async () => {
  await office?.stop();
  office = null;
});

async function log(): Promise<readonly { readonly type: string; readonly stoppedCleanly?: boolean }[]> {
  const text = await readFile(join(office?.dataDir ?? '', 'audit.jsonl'), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string });
}

test('a start says whether the server before it stopped in order', async () => {
  office = await OfficeProcess.start();
  expect(await office.health()).toMatchObject({
    ok: true,
    issuing: true,
    audit: 'ok',
    stoppedCleanly: true,
    alarms: [],
  });
  await office.kill();
  await office.start();
  expect(await office.health()).toMatchObject({ ok: true, stoppedCleanly: false });
  const started = (await log()).filter(({ type }) => type === 'server_started');
  expect(started.map(({ stoppedCleanly }) => stoppedCleanly)).toEqual([true, false]);
});

test('a database lost while the server was down is restored, and health, log and console say so', async () => {
  office = await OfficeProcess.start();
  await office.kill();
  await rm(join(office.dataDir, 'office.sqlite'));
  for (const side of ['-wal', '-shm']) await rm(join(office.dataDir, `office.sqlite${side}`), { force: true });
  await office.start();
  expect(await office.health()).toMatchObject({ ok: true, alarms: [{ kind: 'restored', acknowledge: true }] });
  expect(office.printed).toContain('the database was restored');
});

test('a server that was held up says so for a while, and serves on as the same process', async () => {
  office = await OfficeProcess.start();
  const { bootId } = await office.health();
  const told = async (): Promise<Told> => (await office?.health()) as unknown as Told;
  expect((await told()).eventLoop.slow).toBe(false);
  office.signal('SIGSTOP');
  await new Promise((resolve) => setTimeout(resolve, HELD_UP_MS)); // the fault itself takes time
  office.signal('SIGCONT');
  await until('it says so', async () => (await told()).eventLoop.slow);
  const { alarms, ok } = await told();
  expect(alarms).toMatchObject([{ kind: 'slow', acknowledge: false }]);
  expect(ok).toBe(true); // slow is not wrong: nobody is to restart it
  expect((await office.health()).bootId).toBe(bootId);
});

test('what a start has read of its own modules is kept for the next one while it serves, for a kill keeps nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'infolett-compiled-'));
  office = await OfficeProcess.start({ CACHE_DIRECTORY: folder });
  await until('our modules are kept', async () => (await readdir(folder, { recursive: true })).length > 200);
  await office.kill();
  await rm(folder, { recursive: true });
});

test('systemd hears that the office serves, that it is alive, and that it stops', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'infolett-notify-'));
  const heard = join(folder, 'heard');
  await writeFile(join(folder, 'systemd-notify'), `#!/bin/sh\necho "$@" >> "${heard}"\n`);
  await chmod(join(folder, 'systemd-notify'), 0o755);
  const settings = {
    PATH: `${folder}${delimiter}${process.env.PATH ?? ''}`,
    NOTIFY_SOCKET: join(folder, 'socket'),
    WATCHDOG_USEC: '300000',
  };
  office = await OfficeProcess.start(settings);
  const words = (): Promise<string> => readFile(heard, 'utf8').catch(() => '');
  await until('the watchdog is fed', async () => (await words()).includes('WATCHDOG=1'));
  expect(await words()).toMatch(/^--ready/);
  await office.stop();
  await until('the stop is told', async () => (await words()).includes('--stopping'));
  office = null;
  await rm(folder, { recursive: true });
});
