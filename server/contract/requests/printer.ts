import { z } from 'zod';
import type { Condition } from '../../../hardware/printer/status.ts';
import type { Language } from '../../domain/language.ts';
import { SLIP_TEXT_AT_MOST } from '../../domain/slip-texts.ts';
import type { Role } from '../roles.ts';
import { asked, done } from './pieces.ts';

/** Devices are everybody's business who may stand in front of one. */
const mayHandle: readonly Role[] = ['specialist', 'head', 'admin'];
/** One of the office's own texts; lines are separated by `\n`, other control characters are refused. */
const text = z
  .string()
  .max(SLIP_TEXT_AT_MOST)
  .regex(/^[^\p{Cc}]*$|^[^\p{Cc}\n]*(\n[^\p{Cc}\n]*)*$/u);
const texts = z.strictObject({ et: text, en: text, ru: text } satisfies Record<Language, unknown>);
const slipTexts = { header: texts, footer: texts };

const CONDITIONS = [
  'ok',
  'paper-low',
  'paper-out',
  'cover-open',
  'cutter-error',
  'cooling',
  'fault',
  'offline',
  'not-answering',
  'disconnected',
] as const satisfies readonly Condition[];

const printerFacts = z.strictObject({
  link: z.enum(['down', 'connecting', 'up']),
  condition: z.enum(CONDITIONS),
  /** All that hold, the worst first. */
  all: z.array(z.enum(CONDITIONS)),
  since: z.number(),
  lastError: z.string().nullable(),
  profile: z.string(),
  maker: z.string(),
  model: z.string(),
  firmware: z.string(),
  serial: z.string(),
  /** `null`: not found out yet. */
  capabilities: z
    .strictObject({
      automaticStatus: z.boolean(),
      acknowledges: z.enum(['process-id', 'in-order', 'nothing']),
      nativeQr: z.boolean(),
      nearEnd: z.boolean(),
    })
    .nullable(),
  rollLengthMm: z.int(),
  rollUsedMm: z.int(),
  waiting: z.int(),
  /** The newest last, at most 50, in the words of the driver. Never the content of a slip. */
  trace: z.array(z.strictObject({ at: z.number(), text: z.string() })),
});

/** All that staff may know of a printer. */
export type PrinterFacts = z.output<typeof printerFacts>;

/** Requests about the printer itself and about the office's own words on slips. */
export const PRINTER_REQUESTS = {
  'printer:test': {
    says: 'Print a test slip, the sheet of code tables or the alignment sheet.',
    roles: mayHandle,
    request: z.strictObject({ ...asked, kind: z.enum(['slip', 'code-tables', 'alignment']) }),
    reply: done,
  },
  'printer:clear': {
    says: 'Drop what the printer holds and try again.',
    roles: mayHandle,
    request: z.strictObject({ ...asked }),
    reply: done,
  },
  'printer:new-roll': {
    says: 'A new roll of so many metres is in: the count of printed millimetres begins anew.',
    roles: mayHandle,
    request: z.strictObject({ ...asked, metres: z.int().min(5).max(300) }),
    reply: done,
  },
  'printer:look': {
    says: 'What is known of the printer: model, abilities, roll, last error, the last lines of its trace.',
    roles: mayHandle,
    request: z.strictObject({ ...asked }),
    reply: printerFacts.nullable(),
    byItself: true,
  },
  'slip-texts:look': {
    says: "The office's own words on slips as they are, and how they were before, the newest first.",
    roles: ['head'],
    request: z.strictObject({ ...asked }),
    reply: z.strictObject({
      planVersion: z.int(),
      ...slipTexts,
      history: z.array(z.strictObject({ version: z.int(), at: z.number(), by: z.string(), ...slipTexts })),
    }),
  },
  'slip-texts:change': {
    says: "Change the office's own words on slips. Names the plan version that was looked at; a stale one is refused.",
    roles: ['head'],
    request: z.strictObject({ ...asked, planVersion: z.int(), ...slipTexts }),
    reply: done,
  },
} as const;
