import type { DeviceRow } from '../contract/boards.ts';
import type { HidStatus } from '../contract/keypad.ts';
import type { DeviceId, EpochMs } from '../domain/ids.ts';

interface Known {
  readonly row: DeviceRow;
  readonly connections: number;
}

/** What is known of every device that has been here since the start: for the console and for `/healthz`. */
export class DeviceWatch {
  /** A device's state changed. */
  onChange: () => void = () => undefined;
  readonly #devices = new Map<DeviceId, Known>();
  readonly #now: () => EpochMs;

  constructor(now: () => EpochMs) {
    this.#now = now;
  }

  get rows(): readonly DeviceRow[] {
    return [...this.#devices.values()].map(({ row }) => row);
  }

  connected(deviceId: DeviceId, kind: 'kiosk' | 'display', name: string): void {
    const connections = (this.#devices.get(deviceId)?.connections ?? 0) + 1;
    this.#put({ deviceId, kind, name, state: 'ok', condition: 'ok' }, connections);
  }

  disconnected(deviceId: DeviceId): void {
    const known = this.#devices.get(deviceId);
    if (!known) return;
    const connections = known.connections - 1;
    const { kind, name } = known.row;
    if (connections > 0) this.#devices.set(deviceId, { ...known, connections });
    else {
      this.#put({ deviceId, kind, name, state: 'trouble', condition: 'disconnected' }, 0);
      // It says nothing without its line; the trouble is told once.
      this.#devices.delete(`${deviceId}/voice` as DeviceId);
    }
  }

  /** The voice of a display: a device of its own, as it can fail while the picture is well. */
  voice(displayId: DeviceId, condition: string): void {
    const display = this.#devices.get(displayId);
    if (!display) return;
    const deviceId = `${displayId}/voice` as DeviceId;
    const state = condition === 'ok' ? 'ok' : 'trouble';
    this.#put({ deviceId, kind: 'voice', name: display.row.name, state, condition }, 1);
  }

  /** It is connected now. */
  isHere(deviceId: DeviceId): boolean {
    return (this.#devices.get(deviceId)?.connections ?? 0) > 0;
  }

  /** The kiosks and displays that are connected now. */
  get screensHere(): readonly DeviceId[] {
    const screens = [...this.#devices.values()].filter(({ row }) => row.kind === 'kiosk' || row.kind === 'display');
    return screens.filter(({ connections }) => connections > 0).map(({ row }) => row.deviceId);
  }

  renamed(deviceId: DeviceId, name: string): void {
    const known = this.#devices.get(deviceId);
    if (!known) return;
    this.#devices.set(deviceId, { ...known, row: { ...known.row, name } });
    this.onChange();
  }

  /** It does not belong to the office any more. */
  forget(deviceId: DeviceId): void {
    if (this.#devices.delete(deviceId)) this.onChange();
  }

  /** `condition` is the driver's own word (`paper-out`, `cover-open` …). */
  printer(deviceId: DeviceId, name: string, condition: string): void {
    const state = condition === 'ok' ? 'ok' : condition === 'paper-low' ? 'notice' : 'trouble';
    this.#put({ deviceId, kind: 'printer', name, state, condition }, 1);
  }

  /** `condition`: how its driver holds it, or that nobody knows at which kiosk it stands. */
  keypad(deviceId: DeviceId, condition: HidStatus | 'no-kiosk'): void {
    const states = {
      ready: 'ok',
      opening: 'ok',
      'no-kiosk': 'notice',
      absent: 'trouble',
      denied: 'trouble',
      error: 'trouble',
    } as const;
    const word = condition === 'ready' ? 'ok' : condition;
    this.#put({ deviceId, kind: 'keypad', name: '', state: states[condition], condition: word }, 1);
  }

  #put(row: Omit<DeviceRow, 'since'>, connections: number): void {
    const before = this.#devices.get(row.deviceId)?.row;
    const same = before?.condition === row.condition && before.state === row.state;
    this.#devices.set(row.deviceId, { row: { ...row, since: same ? before.since : this.#now() }, connections });
    if (!same || before.name !== row.name) this.onChange();
  }
}
