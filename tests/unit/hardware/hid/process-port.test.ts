import { readdir, readFile } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import { ProcessPort } from '../../../../hardware/hid/process-port.ts';
import { until } from '../../../support/waiting.ts';

let port: ProcessPort | null = null;
const traces: string[] = [];

afterEach(async () => {
  await port?.stop();
  port = null;
});

test('the process that owns the devices loads the real node-hid, and a path that is no device is a value, not a crash', async () => {
  port = new ProcessPort((text) => traces.push(text));
  const opened = await port.open('/dev/hidraw-of-nobody');
  expect(opened).toMatchObject({ ok: false, error: { kind: 'gone' } });
  expect(traces).toEqual([]);
});

test('devices are told to whoever watches, at once and after a change', async () => {
  port = new ProcessPort((text) => traces.push(text));
  const seen: number[] = [];
  const stop = port.watch((devices) => seen.push(devices.length));
  await until('a list', () => seen.length >= 1);
  stop();
  expect(seen[0]).toBe(0);
});

/** The process of the devices, among the children of this one; Linux only. */
async function deviceProcess(): Promise<number> {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (parent === String(process.pid) && state !== 'Z' && command.includes('hid-process.ts')) return Number(pid);
  }
  return 0;
}

test.each(['SIGSTOP', 'SIGKILL'] as const)(
  'a process of devices that hangs or is gone (%s) keeps nobody from stopping',
  { timeout: 10_000 },
  async (signal) => {
    traces.length = 0;
    const stopping = new ProcessPort((text) => traces.push(text));
    await until('it runs', async () => (await deviceProcess()) > 0);
    const pid = await deviceProcess();
    process.kill(pid, signal);
    if (signal === 'SIGKILL') await until('it is gone', () => traces.some((text) => text.includes('ended')));
    await stopping.stop();
    expect(await deviceProcess()).toBe(0);
  },
);
