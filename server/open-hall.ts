import type { Config } from './config.ts';
import type { EpochMs, TicketId } from './domain/ids.ts';
import { HallRegister } from './live/hall-register.ts';
import { PhoneRegister } from './live/phone-register.ts';
import type { PhoneTokens } from './live/phone-tokens.ts';
import { PUSH_SERVICES, WebPush } from './outside/web-push.ts';
import type { Ledger } from './store/ledger.ts';
import type { Database } from './store/database.ts';

interface Parts {
  readonly config: Pick<Config, 'dataDir' | 'pushServices'>;
  readonly database: Database;
  readonly ledger: Ledger;
  readonly phones: PhoneTokens;
  readonly now: () => EpochMs;
  readonly publicUrl: () => string;
  /** Work that nobody waits for; a failure is logged. */
  readonly afterwards: (work: Promise<void>) => void;
}

/** Waiting area and phones as they were left. */
export async function openHall({ config, database, ledger, phones, now, publicUrl, afterwards }: Parts) {
  const hall = await HallRegister.open({ database, now, onLines: (lines) => ledger.follow(lines) });
  const port = new WebPush(config.dataDir, config.pushServices ?? PUSH_SERVICES, publicUrl);
  const pageOf = (ticketId: TicketId): string => `/t/${phones.of(ticketId)}`;
  const phoneRegister = await PhoneRegister.open({ database, port, pageOf, afterwards }, ledger.committed);
  return { hall, phoneRegister };
}
