import { randomUUID } from 'node:crypto';
import { newToken, tokenHash } from '../../server/accounts/tokens.ts';
import { demonstrationPlan } from '../../server/content/demonstration.ts';
import { LANGUAGES } from '../../server/contract/language.ts';
import { STAFF_ROLES, type StaffRole } from '../../server/contract/roles.ts';
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
  /** Cookies of colleagues' sessions, of each role in turn. */
  readonly spares: readonly string[];
  readonly connect: (role: Connected) => Promise<OfficeSocket>;
}

const UNLIMITED: Limits = { perMinute: 600_000, burst: 10_000 };
const HOURS_MS = 3_600_000;

/** @param spares sessions of colleagues, which may end without anybody above being signed out */
export async function startRolesOffice(
  settings: Readonly<Record<string, string>> = {},
  spares = 0,
): Promise<RolesOffice> {
  const { office, prepared } = await OfficeProcess.startPrepared(settings, (dataDir) => prepare(dataDir, spares));
  const { cookies } = prepared;
  return {
    office,
    ...prepared,
    connect: async (role) => {
      const surface = role === 'kiosk' || role === 'display' ? role : 'console';
      return (await connect(office.url, surface, cookies[role])).socket;
    },
  };
}

async function prepare(dataDir: string, spares: number): Promise<Pick<RolesOffice, 'cookies' | 'spares'>> {
  const store = await openStore({ dataDir, databaseUrl: null, office: 'office' });
  const now = Date.now() as EpochMs;
  const plan = demonstrationPlan();
  const rules = { ...plan.rules, staffPerMinute: UNLIMITED.perMinute, staffBurst: UNLIMITED.burst };
  await savePlan(store.database, { ...plan, rules }, { now, actor: 'system' });
  const prepared = await store.database.write(async (trx) => {
    const person = async (role: StaffRole, username: string): Promise<StaffId> => {
      const id = `staff-${username}` as StaffId;
      const services = plan.services.map((service) => service.id);
      const account = { id, username, name: `Proov ${role}`, role, disabled: false, passphraseHash: null };
      await insertAccount(trx, { ...account, services, languages: LANGUAGES });
      return id;
    };
    const session = async (staffId: StaffId): Promise<string> => {
      const token = newToken();
      const endsAt = (now + HOURS_MS) as EpochMs;
      await insertSession(trx, { tokenHash: tokenHash(token), staffId, createdAt: now, seenAt: now, endsAt });
      return `infolett-session=${token}`;
    };
    const device = async (kind: 'kiosk' | 'display'): Promise<string> => {
      const token = newToken();
      const id = randomUUID() as string as DeviceId;
      const paired = { id, kind, name: '1', pairedAt: now, revokedAt: null, limits: UNLIMITED, pairedBy: null };
      await insertDevice(trx, { ...paired, seenAt: null, tokenHash: tokenHash(token) });
      return `infolett-${kind}=${token}`;
    };
    const cookies = {
      kiosk: await device('kiosk'),
      display: await device('display'),
      specialist: await session(await person('specialist', 'specialist')),
      head: await session(await person('head', 'head')),
      admin: await session(await person('admin', 'admin')),
    };
    const colleagues: StaffId[] = [];
    if (spares > 0) for (const role of STAFF_ROLES) colleagues.push(await person(role, `${role}-2`));
    const more: string[] = [];
    while (more.length < spares) for (const id of colleagues) more.push(await session(id));
    return { cookies, spares: more };
  });
  await store.close();
  return prepared;
}
