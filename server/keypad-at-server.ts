import type { Logger } from 'pino';
import type { HidPort } from '../hardware/hid/hid-port.ts';
import { ProcessPort } from '../hardware/hid/process-port.ts';
import { Keypad } from '../hardware/keypad/keypad.ts';
import type { KeypadPress } from '../hardware/keypad/keypad-press.ts';
import { KEYPAD_PROFILES, keypadProfileNamed, type KeypadProfile } from '../hardware/keypad/profile.ts';
import { VirtualKeypad } from '../hardware/keypad/virtual-keypad.ts';
import type { Actor, DeviceId, EpochMs } from './domain/ids.ts';
import type { JournalLine } from './domain/journal.ts';
import type { DeviceWatch } from './live/devices.ts';
import type { KeypadPort } from './live/keypad-port.ts';
import type { Database } from './store/database.ts';
import { appendToJournal } from './store/journal.ts';
import { keypadSetting, saveKeypadSetting, type KeypadSetting } from './store/keypads.ts';

const KEYPAD_ID = 'keypad-1' as DeviceId;
const AS_FOUND: KeypadSetting = { kioskId: null, profile: 'storm-audionav', usbIds: null };

interface Surroundings {
  readonly database: Database;
  readonly now: () => EpochMs;
  /** The journal has grown. */
  readonly onLines: (lines: readonly JournalLine[]) => Promise<void>;
  readonly devices: DeviceWatch;
  readonly log: Logger;
}

export interface KeypadAtServer {
  readonly port: KeypadPort;
  /** Made of memory, steered from the dock; `null`: a real one, or none. */
  readonly virtual: VirtualKeypad | null;
  /** Where presses go. */
  onPress: (kioskId: DeviceId, press: KeypadPress) => void;
  /** Kiosks have come or gone: whose it is may have changed. */
  readonly lookAround: () => void;
  readonly stop: () => Promise<void>;
}

/**
 * The accessible keypad at the server's machine. `virtual:` one made of memory, `hid:` whatever of its kind is plugged in,
 * `none:` none. Its keys reach the one kiosk it stands at and no other.
 */
export async function openKeypad(setting: string, around: Surroundings): Promise<KeypadAtServer> {
  if (setting === 'none:') return { ...NOTHING };
  const saved = await around.database.read((trx) => keypadSetting(trx, KEYPAD_ID));
  return new OpenKeypad(setting === 'virtual:', saved, around);
}

const NO_KEYPAD: KeypadPort = {
  look: () => null,
  set: () => Promise.resolve(false),
  jackAt: () => null,
};

const NOTHING: KeypadAtServer = {
  port: NO_KEYPAD,
  virtual: null,
  onPress: () => undefined,
  lookAround: () => undefined,
  stop: () => Promise.resolve(),
};

class OpenKeypad implements KeypadAtServer {
  readonly virtual: VirtualKeypad | null;
  readonly port: KeypadPort;
  onPress: KeypadAtServer['onPress'] = () => undefined;
  readonly #around: Surroundings;
  readonly #hid: HidPort;
  #setting: KeypadSetting;
  /** An office that never had a keypad is not told that it is missing. */
  #isKnown: boolean;
  #keypad: Keypad;

  constructor(isVirtual: boolean, saved: KeypadSetting | null, around: Surroundings) {
    this.#around = around;
    this.#setting = saved ?? AS_FOUND;
    this.#isKnown = saved !== null;
    const profile = profileOf(this.#setting);
    this.virtual = isVirtual ? new VirtualKeypad(profile) : null;
    this.#hid = this.virtual ?? new ProcessPort((text) => around.log.info({ text }, 'the keypad'));
    this.#keypad = this.#hold(profile);
    this.port = {
      look: () => this.#look(),
      set: (next, actor) => this.#set(next, actor),
      jackAt: (kioskId) => (this.#kiosk() === kioskId ? this.#keypad.jack : null),
    };
  }

  readonly lookAround = (): void => this.#tell(this.#keypad.hold.status);

  readonly stop = async (): Promise<void> => {
    await this.#keypad.stop();
    await this.#hid.stop();
  };

  #hold(profile: KeypadProfile): Keypad {
    const { log } = this.#around;
    let last = '';
    const keypad: Keypad = new Keypad({
      port: this.#hid,
      profile,
      ids: this.#setting.usbIds,
      onPress: (press) => this.#pressed(press),
      onHold: ({ status, lastError }) => {
        if (status !== last) log.info({ status, lastError: told(status, lastError) }, 'the keypad changed');
        last = status;
        // One made of memory is always there: it is spoken of once somebody has touched it.
        if (this.virtual ? status !== 'opening' && status !== 'ready' : status !== 'absent') this.#isKnown = true;
        this.#tell(status);
      },
      onTrace: (text) => log.debug({ text }, 'keypad'),
    });
    void keypad.light(true);
    return keypad;
  }

  #pressed(press: KeypadPress): void {
    const kioskId = this.#kiosk();
    this.#isKnown = true;
    if (kioskId !== null) this.onPress(kioskId, press);
    this.#tell(this.#keypad.hold.status);
  }

  /** The kiosk it stands at: the one it is set to, otherwise the only one that is here. */
  #kiosk(): DeviceId | null {
    if (this.#setting.kioskId !== null) return this.#setting.kioskId;
    const here = this.#around.devices.rows.filter(({ kind, state }) => kind === 'kiosk' && state === 'ok');
    return here.length === 1 ? (here[0]?.deviceId ?? null) : null;
  }

  #tell(status: Keypad['hold']['status']): void {
    if (!this.#isKnown) return;
    const several = this.#setting.kioskId === null && this.#around.devices.rows.filter(isKioskHere).length > 1;
    this.#around.devices.keypad(KEYPAD_ID, status === 'ready' && several ? 'no-kiosk' : status);
  }

  #look(): ReturnType<KeypadPort['look']> {
    const { status, lastError } = this.#keypad.hold;
    return {
      ...this.#setting,
      status,
      lastError: told(status, lastError),
      jack: this.#keypad.jack,
      profiles: KEYPAD_PROFILES.map(({ name, says, vendorId }) => ({ name, says, needsUsbIds: vendorId === null })),
    };
  }

  async #set(next: KeypadSetting, actor: Actor): Promise<boolean> {
    const profile = keypadProfileNamed(next.profile);
    if (!profile.ok) return false;
    await this.#save(next, actor);
    this.#setting = next;
    this.#isKnown = true;
    await this.#keypad.stop();
    this.#keypad = this.#hold(profile.value);
    this.#tell(this.#keypad.hold.status);
    return true;
  }

  async #save(setting: KeypadSetting, actor: Actor): Promise<void> {
    const { database, now, onLines } = this.#around;
    const { kioskId, profile, usbIds } = setting;
    const body = { keypad: KEYPAD_ID, kiosk: kioskId, profile, usbIds };
    const lines = await database.write(async (trx) => {
      await saveKeypadSetting(trx, KEYPAD_ID, setting);
      return appendToJournal(trx, [{ kind: 'keypad.changed', at: now(), actor, ticket: null, body }]);
    });
    await onLines(lines);
  }
}

function isKioskHere({ kind, state }: { readonly kind: string; readonly state: string }): boolean {
  return kind === 'kiosk' && state === 'ok';
}

/** A profile that a later version does not have any more is the usual one. */
function profileOf({ profile }: KeypadSetting): KeypadProfile {
  const found = keypadProfileNamed(profile);
  if (found.ok) return found.value;
  const usual = keypadProfileNamed(AS_FOUND.profile);
  if (!usual.ok) throw new Error(usual.error);
  return usual.value;
}

/** What to do stands beside what went wrong. */
function told(status: string, lastError: string | null): string | null {
  return status === 'denied'
    ? `no permission: install the udev rule 71-infolett-hid.rules and join its group (docs/keypad.md): ${lastError ?? ''}`
    : lastError;
}
