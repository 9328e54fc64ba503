import { z } from 'zod';
import type { Result } from '../basics/result.ts';
import { PAUSE_REASONS } from '../domain/desk-state.ts';
import type {
  ClassId,
  DeskId,
  EpochMs,
  NeedId,
  OrganisationId,
  ServiceId,
  StaffId,
  TicketNumber,
} from '../domain/ids.ts';
import type { Refusal } from '../domain/refusal.ts';
import { ASSISTANCE, PARK_REASONS, RESOLUTIONS, STANDINGS } from '../domain/ticket.ts';
import { PICK_REASONS } from '../domain/why.ts';
import type { Board } from './boards.ts';
import type { KeypadPress } from './keypad.ts';
import { DESK_WORK } from './requests/desk-work.ts';
import { DEVICE_REQUESTS } from './requests/devices.ts';
import { HALL_REQUESTS } from './requests/hall.ts';
import { PHONE_REQUESTS } from './requests/phone.ts';
import { RETENTION_REQUESTS } from './requests/retention.ts';
import { SEAL_REQUESTS } from './requests/seals.ts';
import { SAFETY_REQUESTS } from './requests/safety.ts';
import { asked, done, helpId, id, language, note, seen, staff, ticketId } from './requests/pieces.ts';
import { KEYPAD_REQUESTS } from './requests/keypad.ts';
import { PRINTER_REQUESTS } from './requests/printer.ts';
import { STAFF_REQUESTS } from './requests/staff.ts';
import type { Role } from './roles.ts';

export type { Refusal, RefusalCode } from '../domain/refusal.ts';

/** One row: what a request is for, who may send it, what it carries, what comes back. */
export interface Row {
  readonly says: string;
  readonly roles: readonly Role[];
  readonly request: z.ZodType;
  readonly reply: z.ZodType;
  /** A page asks this again and again while it is open: it is no sign that anybody is there, and keeps no session alive. */
  readonly byItself?: true;
}

const called = z.strictObject({ ticketId, number: id<TicketNumber>(), deskId: id<DeskId>() });
const issued = z.strictObject({
  ticketId,
  number: id<TicketNumber>(),
  /** People ahead at the moment of issue. */
  ahead: z.int(),
  /** Opens the ticket on a phone: `/t/<phoneToken>`. */
  phoneToken: z.string(),
  /** The same as a whole address that a phone in the hall can reach. */
  phoneUrl: z.string(),
  /** The reply never waits for paper: the outcome of the slip comes with the kiosk's own board. */
  slip: z.enum(['printing', 'none']),
});

/**
 * Every request there is; each is answered exactly once. This table is data: the types below, the authorisation
 * (`live/answer`), the contract reference and the tests of who may do what are all made from it.
 */
export const REQUESTS = {
  ...STAFF_REQUESTS,
  'ticket:issue': {
    says: 'A visitor takes a number. The kiosk makes `requestId` once per press, so sending it twice issues one.',
    roles: ['kiosk'],
    request: z.strictObject({ ...asked, needId: id<NeedId>(), language, largePrint: z.boolean().optional() }),
    reply: issued,
  },
  'ticket:issue-for': {
    says: 'Staff give a number to a visitor who cannot or need not use the kiosk, with all that was found out.',
    roles: staff,
    request: z.strictObject({
      ...asked,
      needId: id<NeedId>().nullable(),
      serviceId: id<ServiceId>(),
      language,
      standing: z.enum(STANDINGS),
      /** With the priority standing: the class of visitors it is given for. */
      classId: id<ClassId>().nullable().optional(),
      /** With the booked standing: the booked time, so that the promise aims at it. */
      slotAt: z
        .int()
        .transform((at) => at as EpochMs)
        .nullable()
        .optional(),
      assistance: z.array(z.enum(ASSISTANCE)).max(ASSISTANCE.length),
      further: z.array(id<ServiceId>()).max(5),
      note,
      print: z.boolean(),
    }),
    reply: issued,
  },
  'help:call': {
    says: 'A visitor at a kiosk asks for a person. No ticket is needed; asking again while one is coming changes nothing.',
    roles: ['kiosk'],
    request: z.strictObject({ ...asked, language }),
    reply: done,
  },
  'help:cancel': {
    says: 'The visitor at this kiosk no longer needs a person.',
    roles: ['kiosk'],
    request: z.strictObject({ ...asked }),
    reply: done,
  },
  'help:answer': {
    says: 'A member of staff goes to the visitor who asked for a person.',
    roles: staff,
    request: z.strictObject({ ...asked, helpId }),
    reply: done,
  },
  'help:end': {
    says: 'The visitor who asked for a person has been helped.',
    roles: staff,
    request: z.strictObject({ ...asked, helpId }),
    reply: done,
  },
  ...PHONE_REQUESTS,
  'slip:came-out': {
    says: 'The visitor says whether a slip of unknown outcome came out. "No" prints it again, marked as a reprint.',
    roles: ['kiosk'],
    request: z.strictObject({ ...asked, ticketId, cameOut: z.boolean() }),
    reply: done,
  },
  'slip:reprint': {
    says: 'Staff print the slip of a ticket again, marked as a reprint.',
    roles: staff,
    request: z.strictObject({ ...asked, ticketId }),
    reply: done,
  },
  'desk:take': {
    says: 'Sit down at a desk. A taken desk is refused with who sits there; `takeOver` takes it nevertheless.',
    roles: staff,
    request: z.strictObject({ ...asked, deskId: id<DeskId>(), takeOver: z.boolean() }),
    reply: done,
  },
  'desk:leave': {
    says: 'Leave the desk. Refused while a visitor is called to it or served at it.',
    roles: staff,
    request: z.strictObject({ ...asked }),
    reply: done,
  },
  'desk:free': {
    says: 'The head frees a desk somebody forgot to leave; a visitor called there waits again, with the clock kept.',
    roles: ['head'],
    request: z.strictObject({ ...asked, deskId: id<DeskId>() }),
    reply: done,
  },
  'desk:pause': {
    says: 'The desk calls nobody for a while; a planned end, where known, is used by the wait ranges.',
    roles: staff,
    request: z.strictObject({
      ...asked,
      reason: z.enum(PAUSE_REASONS),
      /** Minutes from now; `null`: not known. */
      minutes: z.int().min(1).max(480).nullable(),
    }),
    reply: done,
  },
  'desk:resume': {
    says: 'The desk is open again.',
    roles: staff,
    request: z.strictObject({ ...asked }),
    reply: done,
  },
  'desk:call-next': {
    says: 'The specialist is free: call the earliest promised time this desk can serve.',
    roles: staff,
    request: z.strictObject({ ...asked }),
    reply: called,
  },
  'desk:call-ticket': {
    says: 'Call this waiting or parked ticket, out of order, with a reason; those passed over are counted.',
    roles: staff,
    request: z.strictObject({ ...seen, reason: z.enum(PICK_REASONS) }),
    reply: called,
  },
  'ticket:recall': {
    says: 'Call the visitor again.',
    roles: staff,
    request: z.strictObject({ ...seen }),
    reply: called,
  },
  'ticket:begin': {
    says: 'The visitor is at the desk: service begins. The first other act after a call begins it too.',
    roles: staff,
    request: z.strictObject({ ...seen }),
    reply: done,
  },
  'ticket:finish': {
    says: 'Service ends. With further services noted, the ticket waits for the next of them instead of closing.',
    roles: staff,
    request: z.strictObject({ ...seen, resolution: z.enum(RESOLUTIONS).nullable().optional() }),
    reply: done,
  },
  'ticket:no-show': {
    says: 'The visitor did not come after the calls the office makes: parked for the rejoin window; missed again, closed.',
    roles: staff,
    request: z.strictObject({ ...seen }),
    reply: done,
  },
  'ticket:park': {
    says: 'Keep the visitor aside (a form, a photo). With minutes, it returns to the queue by itself.',
    roles: staff,
    request: z.strictObject({
      ...seen,
      reason: z.enum(PARK_REASONS).exclude(['missed']),
      minutes: z.int().min(1).max(480).nullable(),
    }),
    reply: done,
  },
  'ticket:return': {
    says: 'A parked visitor is back in the queue, with a new clock.',
    roles: staff,
    request: z.strictObject({ ...seen }),
    reply: done,
  },
  'ticket:transfer': {
    says: 'Send the visitor to another service, desk or person; number, clock, language and notes are kept.',
    roles: staff,
    request: z.strictObject({
      ...seen,
      to: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('service'), serviceId: id<ServiceId>() }),
        z.strictObject({ kind: z.literal('desk'), deskId: id<DeskId>() }),
        z.strictObject({ kind: z.literal('person'), staffId: id<StaffId>() }),
      ]),
      note: note.nullable(),
    }),
    reply: done,
  },
  'ticket:withdraw': {
    says: 'The visitor gives up the place.',
    roles: staff,
    request: z.strictObject({ ...seen }),
    reply: done,
  },
  'ticket:triage': {
    says: 'What was found out by talking: need, service, language, standing, assistance, note. Only what is given changes.',
    roles: staff,
    request: z.strictObject({
      ...seen,
      needId: id<NeedId>().nullable().optional(),
      serviceId: id<ServiceId>().optional(),
      language: language.optional(),
      standing: z.enum(STANDINGS).optional(),
      classId: id<ClassId>().nullable().optional(),
      assistance: z.array(z.enum(ASSISTANCE)).max(ASSISTANCE.length).optional(),
      further: z.array(id<ServiceId>()).max(5).optional(),
      note: note.optional(),
    }),
    reply: done,
  },
  'ticket:merge': {
    says: 'One person took two numbers: the later ticket closes, the earlier keeps its place and gets its notes.',
    roles: staff,
    request: z.strictObject({ ...seen, into: ticketId }),
    reply: done,
  },
  'visit:answered': {
    says: 'Answered at the information desk without a ticket, or named who does it instead: counted, nobody waits.',
    roles: staff,
    request: z.strictObject({
      ...asked,
      needId: id<NeedId>().nullable(),
      language,
      how: z.enum(['answered', 'referred']),
      /** With `referred`: who does it; left out, the one the need names. */
      organisationId: id<OrganisationId>().nullable().optional(),
    }),
    reply: done,
  },
  'desk:undo': {
    says: 'Take back the last act at this desk, within the time the office allows and while nobody saw its effect.',
    roles: staff,
    request: z.strictObject({ ...asked }),
    reply: done,
  },
  ...DESK_WORK,
  ...HALL_REQUESTS,
  ...DEVICE_REQUESTS,
  ...SEAL_REQUESTS,
  ...RETENTION_REQUESTS,
  ...PRINTER_REQUESTS,
  ...KEYPAD_REQUESTS,
  ...SAFETY_REQUESTS,
} as const satisfies Record<string, Row>;

type Requests = typeof REQUESTS;
export type RequestName = keyof Requests;
export type Request<Name extends RequestName> = z.output<Requests[Name]['request']>;
export type Answer<Name extends RequestName> = z.output<Requests[Name]['reply']>;

/** What the server failed to do, as opposed to what it refused. `reference` finds the log entry. */
export interface Fault {
  readonly code: 'malformed' | 'forbidden' | 'outage';
  readonly reference: string;
}

export type Reply<T> = (result: Result<T, Refusal | Fault>) => void;

export type ClientToServer = {
  [Name in RequestName]: (request: z.input<Requests[Name]['request']>, reply: Reply<Answer<Name>>) => void;
};

/** News. Always the whole board of one surface, never a difference: the newest board is the truth. */
export interface ServerToClient {
  board: (board: Board) => void;
  /**
   * A press at the keypad of this kiosk, sent to no other. Presses are moments, not state: one missed is not sent again.
   * The jack is state: after each connection the kiosk hears how it is, if its keypad can tell.
   */
  keypad: (press: KeypadPress) => void;
  /** The office's clock, every 2 s: proof that the line is alive when nothing changes. */
  pulse: (at: number) => void;
  /** The session or the device's pairing has ended: forget everything and sign in again. */
  ended: () => void;
}

/** What a client says when it connects; the proof of who it is comes in a cookie. */
export interface Hello {
  readonly surface: 'kiosk' | 'display' | 'console';
  /** Of a display: the area its address names, `?zone=<id>`. */
  readonly area?: string;
}

/** The table in words and JSON schema (draft 2020-12), for documents, tests and `npm run -s events`. */
export function contractReference(): readonly object[] {
  return Object.entries(REQUESTS).map(([name, { says, roles, request, reply }]) => ({
    name,
    says,
    roles,
    request: z.toJSONSchema(request, { io: 'input' }),
    reply: z.toJSONSchema(reply, { io: 'input' }),
  }));
}
