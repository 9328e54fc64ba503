import { z } from 'zod';
import type { DeviceDoor } from '../accounts/device-door.ts';
import { kioskContent } from '../boards/content.ts';
import type { Plan } from '../domain/plan.ts';
import { readCookie, writeCookie } from './cookies.ts';
import { isFromThisMachine } from './doorway.ts';
import { planContent } from './plan-content.ts';
import { BadBody, jsonBody, send, type Route } from './router.ts';

const PAIR = z.strictObject({ surface: z.enum(['kiosk', 'display']) });

interface Parts {
  readonly door: DeviceDoor;
  readonly plan: () => Plan;
  readonly secure: boolean;
}

/** Pairing of the demonstration office's own devices, and the texts public screens show. */
export function deviceRoutes({ door, plan, secure }: Parts): readonly Route[] {
  const sendContent = planContent(kioskContent);
  return [
    {
      method: 'POST',
      path: /^\/api\/pair$/,
      handle: async ({ request, response }) => {
        const parsed = PAIR.safeParse(await jsonBody(request));
        if (!parsed.success) throw new BadBody('not as expected');
        const { surface } = parsed.data;
        const known = readCookie(request, surface, secure);
        if (known !== null && (await door.whoIs(known, surface))) {
          send(response, 204, null);
          return;
        }
        if (!plan().office.demonstration || !isFromThisMachine(request)) {
          send(response, 403, { code: 'pair-by-code' });
          return;
        }
        response.setHeader('set-cookie', writeCookie(surface, await door.pair(surface), secure));
        send(response, 204, null);
      },
    },
    {
      method: 'GET',
      path: /^\/content\/kiosk\/\d+\.json$/,
      handle: ({ request, response }) => sendContent(request, response, plan()),
    },
  ];
}
