import { z } from 'zod';
import type { EpochMs, ServiceId, StaffId } from '../../domain/ids.ts';
import type { Role } from '../roles.ts';
import { STAFF_ROLES } from '../roles.ts';
import { asked, done, id, language, shownName } from './pieces.ts';

/** Who runs the office's accounts. */
const managers: readonly Role[] = ['head', 'admin'];
const staffId = id<StaffId>();
const name = shownName(80);
const username = z.string().trim().min(2).max(64);
const instant = z.int().transform((at) => at as EpochMs);
const role = z.enum(STAFF_ROLES);
const services = z.array(id<ServiceId>()).max(50);
const languages = z.array(language).max(3);
const link = z.strictObject({
  staffId,
  /** The whole address, the token in its fragment. It stands nowhere else and cannot be asked for again. */
  url: z.string(),
  endsAt: instant,
});

const rules = z.strictObject({
  secondFactor: z.enum(['required', 'optional']),
  lockAfterMinutes: z.int().min(1).max(30),
});

const person = z.strictObject({
  staffId,
  username: z.string(),
  name: z.string(),
  role,
  services: z.array(z.string()),
  languages: z.array(language),
  disabled: z.boolean(),
  breakGlass: z.boolean(),
  hasPassphrase: z.boolean(),
  /** There is a link to an outside identity. */
  linked: z.boolean(),
  /** Until when a one-time link for this person can be used. */
  linkEndsAt: instant.nullable(),
  totp: z.boolean(),
  passkeys: z.int(),
  sessions: z.array(
    z.strictObject({
      sessionId: z.string(),
      since: instant,
      seenAt: instant,
      browser: z.string(),
      locked: z.boolean(),
      own: z.boolean(),
    }),
  ),
});

/** Requests about staff accounts; head and admin only. */
export const STAFF_REQUESTS = {
  'staff:list': {
    says: 'All accounts with their second factors and sessions, and the rules of signing in.',
    roles: managers,
    request: z.strictObject({ ...asked }),
    reply: z.strictObject({ people: z.array(person), rules, outside: z.boolean() }),
  },
  'staff:create': {
    says: 'Make an account; the one-time link lets the colleague set name and passphrase within 15 minutes.',
    roles: managers,
    request: z.strictObject({ ...asked, username, name, role, services, languages }),
    reply: link,
  },
  'staff:change': {
    says: 'Change role, services, languages or break-glass of a person. Another role ends their sessions at once.',
    roles: managers,
    request: z.strictObject({
      ...asked,
      staffId,
      role: role.optional(),
      services: services.optional(),
      languages: languages.optional(),
      breakGlass: z.boolean().optional(),
    }),
    reply: done,
  },
  'staff:disable': {
    says: 'Disable an account, which ends its sessions and frees its desk at once, or let it in again.',
    roles: managers,
    request: z.strictObject({ ...asked, staffId, disabled: z.boolean() }),
    reply: done,
  },
  'staff:link': {
    says: 'A new one-time link for a person who cannot get in; it may also take their second factors away.',
    roles: managers,
    request: z.strictObject({ ...asked, staffId, forgetFactors: z.boolean() }),
    reply: link,
  },
  'staff:end-sessions': {
    says: 'End one session of a person, or all of them.',
    roles: managers,
    request: z.strictObject({ ...asked, staffId, sessionId: z.string().max(64).nullable() }),
    reply: done,
  },
  'staff:link-identity': {
    says: 'Link a person to their subject at the outside sign-in; kept only as a keyed hash. `null` takes it away.',
    roles: managers,
    request: z.strictObject({ ...asked, staffId, subject: z.string().trim().min(1).max(256).nullable() }),
    reply: done,
  },
  'staff:rules': {
    says: 'Whether a second factor is needed, and after how many idle minutes a console locks itself.',
    roles: managers,
    request: z.strictObject({ ...asked, ...rules.shape }),
    reply: done,
  },
} as const;
