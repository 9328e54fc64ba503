import { err, ok } from '../basics/result.ts';
import type { RETENTION_REQUESTS } from '../contract/requests/retention.ts';
import { DETAILS_AT_MOST_DAYS, TICKETS_AT_MOST_DAYS } from '../domain/retention.ts';
import type { Database } from '../store/database.ts';
import { lastPurge } from '../store/purge.ts';
import type { Commands } from './commands.ts';
import type { Office } from './office.ts';
import type { PlanChanges } from './plan-changes.ts';

const MOST = { detailsDays: DETAILS_AT_MOST_DAYS, ticketsDays: TICKETS_AT_MOST_DAYS };

export type RetentionAnswers = Pick<Commands, keyof typeof RETENTION_REQUESTS>;

/** How long the office keeps what is about a visit: looked at and set. */
export function retentionAnswers(
  office: Office,
  { database, plans }: { readonly database: Database; readonly plans: PlanChanges },
): RetentionAnswers {
  return {
    'retention:look': async () => {
      const { version: planVersion, retention } = office.plan();
      const last = await database.read((trx) => lastPurge(trx, office.now()));
      return ok({ planVersion, ...retention, most: MOST, lastPurge: last });
    },
    'retention:set': async ({ planVersion, detailsDays, ticketsDays }, { actor }) => {
      if (ticketsDays < detailsDays) return err({ code: 'kept-too-short' });
      const retention = { detailsDays, ticketsDays };
      const changed = await plans.change(planVersion, (plan) => ({ ...plan, retention }), actor);
      return changed.ok ? ok({ planVersion: changed.value }) : changed;
    },
  };
}
