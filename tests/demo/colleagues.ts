import { randomUUID } from 'node:crypto';
import { newToken, tokenHash } from '../../server/accounts/tokens.ts';
import { demonstrationPlan, demonstrationStaff } from '../../server/content/demonstration.ts';
import type { DeskId, DeviceId, EpochMs } from '../../server/domain/ids.ts';
import { insertAccount } from '../../server/store/accounts.ts';
import { insertDevice } from '../../server/store/devices.ts';
import { openStore } from '../../server/store/opening.ts';
import { savePlan } from '../../server/store/plan-store.ts';
import { insertSession } from '../../server/store/sessions.ts';

export interface DemonstrationCookies {
  readonly kiosk: string;
  /** The simulated colleagues and their desks. The last desk stays free for whoever watches. */
  readonly colleagues: readonly { readonly cookie: string; readonly deskId: DeskId }[];
}

/** Sessions outlast any demonstration, also one whose clock runs fast. */
const SESSION_MS = 10 * 365 * 86_400_000;
const MANY = { perMinute: 1_000_000, burst: 100_000 };

/** The demonstration office with its simulated colleagues already signed in. */
export async function openDemonstration(dataDir: string): Promise<DemonstrationCookies> {
  const store = await openStore({ dataDir, databaseUrl: null, office: 'office' });
  const now = Date.now() as EpochMs;
  const plan = demonstrationPlan();
  const rules = { ...plan.rules, staffPerMinute: MANY.perMinute, staffBurst: MANY.burst };
  await savePlan(store.database, { ...plan, rules }, { now, actor: 'system' });
  const desks = plan.desks.slice(0, -1);
  const colleagues: { cookie: string; deskId: DeskId }[] = [];
  const kioskToken = newToken();
  await store.database.write(async (trx) => {
    const working = demonstrationStaff().filter(({ role }) => role === 'specialist');
    for (const { id, username, name, role, services, languages } of demonstrationStaff()) {
      await insertAccount(trx, {
        id,
        username,
        name,
        role,
        services,
        languages,
        passphraseHash: null,
        disabled: false,
      });
    }
    for (const [i, desk] of desks.entries()) {
      const person = working[i];
      if (!person) continue;
      const token = newToken();
      const seenAt = (now + SESSION_MS) as EpochMs;
      await insertSession(trx, {
        tokenHash: tokenHash(token),
        staffId: person.id,
        createdAt: now,
        seenAt,
        endsAt: seenAt,
      });
      colleagues.push({ cookie: `infolett-session=${token}`, deskId: desk.id });
    }
    const id = randomUUID() as string as DeviceId;
    const device = {
      id,
      kind: 'kiosk',
      name: '0',
      pairedAt: now,
      revokedAt: null,
      limits: MANY,
      pairedBy: null,
    } as const;
    await insertDevice(trx, { ...device, tokenHash: tokenHash(kioskToken), seenAt: null });
  });
  await store.close();
  return { kiosk: `infolett-kiosk=${kioskToken}`, colleagues };
}
