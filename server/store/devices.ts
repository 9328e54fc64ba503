import type { DeviceId, EpochMs } from '../domain/ids.ts';
import type { Reading, Writing } from './database.ts';

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
}

export async function insertDevice(trx: Writing, device: Device): Promise<void> {
  const { id, kind, name, tokenHash, pairedAt, revokedAt, limits } = device;
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
    })
    .execute();
}

/** The paired, not revoked device with this token. */
export async function deviceByHash(trx: Reading, tokenHash: string): Promise<Device | null> {
  const row = await trx
    .selectFrom('device')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return row ? deviceOf(row) : null;
}

export async function devicesOfKind(trx: Reading, kind: Device['kind']): Promise<readonly Device[]> {
  const rows = await trx.selectFrom('device').selectAll().where('kind', '=', kind).orderBy('paired_at').execute();
  return rows.map(deviceOf);
}

function deviceOf(row: {
  id: string;
  kind: string;
  name: string;
  token_hash: string;
  paired_at: number;
  revoked_at: number | null;
  limits: string;
}): Device {
  return {
    id: row.id as DeviceId,
    kind: row.kind as Device['kind'],
    name: row.name,
    tokenHash: row.token_hash,
    pairedAt: Number(row.paired_at) as EpochMs,
    revokedAt: row.revoked_at === null ? null : (Number(row.revoked_at) as EpochMs),
    limits: JSON.parse(row.limits) as Limits,
  };
}
