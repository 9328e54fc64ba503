/**
 * Runs inside the emulated Linux: the product's keypad driver with the unmodified node-hid, the kernel's own HID, and at the
 * bottom a keypad that the kernel takes for real. One line a check; the last line says how many passed.
 */
import { ProcessPort } from '../../hardware/hid/process-port.ts';
import { Keypad } from '../../hardware/keypad/keypad.ts';
import type { KeypadPress } from '../../hardware/keypad/keypad-press.ts';
import { keypadProfileNamed } from '../../hardware/keypad/profile.ts';
import { Uhid, type UhidDevice } from './uhid.ts';

const WITHIN_MS = 60_000;
const IDS = { vendorId: 0x2047, productId: 0x0a3b };
/** A boot keyboard: eight modifier bits, a reserved byte, six codes. @source USB HID 1.11, appendix B.1 */
const KEYS: UhidDevice = {
  ...IDS,
  name: 'Keypad',
  descriptor: [
    ...[0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x05, 0x07, 0x19, 0xe0, 0x29, 0xe7, 0x15, 0x00, 0x25, 0x01, 0x75, 0x01],
    ...[0x95, 0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08, 0x81, 0x01, 0x95, 0x06, 0x75, 0x08, 0x15, 0x00, 0x26, 0xff],
    ...[0x00, 0x05, 0x07, 0x19, 0x00, 0x2a, 0xff, 0x00, 0x81, 0x00, 0xc0],
  ],
};
/** A vendor's pipe of eight bytes each way. */
const PIPE: UhidDevice = {
  ...IDS,
  name: 'Keypad settings',
  descriptor: [
    ...[0x06, 0x00, 0xff, 0x09, 0x01, 0xa1, 0x01, 0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08, 0x95, 0x08],
    ...[0x09, 0x01, 0x81, 0x02, 0x95, 0x08, 0x09, 0x01, 0x91, 0x02, 0xc0],
  ],
};

let passed = 0;
let failed = 0;

const found = keypadProfileNamed('storm-audionav');
if (!found.ok) throw new Error(found.error);
const profile = found.value;
const presses: KeypadPress[] = [];
const port = new ProcessPort((text) => process.stdout.write(`trace: ${text}\n`));
const keypad = new Keypad({
  port,
  profile,
  ids: null,
  onPress: (press) => presses.push(press),
  onHold: ({ status, lastError }) => process.stdout.write(`keypad: ${status} ${lastError ?? ''}\n`),
  onTrace: (text) => process.stdout.write(`trace: ${text}\n`),
});
await check('no keypad: absent', () => keypad.hold.status === 'absent');
let keys = new Uhid(KEYS);
const pipe = new Uhid(PIPE);
await check('plugged in: found by the kernel, node-hid and the driver', () => keypad.hold.status === 'ready');
type(82);
type(40);
await check('two keys', () => JSON.stringify(presses) === '[{"key":"up"},{"key":"select"}]');
type(106);
await check('headphones in', () => keypad.jack === 'in');
await keypad.light(true);
const { light } = profile;
const wanted = Buffer.from(light?.on.slice(1) ?? []);
await check('the light is switched on by an output report', () => pipe.outputs.some((sent) => wanted.equals(sent)));
keys.destroy();
await check(
  'unplugged: absent, and the headphones are out',
  () => keypad.hold.status === 'absent' && keypad.jack === null,
);
keys = new Uhid(KEYS);
await check('plugged in again', () => keypad.hold.status === 'ready');
type(58);
await check('help after that', () => JSON.stringify(presses.at(-1)) === '{"key":"help"}');
await keypad.stop();
await port.stop();

// From here on as somebody who is in no group: devices without a udev rule belong to root alone.
process.setgroups?.([]);
process.setgid?.(65_534);
process.setuid?.(65_534);
const denied = new ProcessPort(() => undefined);
const stranger = new Keypad({
  ...{ port: denied, profile, ids: null },
  ...{ onPress: () => undefined, onHold: () => undefined, onTrace: () => undefined },
});
await check('without the udev rule: denied, not broken', () => stranger.hold.status === 'denied');
process.stdout.write(`GUEST ${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);

function type(code: number): void {
  keys.say([0, 0, code, 0, 0, 0, 0, 0]);
  keys.say([0, 0, 0, 0, 0, 0, 0, 0]);
}

async function check(what: string, isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + WITHIN_MS;
  while (!isSo() && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
  const good = isSo();
  if (good) passed += 1;
  else failed += 1;
  process.stdout.write(`${good ? 'ok' : 'NOT OK'} - ${what}\n`);
}
