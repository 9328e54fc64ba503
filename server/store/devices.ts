import type { DeviceId, EpochMs, StaffId } from '../domain/ids.ts';
import type { Reading, Writing } from './database.ts';
import type { Tables } from './schema.ts';

/** How often a device may ask: on average, and at once. Office data, so a bench can pair devices with raised limits. */
export interface Limits {
  readonly perMinute: number;
  readonly burst: number;
}

export const USUAL_LIMITS: Limits = { perMinute: 40, burst: 8 };

/** A paired kiosk or display. Its token is stored hashed. */
export interface Device {
  readonly id: DeviceId;
  readonly kind: 'kiosk' | 'display';
  readonly name: string;
  readonly tokenHash: string;
  readonly pairedAt: EpochMs;
  readonly revokedAt: EpochMs | null;
  readonly limits: Limits;
  /** Who approved its code; `null`: it paired by itself, in the demonstration office. */
  readonly pairedBy: StaffId | null;
  /** When it was last connected, or known to be; `null`: never. */
  readonly seenAt: EpochMs | null;
}

export async function insertDevice(trx: Writing, device: Device): Promise<void> {
  const { id, kind, name, tokenHash, pairedAt, revokedAt, limits, pairedBy, seenAt } = device;
  await trx
    .insertInto('device')
    .values({
      id,
      kind,
      name,
      token_hash: tokenHash,
      paired_at: pairedAt,
      revoked_at: revokedAt,
      limits: JSON.stringify(limits),
      paired_by: pairedBy,
      seen_at: seenAt,
    })
    .execute();
}

/** All that are paired and not revoked, in the order of pairing. */
export async function pairedDevices(trx: Reading): Promise<readonly Device[]> {
  const rows = await trx
    .selectFrom('device')
    .selectAll()
    .where('revoked_at', 'is', null)
    .orderBy('paired_at')
    .orderBy('id')
    .execute();
  return rows.map(deviceOf);
}

export async function renameDevice(trx: Writing, id: DeviceId, name: string): Promise<void> {
  await trx.updateTable('device').set({ name }).where('id', '=', id).execute();
}

export async function limitDevice(trx: Writing, id: DeviceId, limits: Limits): Promise<void> {
  await trx
    .updateTable('device')
    .set({ limits: JSON.stringify(limits) })
    .where('id', '=', id)
    .execute();
}

/** Cuts it off for good: its token opens nothing any more. */
export async function revokeDevice(trx: Writing, id: DeviceId, at: EpochMs): Promise<void> {
  await trx.updateTable('device').set({ revoked_at: at }).where('id', '=', id).execute();
}

/** These devices are here now. */
export async function touchDevices(trx: Writing, ids: readonly DeviceId[], at: EpochMs): Promise<void> {
  await trx.updateTable('device').set({ seen_at: at }).where('id', 'in', ids).execute();
}

function deviceOf(row: Tables['device']): Device {
  return {
    id: row.id as DeviceId,
    kind: row.kind as Device['kind'],
    name: row.name,
    tokenHash: row.token_hash,
    pairedAt: Number(row.paired_at) as EpochMs,
    revokedAt: row.revoked_at === null ? null : (Number(row.revoked_at) as EpochMs),
    limits: JSON.parse(row.limits) as Limits,
    pairedBy: row.paired_by as StaffId | null,
    seenAt: row.seen_at === null ? null : (Number(row.seen_at) as EpochMs),
  };
}
