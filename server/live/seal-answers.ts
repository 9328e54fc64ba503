import { err, ok } from '../basics/result.ts';
import type { SEAL_REQUESTS } from '../contract/requests/seals.ts';
import type { Database } from '../store/database.ts';
import { dayHeads } from '../store/day-heads.ts';
import type { Afterwards, Commands } from './commands.ts';
import type { JournalLooks } from './journal-looks.ts';
import type { Office } from './office.ts';
import type { Once } from './once.ts';
import { soon } from './soon.ts';

export type SealAnswers = Pick<Commands, keyof typeof SEAL_REQUESTS>;

/** Days told at once: more than a year, and never so many that an answer grows with the years. */
const DAYS = 400;

interface Parts {
  readonly database: Database;
  readonly once: Once;
  readonly afterwards: Afterwards;
  readonly looks: JournalLooks;
}

/** What the head asks about the journal's seals. */
export function sealAnswers(office: Office, { database, once, afterwards, looks }: Parts): SealAnswers {
  return once.guardAll<SealAnswers>({
    'journal:look': async () => {
      const sealed = await database.read((trx) => dayHeads(trx, DAYS));
      return ok({ lines: office.ledger.committed.seq, sealed, looked: looks.newest });
    },
    'journal:verify': async () => {
      const { lines, broken } = await looks.lookThrough('beginning');
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
