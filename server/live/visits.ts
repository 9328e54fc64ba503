import type { Logger } from 'pino';
import type { DeviceDoor } from '../accounts/device-door.ts';
import type { DeviceId } from '../domain/ids.ts';
import type { DeviceWatch } from './devices.ts';

/** Comings and goings are written together: a hall full of screens that comes back at once costs one write. */
const WRITTEN_EVERY_MS = 10_000;
/** How exact "last here" is for a screen whose connection was lost with the power (milliseconds). */
const HERE_EVERY_MS = 5 * 60_000;

/** Keeps when each screen was last here. */
export class Visits {
  readonly #door: Pick<DeviceDoor, 'seen'>;
  readonly #log: Logger;
  readonly #noted = new Set<DeviceId>();
  readonly #timers: readonly NodeJS.Timeout[];

  constructor(door: Pick<DeviceDoor, 'seen'>, watch: Pick<DeviceWatch, 'screensHere'>, log: Logger) {
    this.#door = door;
    this.#log = log;
    this.#timers = [
      setInterval(() => void this.#write(), WRITTEN_EVERY_MS),
      setInterval(() => watch.screensHere.forEach((id) => this.note(id)), HERE_EVERY_MS),
    ];
  }

  /** It has just come or gone. */
  note(id: DeviceId): void {
    this.#noted.add(id);
  }

  async close(): Promise<void> {
    this.#timers.forEach(clearInterval);
    await this.#write();
  }

  /** Only for the list of devices: a database that cannot take it now has more important things to say. */
  async #write(): Promise<void> {
    const ids = [...this.#noted];
    this.#noted.clear();
    await this.#door.seen(ids).catch((cause: unknown) => {
      this.#log.warn({ cause: String(cause) }, 'when a device was last here could not be written');
    });
  }
}
