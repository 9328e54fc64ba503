import { z } from 'zod';
import type { DeskId, DeviceId, ServiceId } from '../../domain/ids.ts';
import type { Role } from '../roles.ts';
import { asked, done, id, staff } from './pieces.ts';

const settles: readonly Role[] = ['head', 'admin'];
/** One line of the office's own words; no control characters, so that nothing typed can act on a screen or in a log. */
const line = z
  .string()
  .trim()
  .min(1)
  .max(160)
  .regex(/^\P{Cc}*$/u);
const texts = z.strictObject({ et: line, en: line, ru: line });
/** As much as the foot of a display can show at once. */
const notice = line.max(140);
const notices = z.strictObject({ et: notice, en: notice, ru: notice });
/** As it stands in an address: `?zone=<id>`. */
const areaId = z.string().regex(/^[a-z0-9-]{1,32}$/);
const percent = z.int().min(0).max(100);
const instant = z.number();
const order = z.int().positive();

const area = z.strictObject({
  id: areaId,
  names: texts,
  deskIds: z.array(id<DeskId>()).max(100).readonly(),
  serviceIds: z.array(id<ServiceId>()).max(100).readonly(),
});
const panel = z.strictObject({
  diagonalInches: z.number().min(10).max(300),
  distanceM: z.number().min(1).max(30),
  areaId: areaId.nullable(),
});
const phone = z.strictObject({
  moreTimeAtMost: z.int().min(0).max(9),
  acts: z.enum(['first-phone', 'any-phone', 'none']),
  messages: z.boolean(),
});
const volume = z
  .array(z.strictObject({ fromHour: z.int().min(0).max(23), percent }))
  .min(1)
  .max(24)
  .readonly();

/** All settings, for whoever edits them. */
const settings = z.object({
  version: z.int(),
  areas: z.array(area).readonly(),
  volume,
  silentUntil: instant.nullable(),
  notices: z.array(z.object({ id: z.string(), texts, until: instant })).readonly(),
  panels: z.record(z.string(), panel),
  phone,
});

/** Whether a display can be heard: `blocked` by the browser, `absent` without a sound device, `failed` in its self-test. */
const SOUND_STATES = ['able', 'blocked', 'absent', 'failed'] as const;
export type SoundState = (typeof SOUND_STATES)[number];

/** What a display tells of itself, when it changes and once a minute. Orders are those of its calls. */
export const displayReport = {
  shown: order.nullable(),
  speaking: order.nullable(),
  queued: z.int().min(0).max(1000),
  sound: z.enum(SOUND_STATES),
  /** The newest sound test: by the office's clock, and how many recordings were missing. */
  test: z.strictObject({ at: instant, missing: z.int().min(0).max(10_000) }).nullable(),
  widthPx: z.int().min(1).max(20_000),
  heightPx: z.int().min(1).max(20_000),
  /** From how far number and place on the plate can be read (metres). */
  readableToM: z.number().min(0).max(1000),
};

/** Waiting area: what staff do about it and what its displays tell. */
export const HALL_REQUESTS = {
  'hall:settings': {
    says: 'All settings of waiting area and phones, for whoever looks at or edits them. Changes nothing.',
    roles: ['specialist', 'head', 'admin'],
    request: z.strictObject({ ...asked }),
    reply: settings,
  },
  'hall:repeat': {
    says: 'The displays say a call once more. It is no second call: nothing is counted for a no-show.',
    roles: staff,
    request: z.strictObject({ ...asked, order }),
    reply: done,
  },
  'hall:silence': {
    says: 'Nothing is said aloud for so many minutes; `null` lets the displays speak again. Calls are shown as ever.',
    roles: staff,
    request: z.strictObject({ ...asked, minutes: z.int().min(1).max(720).nullable() }),
    reply: done,
  },
  'hall:test-sound': {
    says: 'Every display checks its recordings and plays its chime.',
    roles: ['specialist', 'head', 'admin'],
    request: z.strictObject({ ...asked }),
    reply: done,
  },
  'hall:notice': {
    says: 'A notice for the hall, in three languages, that ends by itself.',
    roles: staff,
    request: z.strictObject({ ...asked, texts: notices, minutes: z.int().min(5).max(10_080) }),
    reply: done,
  },
  'hall:end-notice': {
    says: 'A notice is no longer shown.',
    roles: staff,
    request: z.strictObject({ ...asked, noticeId: z.string().max(64) }),
    reply: done,
  },
  'hall:set-volume': {
    says: 'How loud the voice is, by the hour.',
    roles: settles,
    request: z.strictObject({ ...asked, volume }),
    reply: done,
  },
  'hall:set-areas': {
    says: 'The parts of the waiting area: their names, the places that call there, the services that wait there.',
    roles: settles,
    request: z.strictObject({ ...asked, areas: z.array(area).max(20).readonly() }),
    reply: done,
  },
  'hall:set-panel': {
    says: 'How one display hangs: size of its picture, distance of the last row of seats, its area.',
    roles: settles,
    request: z.strictObject({ ...asked, deviceId: id<DeviceId>(), panel }),
    reply: done,
  },
  'hall:set-phone': {
    says: 'What visitors may do from their phones.',
    roles: settles,
    request: z.strictObject({ ...asked, phone }),
    reply: done,
  },
  'display:report': {
    says: 'A display tells what it shows and says, whether it can be heard, and how far it can be read.',
    roles: ['display'],
    request: z.strictObject({ ...asked, ...displayReport }),
    reply: done,
  },
} as const;
