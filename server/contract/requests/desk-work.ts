import { z } from 'zod';
import { REPAIRS } from '../../domain/irregularity.ts';
import type { ClassId, DeskId, EpochMs, ServiceId, TicketNumber } from '../../domain/ids.ts';
import { LEFT_AS } from '../../domain/own-day.ts';
import { OUTCOMES, RESOLUTIONS } from '../../domain/ticket.ts';
import type { Row } from '../events.ts';
import { asked, done, id, staff, ticketId } from './pieces.ts';

const instant = z.int().transform((at) => at as EpochMs);
const MINUTE_MS = 60_000;

/** A promise or a window: whole minutes, from one minute to a day (milliseconds). */
function minutes(atMost = 24 * 60) {
  return z
    .int()
    .min(MINUTE_MS)
    .max(atMost * MINUTE_MS)
    .multipleOf(MINUTE_MS);
}

/** A short time: whole seconds (milliseconds). */
function seconds(atMost: number) {
  return z
    .int()
    .min(0)
    .max(atMost * 1000)
    .multipleOf(1000);
}

const line = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^\p{Cc}]*$/u);
const texts = z.strictObject({ et: line, en: line, ru: line });

const callRules = z.strictObject({
  rules: z.strictObject({
    priorityPromiseMs: minutes(),
    bookedPromiseMs: minutes(),
    returningPromiseMs: minutes(),
    scarceShorterMs: z.literal(0).or(minutes(120)),
    callsBeforeNoShow: z.int().min(1).max(5),
    secondCallAfterMs: seconds(900),
    rejoinWindowMs: minutes(240),
    personHoldMs: minutes(240),
    undoWithinMs: seconds(60),
    mayCallOutOfOrder: z.boolean(),
    autoCallOnFinish: z.boolean(),
    autoCallAfterMs: seconds(300),
    resolutionRequired: z.boolean(),
  }),
  classes: z
    .array(z.strictObject({ id: id<ClassId>(), names: texts, promiseMs: minutes() }))
    .max(12)
    .refine((all) => new Set(all.map((one) => one.id)).size === all.length, 'two classes with one id'),
  promises: z
    .array(
      z.strictObject({
        id: id<ServiceId>(),
        promiseMs: minutes(),
        ownPromises: z.record(id<ClassId | 'booked' | 'returning'>(), minutes()),
      }),
    )
    .max(100),
});

const found = z.strictObject({
  ticketId,
  number: id<TicketNumber>(),
  where: z.enum(['waiting', 'desk', 'parked', 'closed']),
  issuedAt: instant,
  since: instant,
  ahead: z.int().nullable(),
  deskId: id<DeskId>().nullable(),
  outcome: z.enum(OUTCOMES).nullable(),
});

const ownVisit = z.strictObject({
  number: id<TicketNumber>(),
  serviceId: id<ServiceId>(),
  at: instant,
  how: z.enum(LEFT_AS),
  servedMs: z.int().nullable(),
  resolution: z.enum(RESOLUTIONS).nullable(),
});

/** What the desks ask besides the verbs: repairing, finding, looking back, and the rules of calling. */
export const DESK_WORK = {
  'desk:repair': {
    says: 'Desk and ticket disagree (a damaged or restored file): sets it right by the word of whoever looked.',
    roles: staff,
    request: z.strictObject({ ...asked, deskId: id<DeskId>(), ticketId, how: z.enum(REPAIRS) }),
    reply: done,
  },
  'ticket:find': {
    says: 'Where is this number? Every ticket of the day that fits, at most 12, closed ones too.',
    roles: staff,
    request: z.strictObject({
      ...asked,
      letters: z.string().regex(/^\p{L}{0,3}$/u),
      digits: z.string().regex(/^\d{1,6}$/),
    }),
    reply: z.array(found).readonly(),
  },
  'day:mine': {
    says: 'What whoever asks has done today, from the journal.',
    roles: staff,
    request: z.strictObject({ ...asked }),
    reply: z.strictObject({ visits: z.array(ownVisit).readonly(), pausedMs: z.int(), helped: z.int() }),
  },
  'rules:set': {
    says: 'The head sets promises and rules of calling: the next plan version. Those who wait keep what they were promised.',
    roles: ['head', 'admin'],
    request: z.strictObject({ ...asked, planVersion: z.int().positive(), set: callRules }),
    reply: z.strictObject({ planVersion: z.int() }),
  },
  'rules:history': {
    says: 'Who changed which rule of calling, and when; the newest first, at most 50 versions.',
    roles: ['specialist', 'head', 'admin'],
    request: z.strictObject({ ...asked }),
    reply: z
      .array(
        z.strictObject({
          planVersion: z.int(),
          at: instant,
          /** `null`: the office itself. */
          by: z.string().nullable(),
          changes: z
            .array(
              z.discriminatedUnion('what', [
                z.strictObject({
                  what: z.literal('rule'),
                  rule: z.string(),
                  before: z.union([z.number(), z.boolean()]),
                  after: z.union([z.number(), z.boolean()]),
                }),
                z.strictObject({
                  what: z.literal('class'),
                  names: texts,
                  before: z.number().nullable(),
                  after: z.number().nullable(),
                }),
                z.strictObject({
                  what: z.literal('promise'),
                  serviceId: id<ServiceId>(),
                  to: z.string(),
                  before: z.number().nullable(),
                  after: z.number().nullable(),
                }),
              ]),
            )
            .readonly(),
        }),
      )
      .readonly(),
  },
} as const satisfies Record<string, Row>;
