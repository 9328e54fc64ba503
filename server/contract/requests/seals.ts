import { z } from 'zod';
import { asked, done, heads } from './pieces.ts';

const dayHead = z.strictObject({
  /** Number of the journal's last line of that day. */
  seq: z.int(),
  day: z.string(),
  /** SHA-256, 64 hexadecimal digits. */
  hash: z.string(),
  sealedAt: z.int(),
});

const looked = z.strictObject({
  at: z.int(),
  /** At every start from the last sealed day; asked for, the whole journal. */
  from: z.enum(['last-seal', 'beginning']),
  lines: z.int(),
  brokenAt: z.int().nullable(),
});

/** The journal's seals: what proves that nobody has changed it. */
export const SEAL_REQUESTS = {
  'journal:look': {
    says: 'The sealed ends of the last days, the newest first, how long the journal is now, and when it was last looked through.',
    roles: heads,
    request: z.strictObject({ ...asked }),
    reply: z.strictObject({ lines: z.int(), sealed: z.array(dayHead).readonly(), looked: looked.nullable() }),
  },
  'journal:verify': {
    says: 'Look the whole journal through: how many lines fit, and at which line it is broken.',
    roles: heads,
    request: z.strictObject({ ...asked }),
    reply: z.strictObject({ lines: z.int(), brokenAt: z.int().nullable() }),
  },
  'journal:print-seal': {
    says: "Print the newest sealed day on the ticket printer, to be kept outside the office's computer.",
    roles: heads,
    request: z.strictObject({ ...asked }),
    reply: done,
  },
} as const;
