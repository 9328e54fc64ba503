import { err, ok } from '../basics/result.ts';
import type { SEAL_REQUESTS } from '../contract/requests/seals.ts';
import { lookThrough } from '../store/chain-reading.ts';
import type { Database } from '../store/database.ts';
import { dayHeads } from '../store/day-heads.ts';
import type { Afterwards, Commands } from './commands.ts';
import type { Office } from './office.ts';
import type { Once } from './once.ts';
import { soon } from './soon.ts';

export type SealAnswers = Pick<Commands, keyof typeof SEAL_REQUESTS>;

/** Days shown at once. */
const DAYS = 60;

interface Parts {
  readonly database: Database;
  readonly once: Once;
  readonly afterwards: Afterwards;
}

/** What the head asks about the journal's seals. */
export function sealAnswers(office: Office, { database, once, afterwards }: Parts): SealAnswers {
  return once.guardAll<SealAnswers>({
    'journal:look': async () => {
      const sealed = await database.read((trx) => dayHeads(trx, DAYS));
      return ok({ lines: office.ledger.committed.seq, sealed });
    },
    'journal:verify': async () => {
      const { lines, broken } = await lookThrough(database, 'beginning');
      return ok({ lines, brokenAt: broken?.seq ?? null });
    },
    'journal:print-seal': async () => {
      const [newest] = await database.read((trx) => dayHeads(trx, 1));
      if (!newest) return err({ code: 'nothing-sealed' });
      afterwards(soon(async () => void (await office.paper.seal(newest, office.plan()))));
      return ok(null);
    },
  });
}
