import { HeldDevice } from '../hid/hold-device.ts';
import type { HidDevice, HidPort } from '../hid/hid-port.ts';
import type { Hold } from '../hid/hold-machine.ts';
import { decodeReport, type HeldCodes } from './decode-report.ts';
import type { KeypadPress } from './keypad-press.ts';
import type { KeypadProfile } from './profile.ts';

/** USB ids of one keypad. */
export interface UsbIds {
  readonly vendorId: number;
  readonly productId: number;
}

export interface KeypadSurroundings {
  readonly port: HidPort;
  readonly profile: KeypadProfile;
  /** Where the profile does not name them. */
  readonly ids: UsbIds | null;
  readonly onPress: (press: KeypadPress) => void;
  readonly onHold: (hold: Hold) => void;
  /** One line for whoever looks for a fault. */
  readonly onTrace: (text: string) => void;
}

/** One accessible keypad: its keys, its headphone jack and its light. */
export class Keypad {
  readonly #around: KeypadSurroundings;
  readonly #keys: HeldDevice;
  readonly #light: HeldDevice | null;
  #held: HeldCodes = [];
  #jack: 'in' | 'out' | null = null;
  #lit = false;

  constructor(around: KeypadSurroundings) {
    this.#around = around;
    const { port, profile } = around;
    this.#keys = new HeldDevice({
      port,
      isMeant: (device) => this.#isKeys(device),
      onReport: (report) => this.#hear(report),
      onChange: (hold) => this.#changed(hold),
    });
    const { light } = profile;
    this.#light =
      light &&
      new HeldDevice({
        port,
        isMeant: (device) => this.#isOurs(device) && device.usagePage === light.usagePage,
        onReport: () => undefined,
        onChange: ({ status }) => {
          if (status === 'ready') void this.#shine();
        },
      });
  }

  get hold(): Hold {
    return this.#keys.hold;
  }

  /** Whether headphones are in; `null`: not known, because it says so only when that changes. */
  get jack(): 'in' | 'out' | null {
    return this.#jack;
  }

  /** Sets the light, and again whenever the keypad is plugged in. */
  async light(lit: boolean): Promise<void> {
    this.#lit = lit;
    await this.#shine();
  }

  async stop(): Promise<void> {
    await Promise.all([this.#keys.stop(), this.#light?.stop()]);
  }

  #isOurs({ vendorId, productId }: HidDevice): boolean {
    const { profile, ids } = this.#around;
    const vendor = profile.vendorId ?? ids?.vendorId;
    const product = profile.productId ?? ids?.productId;
    return vendor === vendorId && (product === undefined || product === productId);
  }

  #isKeys(device: HidDevice): boolean {
    const { profile } = this.#around;
    return this.#isOurs(device) && device.usagePage === profile.usagePage && device.usage === profile.usage;
  }

  #hear(report: Uint8Array): void {
    const { held, presses, unknown } = decodeReport(this.#around.profile, this.#held, report);
    this.#held = held;
    for (const code of unknown) this.#around.onTrace(`code ${code} is no key of the profile`);
    for (const press of presses) {
      if ('jack' in press) this.#jack = press.jack;
      this.#around.onPress(press);
    }
  }

  /** Whoever pulls the keypad out has pulled the headphones out too. */
  #changed(hold: Hold): void {
    if (hold.status !== 'ready') {
      this.#held = [];
      if (this.#jack === 'in') this.#around.onPress({ jack: 'out' });
      this.#jack = null;
    }
    this.#around.onHold(hold);
  }

  async #shine(): Promise<void> {
    const { light } = this.#around.profile;
    if (light) await this.#light?.output(Uint8Array.from(this.#lit ? light.on : light.off));
  }
}
