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
