import { randomUUID } from 'node:crypto';
import type { Board, DeskBoard, KioskBoard } from '../../server/contract/boards.ts';
import { Passphrases } from '../../server/accounts/passphrase.ts';
import { newToken, tokenHash } from '../../server/accounts/tokens.ts';
import { demonstrationPlan } from '../../server/content/demonstration.ts';
import { LANGUAGES } from '../../server/contract/language.ts';
import type { Hours, OfficeRules } from '../../server/domain/plan.ts';
import type { DeskId, DeviceId, EpochMs, StaffId } from '../../server/domain/ids.ts';
import { insertAccount } from '../../server/store/accounts.ts';
import { insertDevice, type Limits } from '../../server/store/devices.ts';
import { openStore } from '../../server/store/opening.ts';
import { savePlan } from '../../server/store/plan-store.ts';
import { insertSession } from '../../server/store/sessions.ts';

/** An office prepared in its database before its server starts: many desks, signed-in staff, paired devices. */
export interface PreparedOffice {
  /** Cookies, one per desk; the specialist of `deskIds[i]` has `staff[i]`. */
  readonly staff: readonly string[];
  readonly deskIds: readonly DeskId[];
  readonly kiosks: readonly string[];
  readonly displays: readonly string[];
}

export interface Wanted {
  readonly desks: number;
  readonly kiosks: number;
  readonly displays: number;
  readonly limits: Limits;
  /** Rules of calling that differ from the demonstration office's. */
  readonly rules?: Partial<OfficeRules>;
  /** When it is open; as the demonstration office unless said otherwise. */
  readonly hours?: Hours;
}

const TWELVE_HOURS_MS = 12 * 3_600_000;

/** Writes the office into an empty data folder. Everybody may serve everything: the queue is what is tested. */
export async function prepareOffice(dataDir: string, wanted: Wanted): Promise<PreparedOffice> {
  const store = await openStore({ dataDir, databaseUrl: null, office: 'office' });
  const now = Date.now() as EpochMs;
  const plan = demonstrationPlan();
  const numbers = Array.from({ length: wanted.desks }, (_, i) => String(i + 1));
  const deskIds = numbers.map((number) => `desk-${number}` as DeskId);
  const desks = deskIds.map((id, i) => ({ id, kind: 'desk' as const, number: numbers[i] ?? '' }));
  const { perMinute: staffPerMinute, burst: staffBurst } = wanted.limits;
  const rules = { ...plan.rules, ...wanted.rules, staffPerMinute, staffBurst };
  const office = { ...plan.office, hours: wanted.hours ?? plan.office.hours };
  await savePlan(store.database, { ...plan, office, rules, desks }, { now, actor: 'system' });
  const staff: string[] = [];
  const kiosks: string[] = [];
  const displays: string[] = [];
  const passphraseHash = await new Passphrases().hash('vana vaikne tänav');
  await store.database.write(async (trx) => {
    for (const number of numbers) {
      const id = `staff-${number}` as StaffId;
      const services = plan.services.map((service) => service.id);
      const account = {
        id,
        username: `u${number}`,
        name: `Töötaja ${number}`,
        role: 'specialist',
        disabled: false,
      } as const;
      await insertAccount(trx, { ...account, services, languages: LANGUAGES, passphraseHash });
      const token = newToken();
      const endsAt = (now + TWELVE_HOURS_MS) as EpochMs;
      await insertSession(trx, { tokenHash: tokenHash(token), staffId: id, createdAt: now, seenAt: now, endsAt });
      staff.push(`infolett-session=${token}`);
    }
    const pair = async (kind: 'kiosk' | 'display', cookies: string[], count: number): Promise<void> => {
      for (let i = 0; i < count; i++) {
        const token = newToken();
        const id = randomUUID() as string as DeviceId;
        const device = {
          id,
          kind,
          name: String(i + 1),
          pairedAt: now,
          revokedAt: null,
          limits: wanted.limits,
          pairedBy: null,
          seenAt: null,
        };
        await insertDevice(trx, { ...device, tokenHash: tokenHash(token) });
        cookies.push(`infolett-${kind}=${token}`);
      }
    };
    await pair('kiosk', kiosks, wanted.kiosks);
    await pair('display', displays, wanted.displays);
  });
  await store.close();
  return { staff, deskIds, kiosks, displays };
}

export function kioskBoardOf(board: Board): KioskBoard {
  if (board.surface !== 'kiosk') throw new Error(`expected a kiosk's board, got one of a ${board.surface}`);
  return board;
}

export function deskBoardOf(board: Board): DeskBoard {
  if (board.surface !== 'desk') throw new Error(`expected a desk's board, got one of a ${board.surface}`);
  return board;
}
