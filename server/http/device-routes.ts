import { z } from 'zod';
import type { DeviceDoor } from '../accounts/device-door.ts';
import type { PairingDesk, Waiting } from '../accounts/pairing-desk.ts';
import { kioskContent } from '../boards/content.ts';
import type { PairingAnswer } from '../contract/pairing.ts';
import type { Plan } from '../domain/plan.ts';
import { readCookie, writeCookie, type CookieName } from './cookies.ts';
import { addressOf, isFromThisMachine } from './doorway.ts';
import { planContent } from './plan-content.ts';
import { BadBody, jsonBody, send, type Exchange, type Route } from './router.ts';

const PAIR = z.strictObject({ surface: z.enum(['kiosk', 'display']) });
type Surface = z.output<typeof PAIR>['surface'];

interface Parts {
  readonly door: DeviceDoor;
  readonly pairing: PairingDesk;
  readonly plan: () => Plan;
  readonly secure: boolean;
  readonly trustProxy: boolean;
}

/** Pairing of screens, and the texts public screens show. */
export function deviceRoutes({ door, pairing, plan, secure, trustProxy }: Parts): readonly Route[] {
  const sendContent = planContent(kioskContent);
  return [
    {
      method: 'POST',
      path: /^\/api\/pair$/,
      handle: async (exchange) => {
        const parsed = PAIR.safeParse(await jsonBody(exchange.request));
        if (!parsed.success) throw new BadBody('not as expected');
        await pair(exchange, parsed.data.surface);
      },
    },
    {
      method: 'GET',
      path: /^\/content\/kiosk\/\d+\.json$/,
      handle: ({ request, response }) => sendContent(request, response, plan()),
    },
  ];

  /** Asked again and again by an unpaired screen, until the answer is 204. */
  async function pair({ request, response }: Exchange, surface: Surface): Promise<void> {
    const known = readCookie(request, surface, secure);
    if (known !== null && (await door.whoIs(known, surface))) {
      send(response, 204, null);
      return;
    }
    const held: CookieName = `pairing-${surface}`;
    const secret = readCookie(request, held, secure);
    const approval = secret === null ? null : pairing.claim(secret, surface);
    if (approval || (plan().office.demonstration && isFromThisMachine(request))) {
      const token = await door.pair(surface, approval);
      response.setHeader('set-cookie', [writeCookie(surface, token, secure), writeCookie(held, null, secure)]);
      send(response, 204, null);
      return;
    }
    const waiting = secret === null ? null : pairing.waitingOf(secret, surface);
    if (waiting) sendCode(waiting);
    else openCode();

    function openCode(): void {
      const opened = pairing.open(surface, addressOf(request, trustProxy));
      if (!opened.ok) {
        sendAnswer(429, { state: 'full', retryAfterMs: opened.error, ...about() });
        return;
      }
      response.setHeader('set-cookie', writeCookie(held, opened.value.secret, secure));
      sendCode(opened.value.waiting);
    }

    function sendCode(shown: Waiting): void {
      sendAnswer(202, { state: 'code', code: shown.code, lastsMs: pairing.lastsMs(shown), ...about() });
    }

    function about() {
      const { agency, names, demonstration } = plan().office;
      return { agency, office: names, demonstration };
    }

    function sendAnswer(status: number, answer: PairingAnswer): void {
      send(response, status, answer);
    }
  }
}
