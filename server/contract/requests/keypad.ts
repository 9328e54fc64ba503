import { z } from 'zod';
import type { HidStatus } from '../../../hardware/hid/hold-machine.ts';
import type { DeviceId } from '../../domain/ids.ts';
import { asked, done, id } from './pieces.ts';

const STATUSES = ['absent', 'opening', 'ready', 'denied', 'error'] as const satisfies readonly HidStatus[];
const usbId = z.int().min(0).max(0xffff);
const usbIds = z.strictObject({ vendorId: usbId, productId: usbId }).nullable();
const setting = {
  /** `null`: the only kiosk that is connected. */
  kioskId: id<DeviceId>().nullable(),
  profile: z.string().min(1).max(20),
  /** Where the profile does not name them; `lsusb` shows them. */
  usbIds,
};

/** Requests about the accessible keypad at the server's machine. */
export const KEYPAD_REQUESTS = {
  'keypad:look': {
    says: 'The keypad at this machine: how it is, what it is set to, and what it can be set to.',
    roles: ['head', 'admin'],
    request: z.strictObject({ ...asked }),
    reply: z
      .strictObject({
        ...setting,
        status: z.enum(STATUSES),
        lastError: z.string().nullable(),
        /** `null`: it has not said so since it was plugged in. */
        jack: z.enum(['in', 'out']).nullable(),
        profiles: z.array(z.strictObject({ name: z.string(), says: z.string(), needsUsbIds: z.boolean() })),
      })
      .nullable(),
  },
  'keypad:set': {
    says: 'Which keypad it is and at which kiosk it stands: its keys go to that kiosk and to no other.',
    roles: ['head', 'admin'],
    request: z.strictObject({ ...asked, ...setting }),
    reply: done,
  },
} as const;
