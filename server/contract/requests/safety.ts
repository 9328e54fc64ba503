import { z } from 'zod';
import type { EpochMs, NeedId, ServiceId, StaffId, TicketNumber } from '../../domain/ids.ts';
import { CHECKS, type CheckFacts } from '../../domain/opening-check.ts';
import { FALLBACK_WORDS_AT_MOST } from '../../domain/fallback-words.ts';
import type { Language } from '../../domain/language.ts';
import type { Row } from '../events.ts';
import { asked, done, id, language, staff, ticketId } from './pieces.ts';

const instant = z.int().transform((at) => at as EpochMs);
const head = ['head', 'admin'] as const;
const present = z.strictObject({ known: z.int(), connected: z.int() });
const facts = z.strictObject({
  printer: z.string(),
  slip: z.enum(['printed', 'not-printed', 'unknown', 'none']),
  displays: present,
  voices: z.strictObject({ told: z.int(), audible: z.int() }),
  clockAheadMs: z.number(),
  clockSynchronised: z.boolean().nullable(),
  disk: z.strictObject({ state: z.enum(['ok', 'low', 'full', 'read-only']), freeMiB: z.number().nullable() }),
  backup: z.strictObject({ ageMs: z.number().nullable(), isOurs: z.boolean(), opens: z.boolean().optional() }),
  roundTripMs: z.number(),
  kiosks: present,
}) satisfies z.ZodType<CheckFacts>;
const report = z.strictObject({
  id: z.string(),
  at: instant,
  actor: id<StaffId>(),
  name: z.string(),
  items: z.array(
    z.strictObject({ check: z.enum(CHECKS), result: z.enum(['pass', 'notice', 'fail']), fix: z.string().nullable() }),
  ),
  facts,
});
const backup = z.strictObject({ name: z.string(), at: instant, bytes: z.int() });
const onRoll = z.strictObject({ number: id<TicketNumber>(), printedAt: instant });
const ROLL_AT_MOST = 100;
/** No control characters: nothing typed can reach a screen as a command. */
const fallbackText = z
  .string()
  .max(FALLBACK_WORDS_AT_MOST)
  .regex(/^[^\p{Cc}]*$/u);
const fallbackWords = z.strictObject({ et: fallbackText, en: fallbackText, ru: fallbackText } satisfies Record<
  Language,
  unknown
>);

/** What keeps the office safe: alarms, backups, the morning's check, numbers on paper for when nothing else works. */
export const SAFETY_REQUESTS = {
  'alarm:acknowledge': {
    says: 'The head has taken note of an alarm; it leaves the consoles. Taking note twice changes nothing.',
    roles: ['head'],
    request: z.strictObject({ ...asked, alarmId: z.uuid() }),
    reply: done,
  },
  'backup:list': {
    says: 'The backups there are, the newest first, and whether they are made here at all.',
    roles: head,
    request: z.strictObject({ ...asked }),
    reply: z.strictObject({ isOurs: z.boolean(), keepDays: z.int(), at: z.string(), backups: z.array(backup) }),
  },
  'backup:make': {
    says: 'Make a backup now: checked, sealed, under its name only when it is whole.',
    roles: head,
    request: z.strictObject({ ...asked }),
    reply: backup,
  },
  'check:run': {
    says: 'Look the office over before it opens. The console tells its own clock and how long an answer took it; a test slip is printed.',
    roles: staff,
    request: z.strictObject({ ...asked, clockAt: instant, roundTripMs: z.int().min(0).max(600_000) }),
    reply: report,
  },
  'check:list': {
    says: 'The checks of the last days, the newest first.',
    roles: staff,
    request: z.strictObject({ ...asked }),
    reply: z.array(report),
  },
  'fallback:print': {
    says: 'Set the next numbers of the roll aside and print them, for the holder at the information desk.',
    roles: staff,
    request: z.strictObject({ ...asked, count: z.int().min(1).max(ROLL_AT_MOST) }),
    reply: z.strictObject({ numbers: z.array(id<TicketNumber>()) }),
  },
  'fallback:list': {
    says: 'Numbers printed in advance that nobody has brought yet.',
    roles: staff,
    request: z.strictObject({ ...asked }),
    reply: z.strictObject({ letter: z.string().nullable(), onRoll: z.array(onRoll) }),
  },
  'fallback:take': {
    says: 'A visitor has a number of the roll: it becomes a ticket, with the clock of when it was taken.',
    roles: staff,
    request: z.strictObject({
      ...asked,
      number: id<TicketNumber>(),
      takenAt: instant,
      serviceId: id<ServiceId>(),
      needId: id<NeedId>().nullable(),
      language,
    }),
    reply: z.strictObject({ ticketId, number: id<TicketNumber>() }),
  },
  'fallback-words:look': {
    says: 'What kiosks tell a visitor when no number can be given.',
    roles: ['head'],
    request: z.strictObject({ ...asked }),
    reply: z.strictObject({ planVersion: z.int(), words: fallbackWords }),
  },
  'fallback-words:change': {
    says: 'Change what kiosks tell a visitor when no number can be given. Names the plan version that was looked at; a stale one is refused.',
    roles: ['head'],
    request: z.strictObject({ ...asked, planVersion: z.int(), words: fallbackWords }),
    reply: done,
  },
} as const satisfies Record<string, Row>;
