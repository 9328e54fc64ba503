import { err, ok, type Result } from '#basics/result.ts';
import type { HidDevice, HidHandle, HidPort, HidProblem } from '../hid/hid-port.ts';
import { ReportQueue } from '../hid/report-queue.ts';
import type { KeypadKey } from './keypad-press.ts';
import type { KeypadProfile } from './profile.ts';

/** What can be set on a virtual keypad. */
export interface KeypadKnobs {
  plugged: boolean;
  /** This program may not open it. */
  denied: boolean;
}

const VIRTUAL_PRODUCT = 0x0001;
const VIRTUAL_VENDOR = 0x2047;
const RELEASED = new Uint8Array(8);

/**
 * A keypad made of memory. It stands below the driver and speaks in reports, as the profile says, so the real decoding and
 * the real holding of the device are in every test.
 */
export class VirtualKeypad implements HidPort {
  readonly knobs: KeypadKnobs = { plugged: true, denied: false };
  /** Every output report it was sent, the newest last. */
  readonly outputs: Uint8Array[] = [];
  readonly #profile: KeypadProfile;
  readonly #watchers = new Set<(devices: readonly HidDevice[]) => void>();
  readonly #open = new Map<string, ReportQueue>();
  #plugs = 1;
  #jack: 'in' | 'out' = 'out';

  constructor(profile: KeypadProfile) {
    this.#profile = profile;
  }

  get jack(): 'in' | 'out' {
    return this.#jack;
  }

  /** Whether its light is on, as far as it was told. */
  get lit(): boolean {
    const { light } = this.#profile;
    const last = this.outputs.at(-1);
    return light !== null && last !== undefined && Buffer.from(last).equals(Buffer.from(light.on));
  }

  set(knobs: Partial<KeypadKnobs>): void {
    const { plugged } = this.knobs;
    Object.assign(this.knobs, knobs);
    if (this.knobs.plugged === plugged) return;
    if (this.knobs.plugged) this.#plugs += 1;
    else for (const queue of this.#open.values()) queue.end('the device is disconnected');
    this.#open.clear();
    for (const watcher of this.#watchers) watcher(this.#devices());
  }

  /** Down and up again. */
  press(key: KeypadKey): void {
    const code = this.#profile.keys.find((one) => one.key === key)?.code;
    if (code !== undefined) this.#type(code);
  }

  plugHeadphones(jack: 'in' | 'out'): void {
    this.#jack = jack;
    const code = this.#profile.jack?.[jack];
    if (code !== undefined) this.#type(code);
  }

  /** Sends a report as it is. */
  say(report: Uint8Array): void {
    this.#open.get(this.#path('keys'))?.push(report);
  }

  watch(changed: (devices: readonly HidDevice[]) => void): () => void {
    this.#watchers.add(changed);
    changed(this.#devices());
    return () => void this.#watchers.delete(changed);
  }

  open(path: string): Promise<Result<HidHandle, HidProblem>> {
    return Promise.resolve(this.#opened(path));
  }

  stop(): Promise<void> {
    for (const queue of this.#open.values()) queue.end('closed');
    return Promise.resolve();
  }

  #opened(path: string): Result<HidHandle, HidProblem> {
    if (!this.#devices().some((device) => device.path === path)) return err({ kind: 'gone', reason: `no ${path}` });
    if (this.knobs.denied) return err({ kind: 'denied', reason: `cannot open device with path ${path}` });
    const queue = new ReportQueue();
    this.#open.set(path, queue);
    const send = (bytes: Uint8Array): Promise<void> => {
      this.outputs.push(bytes);
      return Promise.resolve();
    };
    return ok({
      reports: queue,
      closed: queue.closed,
      output: send,
      feature: send,
      close: () => {
        queue.end('closed');
        return Promise.resolve();
      },
    });
  }

  #type(code: number): void {
    const down = RELEASED.slice();
    down[2] = code;
    this.say(down);
    this.say(RELEASED);
  }

  #path(part: 'keys' | 'light'): string {
    return `virtual-${part}-${this.#plugs}`;
  }

  #devices(): readonly HidDevice[] {
    if (!this.knobs.plugged) return [];
    const { vendorId, productId, usagePage, usage, light } = this.#profile;
    const ids = { vendorId: vendorId ?? VIRTUAL_VENDOR, productId: productId ?? VIRTUAL_PRODUCT };
    const device = { ...ids, product: 'Virtual keypad', serial: '' };
    const keys = { ...device, path: this.#path('keys'), usagePage, usage };
    return light ? [keys, { ...device, path: this.#path('light'), usagePage: light.usagePage, usage: 1 }] : [keys];
  }
}
