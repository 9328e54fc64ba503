import { randomUUID } from 'node:crypto';
import { err, ok, type Result } from '../basics/result.ts';
import type { Actor, DeviceId, EpochMs, StaffId } from '../domain/ids.ts';
import type { JournalKind, JournalLine } from '../domain/journal.ts';
import { staffNames, tell } from '../store/accounts.ts';
import type { Database, Writing } from '../store/database.ts';
import {
  insertDevice,
  limitDevice,
  pairedDevices,
  renameDevice,
  revokeDevice,
  touchDevices,
  USUAL_LIMITS,
  type Device,
  type Limits,
} from '../store/devices.ts';
import type { Approval } from './pairing-desk.ts';
import { newToken, tokenHash } from './tokens.ts';

interface Doorkeeping {
  readonly database: Database;
  readonly now: () => EpochMs;
  readonly onLines: (lines: readonly JournalLine[]) => Promise<void>;
}

export type DeviceRefusal = { readonly code: 'unknown-device' } | { readonly code: 'device-name-taken' };

/** Pairs kiosks and displays with the office, knows them again by their token, and cuts them off. */
export class DeviceDoor {
  readonly #keeping: Doorkeeping;
  readonly #names = new Map<string, string>();
  /**
   * The paired devices by the hash of their token; `null`: to be read again. A hall of screens that comes back at once costs one
   * reading, so that a visitor who presses meanwhile does not stand behind a thousand of them at the database.
   */
  #paired: Promise<ReadonlyMap<string, Device>> | null = null;
  /** Cut off since the start: a handshake that was under way meanwhile finds itself here. */
  readonly #revoked = new Set<DeviceId>();

  constructor(keeping: Doorkeeping) {
    this.#keeping = keeping;
  }

  /** @param approval `null`: by itself, in the demonstration office @returns the token, which only the device keeps */
  async pair(kind: Device['kind'], approval: Approval | null): Promise<string> {
    const { database, now, onLines } = this.#keeping;
    const token = newToken();
    const id = randomUUID() as string as DeviceId;
    const pairedBy = approval?.by ?? null;
    const lines = await database.write(async (trx) => {
      const name = freeName(await pairedDevices(trx), kind, approval?.name);
      await insertDevice(trx, {
        ...{ id, kind, name, tokenHash: tokenHash(token), pairedAt: now(), revokedAt: null, limits: USUAL_LIMITS },
        ...{ pairedBy, seenAt: null },
      });
      return tell(trx, 'device.paired', { now: now(), actor: pairedBy ?? id }, { device: id, kind });
    });
    this.#paired = null;
    await onLines(lines);
    return token;
  }

  async whoIs(token: string, kind: Device['kind']): Promise<Device | null> {
    this.#paired ??= this.#readPaired();
    const device = (await this.#paired).get(tokenHash(token));
    if (device?.kind !== kind) return null;
    this.#names.set(device.id, device.name);
    return device;
  }

  /** Whether it was cut off since the start. Asked once a socket is in its room: from there on a revocation finds it. */
  isRevoked(id: DeviceId): boolean {
    return this.#revoked.has(id);
  }

  /** The name of a device that has been here since the start. */
  nameOf(deviceId: string): string {
    return this.#names.get(deviceId) ?? '';
  }

  /** All paired devices, with the name of whoever let each in. */
  list(): Promise<readonly (Device & { readonly pairedByName: string | null })[]> {
    return this.#keeping.database.read(async (trx) => {
      const names = await staffNames(trx);
      const nameOf = (id: StaffId | null): string | null => (id === null ? null : (names.get(id) ?? ''));
      return (await pairedDevices(trx)).map((device) => ({ ...device, pairedByName: nameOf(device.pairedBy) }));
    });
  }

  /** Somebody typed a code that no screen shows. */
  async codeRefused(by: StaffId): Promise<void> {
    const { database, now, onLines } = this.#keeping;
    await onLines(await database.write((trx) => tell(trx, 'device.code-refused', { now: now(), actor: by })));
  }

  /** The name a new device of this kind gets unless the head writes another: the next number. */
  async proposedName(kind: Device['kind']): Promise<string> {
    return freeName(await this.list(), kind);
  }

  async isNameTaken(kind: Device['kind'], name: string): Promise<boolean> {
    return (await this.list()).some((device) => device.kind === kind && device.name === name);
  }

  async rename(id: DeviceId, name: string, by: StaffId): Promise<Result<Device, DeviceRefusal>> {
    const renamed = await this.#change(id, 'device.renamed', by, async (trx, device, all) => {
      const taken = all.some((one) => one.kind === device.kind && one.id !== id && one.name === name);
      if (taken) return 'device-name-taken';
      await renameDevice(trx, id, name);
      return null;
    });
    if (renamed.ok) this.#names.set(id, name);
    return renamed;
  }

  /** How often it may ask from its next connection on. */
  limit(id: DeviceId, limits: Limits, by: StaffId): Promise<Result<Device, DeviceRefusal>> {
    return this.#change(id, 'device.limited', by, async (trx) => {
      await limitDevice(trx, id, limits);
      return null;
    });
  }

  /** Its token opens nothing from now on. Whoever asks for this also cuts its sockets. */
  async revoke(id: DeviceId, by: StaffId): Promise<Result<Device, DeviceRefusal>> {
    const revoked = await this.#change(id, 'device.revoked', by, async (trx) => {
      await revokeDevice(trx, id, this.#keeping.now());
      return null;
    });
    if (revoked.ok) this.#revoked.add(id);
    return revoked;
  }

  /** Writes down that these devices are here now; no line of the journal. */
  async seen(ids: readonly DeviceId[]): Promise<void> {
    if (ids.length === 0) return;
    await this.#keeping.database.commit((trx) => touchDevices(trx, ids, this.#keeping.now()));
  }

  async #change(
    id: DeviceId,
    kind: JournalKind,
    by: Actor,
    change: (trx: Writing, device: Device, all: readonly Device[]) => Promise<DeviceRefusal['code'] | null>,
  ): Promise<Result<Device, DeviceRefusal>> {
    const { database, now, onLines } = this.#keeping;
    const done = await database.write(async (trx) => {
      const all = await pairedDevices(trx);
      const device = all.find((one) => one.id === id);
      if (!device) return err({ code: 'unknown-device' as const });
      const refused = await change(trx, device, all);
      if (refused) return err({ code: refused });
      const lines = await tell(trx, kind, { now: now(), actor: by }, { device: id, kind: device.kind });
      return ok({ device, lines });
    });
    if (!done.ok) return done;
    this.#paired = null;
    await onLines(done.value.lines);
    return ok(done.value.device);
  }

  async #readPaired(): Promise<ReadonlyMap<string, Device>> {
    const reading = this.#keeping.database.read(pairedDevices);
    reading.catch(() => (this.#paired = null)); // a database that could not answer is asked again
    return new Map((await reading).map((device) => [device.tokenHash, device]));
  }
}

/** The wished name, unless another device of the kind has it: then, or without a wish, the next number. */
function freeName(all: readonly Device[], kind: Device['kind'], wish?: string): string {
  const names = all.filter((device) => device.kind === kind).map(({ name }) => name);
  if (wish !== undefined && !names.includes(wish)) return wish;
  return String(Math.max(0, ...names.map(Number).filter(Number.isSafeInteger)) + 1);
}
