/**
 * The process that owns the HID devices: node-hid, hidraw and nothing else. A native crash or a device that blocks ends
 * this process and never the office; its parent (`process-port.ts`) starts it again.
 */
import { access, constants } from 'node:fs/promises';
import HID, { type Device, type HIDAsync } from 'node-hid';
import type { FromHid, ToHid } from './hid-messages.ts';
import type { HidDevice, HidProblem } from './hid-port.ts';

/** node-hid tells nothing about plugging in; the list is looked at so often (milliseconds). */
const LOOK_EVERY_MS = 2_000;

const open = new Map<number, HIDAsync>();
let known = '';

// The libusb driver would take a keyboard away from the kernel; hidraw leaves it there.
HID.setDriverType('hidraw');
process.on('message', (message) => void obey(message as ToHid));
process.on('disconnect', () => process.exit(0));
await look();
setInterval(() => void look(), LOOK_EVERY_MS);

async function look(): Promise<void> {
  const devices = (await HID.devicesAsync().catch((): Device[] => [])).flatMap(deviceOf);
  const news = JSON.stringify(devices);
  if (news === known) return;
  known = news;
  tell({ kind: 'devices', devices });
}

async function obey(message: ToHid): Promise<void> {
  switch (message.kind) {
    case 'open':
      return openDevice(message.ref, message.path);
    case 'close':
      return closeDevice(message.ref);
    case 'send':
      return send(message);
  }
}

async function openDevice(ref: number, path: string): Promise<void> {
  try {
    const device = await HID.HIDAsync.open(path);
    open.set(ref, device);
    device.on('data', (bytes: Uint8Array) => tell({ kind: 'report', ref, bytes: Uint8Array.from(bytes) }));
    // An `Error` or a plain string, depending on what went wrong; also how unplugging is told.
    device.on('error', (cause: unknown) => void lose(ref, cause));
    tell({ kind: 'opened', ref });
  } catch (cause) {
    tell({ kind: 'not-opened', ref, problem: await problemOf(path, cause) });
  }
}

async function send({ ref, as, bytes }: Extract<ToHid, { kind: 'send' }>): Promise<void> {
  const device = open.get(ref);
  const report = Buffer.from(bytes);
  try {
    await (as === 'output' ? device?.write(report) : device?.sendFeatureReport(report));
  } catch (cause) {
    await lose(ref, cause);
  }
}

async function lose(ref: number, cause: unknown): Promise<void> {
  if (!open.has(ref)) return;
  await closeDevice(ref);
  tell({ kind: 'lost', ref, reason: wordsOf(cause) });
}

async function closeDevice(ref: number): Promise<void> {
  const device = open.get(ref);
  open.delete(ref);
  await device?.close().catch(() => undefined);
}

/** hidapi does not say why; the file does. */
async function problemOf(path: string, cause: unknown): Promise<HidProblem> {
  const reason = wordsOf(cause);
  const code = await access(path, constants.R_OK | constants.W_OK).then(
    () => '',
    (refused: unknown) => (refused instanceof Error && 'code' in refused ? String(refused.code) : ''),
  );
  if (code === 'EACCES' || code === 'EPERM') return { kind: 'denied', reason };
  return { kind: code === '' ? 'failed' : 'gone', reason };
}

function deviceOf(device: Device): readonly HidDevice[] {
  const { path, vendorId, productId, usagePage = 0, usage = 0, product = '', serialNumber = '' } = device;
  return path === undefined ? [] : [{ path, vendorId, productId, usagePage, usage, product, serial: serialNumber }];
}

function tell(message: FromHid): void {
  // The parent may be gone already; then nobody has to hear it, and the end of the channel ends this process.
  process.send?.(message, () => undefined);
}

function wordsOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
