import { randomUUID } from 'node:crypto';
import { newToken, tokenHash } from '../../server/accounts/tokens.ts';
import { demonstrationPlan } from '../../server/content/demonstration.ts';
import { LANGUAGES } from '../../server/contract/language.ts';
import type { DeviceId, EpochMs, StaffId } from '../../server/domain/ids.ts';
import { insertAccount } from '../../server/store/accounts.ts';
import { insertSession } from '../../server/store/sessions.ts';
import { insertDevice, type Limits } from '../../server/store/devices.ts';
import { openStore } from '../../server/store/opening.ts';
import { savePlan } from '../../server/store/plan-store.ts';
import { connect, type OfficeSocket } from './clients.ts';
import { OfficeProcess } from './server.ts';

/** Everybody who can have a connection. A phone has none: it asks over HTTP. */
export const CONNECTED = ['kiosk', 'display', 'specialist', 'head', 'admin'] as const;
export type Connected = (typeof CONNECTED)[number];

/** An office with one of each role in it, and no limit on how often they may ask. */
export interface RolesOffice {
  readonly office: OfficeProcess;
  readonly cookies: Readonly<Record<Connected, string>>;
  readonly connect: (role: Connected) => Promise<OfficeSocket>;
}

const UNLIMITED: Limits = { perMinute: 600_000, burst: 10_000 };
const HOURS_MS = 3_600_000;

export async function startRolesOffice(settings: Readonly<Record<string, string>> = {}): Promise<RolesOffice> {
  const { office, prepared: cookies } = await OfficeProcess.startPrepared(settings, prepare);
  return {
    office,
    cookies,
    connect: async (role) => {
      const surface = role === 'kiosk' || role === 'display' ? role : 'console';
      return (await connect(office.url, surface, cookies[role])).socket;
    },
  };
}

async function prepare(dataDir: string): Promise<Record<Connected, string>> {
  const store = await openStore({ dataDir, databaseUrl: null, office: 'office' });
  const now = Date.now() as EpochMs;
  const plan = demonstrationPlan();
  const rules = { ...plan.rules, staffPerMinute: UNLIMITED.perMinute, staffBurst: UNLIMITED.burst };
  await savePlan(store.database, { ...plan, rules }, { now, actor: 'system' });
  const cookies = await store.database.write(async (trx) => {
    const staff = async (role: 'specialist' | 'head' | 'admin'): Promise<string> => {
      const id = `staff-${role}` as StaffId;
      const services = plan.services.map((service) => service.id);
      const account = { id, username: role, name: `Proov ${role}`, role, disabled: false, passphraseHash: null };
      await insertAccount(trx, { ...account, services, languages: LANGUAGES });
      const token = newToken();
      const endsAt = (now + HOURS_MS) as EpochMs;
      await insertSession(trx, { tokenHash: tokenHash(token), staffId: id, createdAt: now, seenAt: now, endsAt });
      return `infolett-session=${token}`;
    };
    const device = async (kind: 'kiosk' | 'display'): Promise<string> => {
      const token = newToken();
      const id = randomUUID() as string as DeviceId;
      const paired = { id, kind, name: '1', pairedAt: now, revokedAt: null, limits: UNLIMITED, pairedBy: null };
      await insertDevice(trx, { ...paired, seenAt: null, tokenHash: tokenHash(token) });
      return `infolett-${kind}=${token}`;
    };
    return {
      kiosk: await device('kiosk'),
      display: await device('display'),
      specialist: await staff('specialist'),
      head: await staff('head'),
      admin: await staff('admin'),
    };
  });
  await store.close();
  return cookies;
}
