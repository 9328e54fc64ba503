import { randomUUID } from 'node:crypto';
import type { DeviceId, EpochMs } from '../domain/ids.ts';
import type { JournalLine } from '../domain/journal.ts';
import { tell } from '../store/accounts.ts';
import type { Database } from '../store/database.ts';
import { deviceByHash, devicesOfKind, insertDevice, USUAL_LIMITS, type Device } from '../store/devices.ts';
import { newToken, tokenHash } from './tokens.ts';

interface Doorkeeping {
  readonly database: Database;
  readonly now: () => EpochMs;
  readonly onLines: (lines: readonly JournalLine[]) => Promise<void>;
}

/** Pairs kiosks and displays with the office and knows them again by their token. */
export class DeviceDoor {
  readonly #keeping: Doorkeeping;
  readonly #names = new Map<string, string>();

  constructor(keeping: Doorkeeping) {
    this.#keeping = keeping;
  }

  /** @returns the device's token, which only the device keeps */
  async pair(kind: Device['kind']): Promise<string> {
    const { database, now, onLines } = this.#keeping;
    const token = newToken();
    const id = randomUUID() as string as DeviceId;
    const lines = await database.write(async (trx) => {
      const name = String((await devicesOfKind(trx, kind)).length + 1);
      await insertDevice(trx, {
        ...{ id, kind, name, tokenHash: tokenHash(token), pairedAt: now(), revokedAt: null, limits: USUAL_LIMITS },
      });
      return tell(trx, 'device.paired', { now: now(), actor: id }, { device: id, kind });
    });
    await onLines(lines);
    return token;
  }

  async whoIs(token: string, kind: Device['kind']): Promise<Device | null> {
    const device = await this.#keeping.database.read((trx) => deviceByHash(trx, tokenHash(token)));
    if (device?.kind !== kind) return null;
    this.#names.set(device.id, device.name);
    return device;
  }

  /** The name of a device that has been here since the start. */
  nameOf(deviceId: string): string {
    return this.#names.get(deviceId) ?? '';
  }
}
