import { z } from 'zod';
import { DETAILS_AT_MOST_DAYS, TICKETS_AT_MOST_DAYS } from '../../domain/retention.ts';
import { asked, heads } from './pieces.ts';

const detailsDays = z.int().min(1).max(DETAILS_AT_MOST_DAYS);
const ticketsDays = z.int().min(1).max(TICKETS_AT_MOST_DAYS);

/** How long the office keeps what is about a visit. */
export const RETENTION_REQUESTS = {
  'retention:look': {
    says: 'How long needs, notes and tickets are kept, and when old ones were last deleted.',
    roles: heads,
    request: z.strictObject({ ...asked }),
    reply: z.strictObject({
      planVersion: z.int(),
      detailsDays,
      ticketsDays,
      /** The longest that may be set. */
      most: z.strictObject({ detailsDays: z.int(), ticketsDays: z.int() }),
      lastPurge: z.strictObject({ at: z.int(), details: z.int(), tickets: z.int() }).nullable(),
    }),
  },
  'retention:set': {
    says: 'The head sets how long the office keeps what is about a visit: the next version of the plan.',
    roles: ['head'],
    request: z.strictObject({ ...asked, planVersion: z.int().positive(), detailsDays, ticketsDays }),
    reply: z.strictObject({ planVersion: z.int() }),
  },
} as const;
