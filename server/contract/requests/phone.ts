import { z } from 'zod';
import { asked, done, language } from './pieces.ts';

/** Made once by a phone and kept there: the same phone is known again, nothing else is known of it. */
const key = z.string().regex(/^[\w-]{22}$/);
const own = { ...asked, key };
const names = z.strictObject({ et: z.string(), en: z.string(), ru: z.string() });
const base64 = z.string().regex(/^[\w-]{16,200}={0,2}$/);

/** What a visitor may do from the phone; the ticket comes from the token in the address, `/api/ticket/<token>/<act>`. */
export const PHONE_REQUESTS = {
  'phone:hold': {
    says: 'A phone opened the ticket. `holds`: it may act for it, and `bring` is what its visitor needs; `pushKey`: messages are offered, with this key of the office.',
    roles: ['phone'],
    request: z.strictObject({ ...own }),
    reply: z.strictObject({
      holds: z.boolean(),
      pushKey: z.string().nullable(),
      bring: z.array(z.strictObject({ names, when: z.enum(['always', 'if-applicable']) })),
    }),
  },
  'phone:withdraw': {
    says: 'The visitor leaves the queue from the phone ticket.',
    roles: ['phone'],
    request: z.strictObject({ ...own }),
    reply: done,
  },
  'phone:more-time': {
    says: 'The visitor needs more time and lets the next one of the same queue go first.',
    roles: ['phone'],
    request: z.strictObject({ ...own }),
    reply: done,
  },
  'phone:follow': {
    says: 'The visitor wants a message when the turn is near and at the call, also when the page is closed.',
    roles: ['phone'],
    request: z.strictObject({
      ...own,
      language,
      endpoint: z.url({ protocol: /^https?$/ }).max(1000),
      keys: z.strictObject({ p256dh: base64, auth: base64 }),
    }),
    reply: done,
  },
  'phone:unfollow': {
    says: 'No more messages to this address.',
    roles: ['phone'],
    request: z.strictObject({ ...own, endpoint: z.string().max(1000) }),
    reply: done,
  },
} as const;
