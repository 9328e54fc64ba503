import { foundTickets } from '../boards/found-tickets.ts';
import { ok, type Result } from '../basics/result.ts';
import type { Answer, Request } from '../contract/events.ts';
import { withCallRules } from '../domain/call-rules.ts';
import type { EpochMs } from '../domain/ids.ts';
import { instantOf, localDay } from '../domain/local-time.ts';
import { ownDay } from '../domain/own-day.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Database } from '../store/database.ts';
import { journalOf } from '../store/journal.ts';
import { ruleHistory } from '../store/rule-history.ts';
import type { Caller } from './answer.ts';
import { momentOf, type Office } from './office.ts';
import type { PlanChanges } from './plan-changes.ts';

type Looking = 'ticket:find' | 'day:mine' | 'rules:set' | 'rules:history';

export type DeskAnswers = {
  readonly [Name in Looking]: (request: Request<Name>, caller: Caller) => Promise<Result<Answer<Name>, Refusal>>;
};

/** What the desks ask that is no act on the queue: where a number is, one's own day, the rules of calling. */
export function deskAnswers(office: Office, database: Database, plans: PlanChanges): DeskAnswers {
  return {
    'ticket:find': (typed) => Promise.resolve(ok(foundTickets(momentOf(office), typed))),
    'day:mine': async (_, { actor }) => {
      const { visits, pausedMs, helped } = ownDay(
        await database.read((trx) => journalOf(trx, actor, midnight())),
        office.now(),
      );
      return ok({ visits: visits.slice(0, VISITS_AT_MOST), pausedMs, helped });
    },
    'rules:set': async ({ planVersion, set }, { actor }) => {
      const made = await plans.change(planVersion, (plan) => withCallRules(plan, set), actor);
      return made.ok ? ok({ planVersion: made.value }) : made;
    },
    'rules:history': async () => ok(await database.read(ruleHistory)),
  };

  /** When the office's day began. */
  function midnight(): EpochMs {
    const { zone } = office.plan().office;
    return instantOf(localDay(office.now(), zone), '00:00', zone);
  }
}

/** More visits than one person serves in a day. */
const VISITS_AT_MOST = 300;
