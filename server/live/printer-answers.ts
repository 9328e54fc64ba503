import { ok, type Result } from '../basics/result.ts';
import type { Answer, Request } from '../contract/events.ts';
import type { Refusal } from '../domain/refusal.ts';
import { checkedSlipTexts } from '../domain/slip-texts.ts';
import type { JournalLine } from '../domain/journal.ts';
import type { Database } from '../store/database.ts';
import { appendToJournal } from '../store/journal.ts';
import { planVersions } from '../store/plan-store.ts';
import type { Caller } from './answer.ts';
import type { Afterwards } from './commands.ts';
import type { Office } from './office.ts';
import type { PlanChanges } from './plan-changes.ts';
import { slipTextsNow, withSlipTexts } from './slip-texts.ts';
import { soon } from './soon.ts';

/** So many versions of the plan are looked through for older words on slips. */
const VERSIONS_LOOKED_AT = 50;
const MM_PER_METRE = 1_000;

type AboutPrinters =
  'printer:test' | 'printer:clear' | 'printer:new-roll' | 'printer:look' | 'slip-texts:look' | 'slip-texts:change';

export type PrinterAnswers = {
  readonly [Name in AboutPrinters]: (request: Request<Name>, caller: Caller) => Promise<Result<Answer<Name>, Refusal>>;
};

interface Parts {
  readonly afterwards: Afterwards;
  readonly database: Database;
  readonly plans: PlanChanges;
  /** The journal has grown. */
  readonly onLines: (lines: readonly JournalLine[]) => Promise<void>;
}

/** The answers to requests about the printer, and about the office's own words on its slips. */
export function printerAnswers(office: Office, { afterwards, database, plans, onLines }: Parts): PrinterAnswers {
  const { paper } = office;
  return {
    'printer:test': ({ kind }) => {
      afterwards(soon(async () => void (await paper.test(kind, office.plan()))));
      return Promise.resolve(ok(null));
    },
    'printer:clear': () => {
      afterwards(soon(() => paper.clear()));
      return Promise.resolve(ok(null));
    },
    'printer:new-roll': async ({ metres }, { actor }) => {
      paper.newRoll(metres * MM_PER_METRE);
      const body = { printer: paper.printerId, metres };
      const entry = { kind: 'printer.roll-changed', at: office.now(), actor, ticket: null, body } as const;
      await onLines(await database.write((trx) => appendToJournal(trx, [entry])));
      return ok(null);
    },
    'printer:look': () => Promise.resolve(ok(paper.look())),
    'slip-texts:look': async () => {
      const versions = await database.read((trx) => planVersions(trx, VERSIONS_LOOKED_AT));
      return ok(slipTextsNow(office.plan(), versions));
    },
    'slip-texts:change': async ({ planVersion, header, footer }, { actor }) => {
      const checked = checkedSlipTexts({ header, footer });
      if (!checked.ok) return checked;
      const changed = await plans.change(planVersion, withSlipTexts(checked.value), actor);
      return changed.ok ? ok(null) : changed;
    },
  };
}
