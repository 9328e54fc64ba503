import type { DeviceDoor } from '../accounts/device-door.ts';
import type { PairingDesk } from '../accounts/pairing-desk.ts';
import { err, ok } from '../basics/result.ts';
import type { DEVICE_REQUESTS } from '../contract/requests/devices.ts';
import type { DeviceId, StaffId } from '../domain/ids.ts';
import type { Commands } from './commands.ts';
import type { DeviceWatch } from './devices.ts';
import type { Once } from './once.ts';

/** The requests about paired screens. */
export type DeviceRequestName = keyof typeof DEVICE_REQUESTS;
export type DeviceCommands = Pick<Commands, DeviceRequestName>;

interface Parts {
  readonly door: DeviceDoor;
  readonly pairing: PairingDesk;
  readonly watch: DeviceWatch;
  readonly once: Once;
  /** Ends the connections of one screen. */
  readonly cut: (id: DeviceId) => void;
}

/** Pairing by code, and what the head does with paired screens. */
export function deviceCommands({ door, pairing, watch, once, cut }: Parts): DeviceCommands {
  const list: DeviceCommands['device:list'] = async () => {
    const devices = await door.list();
    return ok(
      devices.map(({ id, kind, name, pairedAt, pairedByName, seenAt, limits }) => {
        const connected = watch.isHere(id);
        return { deviceId: id, kind, name, pairedAt, pairedBy: pairedByName, seenAt, connected, limits };
      }),
    );
  };
  const acts: Omit<DeviceCommands, 'device:list'> = {
    'device:look-up': async ({ code }, { actor }) => {
      const found = pairing.lookUp(code, actor as StaffId);
      if (!found.ok) return refused(found.error, actor as StaffId);
      const { kind, address, code: shown } = found.value;
      return ok({ code: shown, kind, address, proposedName: await door.proposedName(kind) });
    },
    'device:approve': async ({ code, name }, { actor }) => {
      const found = pairing.lookUp(code, actor as StaffId);
      if (!found.ok) return refused(found.error, actor as StaffId);
      if (await door.isNameTaken(found.value.kind, name)) return err({ code: 'device-name-taken' });
      const approved = pairing.approve(code, name, actor as StaffId);
      return approved.ok ? ok(null) : refused(approved.error, actor as StaffId);
    },
    'device:rename': async ({ deviceId, name }, { actor }) => {
      const renamed = await door.rename(deviceId, name, actor as StaffId);
      if (!renamed.ok) return renamed;
      watch.renamed(deviceId, name);
      return ok(null);
    },
    'device:limit': async ({ deviceId, limits }, { actor }) => {
      const limited = await door.limit(deviceId, limits, actor as StaffId);
      return limited.ok ? ok(null) : limited;
    },
    'device:revoke': async ({ deviceId }, { actor }) => {
      const revoked = await door.revoke(deviceId, actor as StaffId);
      if (!revoked.ok) return revoked;
      cut(deviceId);
      watch.forget(deviceId);
      return ok(null);
    },
  };
  return { 'device:list': list, ...once.guardAll(acts) };

  async function refused<E extends { readonly code: string }>(error: E, by: StaffId) {
    if (error.code === 'unknown-code') await door.codeRefused(by);
    return err(error);
  }
}
