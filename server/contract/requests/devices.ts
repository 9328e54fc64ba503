import { z } from 'zod';
import type { DeviceId } from '../../domain/ids.ts';
import { asked, done, heads, id } from './pieces.ts';

const NAME_AT_MOST = 40;
/** What stands on the console and in the list of devices; nothing that could be a command to a printer or a terminal. */
const deviceName = z
  .string()
  .max(NAME_AT_MOST)
  .regex(/^[^\p{C}\s]([^\p{C}]*[^\p{C}\s])?$/u);
const code = z.string().min(1).max(20);
const kind = z.enum(['kiosk', 'display']);
const limits = z.strictObject({ perMinute: z.int().min(1).max(600_000), burst: z.int().min(1).max(10_000) });
const about = { ...asked, deviceId: id<DeviceId>() };

/** Pairing of screens and what is done with paired ones. */
export const DEVICE_REQUESTS = {
  'device:list': {
    says: 'All paired screens: when each was paired, by whom, when it was last here, and how often it may ask.',
    roles: heads,
    request: z.strictObject({ ...asked }),
    reply: z.array(
      z.strictObject({
        deviceId: id<DeviceId>(),
        kind,
        name: z.string(),
        pairedAt: z.int(),
        /** Name of the member of staff; `null`: it paired by itself, in the demonstration office. */
        pairedBy: z.string().nullable(),
        /** Epoch milliseconds; `null`: never. */
        seenAt: z.int().nullable(),
        connected: z.boolean(),
        limits,
      }),
    ),
  },
  'device:look-up': {
    says: 'Which screen shows this code: its kind, its address and the name it would get. Nothing is approved yet.',
    roles: heads,
    request: z.strictObject({ ...asked, code }),
    reply: z.strictObject({ code: z.string(), kind, address: z.string(), proposedName: z.string() }),
  },
  'device:approve': {
    says: 'Let the screen that shows this code in, under this name. The code is used up.',
    roles: heads,
    request: z.strictObject({ ...asked, code, name: deviceName }),
    reply: done,
  },
  'device:rename': {
    says: 'Give a paired screen another name.',
    roles: heads,
    request: z.strictObject({ ...about, name: deviceName }),
    reply: done,
  },
  'device:limit': {
    says: 'How often a screen may ask, on average and at once; holds from its next connection on.',
    roles: heads,
    request: z.strictObject({ ...about, limits }),
    reply: done,
  },
  'device:revoke': {
    says: 'Cut a screen off: its token opens nothing any more and its connections end at once.',
    roles: heads,
    request: z.strictObject({ ...about }),
    reply: done,
  },
} as const;
