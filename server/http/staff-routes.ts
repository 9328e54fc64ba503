import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import type { SignInRefusal, Staff, StaffDoor } from '../accounts/staff-door.ts';
import { consoleContent } from '../boards/content.ts';
import type { Result } from '../basics/result.ts';
import type { Plan } from '../domain/plan.ts';
import { readCookie, writeCookie } from './cookies.ts';
import { addressOf } from './doorway.ts';
import { planContent } from './plan-content.ts';
import { BadBody, jsonBody, send, type Exchange, type Route } from './router.ts';

const text = z.string().min(1).max(200);
const SIGN_IN = z.strictObject({ username: text, passphrase: text });
const FIRST_ACCOUNT = z.strictObject({
  token: text,
  username: text.max(64),
  name: text.max(80),
  passphrase: z.string().max(1000),
});

const STATUS: Record<SignInRefusal['code'], number> = {
  wrong: 401,
  wait: 429,
  'link-used': 410,
  'passphrase-length': 422,
  'name-taken': 409,
};

interface Parts {
  readonly door: StaffDoor;
  readonly plan: () => Plan;
  /** A new account joined the office: the plan's people are read again. */
  readonly onNewStaff: () => Promise<void>;
  readonly endSession: (session: string) => void;
  readonly secure: boolean;
  readonly trustProxy: boolean;
}

/** Signing in and out, and what only staff may fetch. */
export function staffRoutes(parts: Parts): readonly Route[] {
  const { door, plan, secure, trustProxy } = parts;
  const sendContent = planContent(consoleContent);
  return [
    {
      method: 'POST',
      path: /^\/api\/sign-in$/,
      handle: async ({ request, response }) => {
        const { username, passphrase } = checked(SIGN_IN, await jsonBody(request));
        letIn(response, await door.signIn(username, passphrase, addressOf(request, trustProxy)));
      },
    },
    {
      method: 'POST',
      path: /^\/api\/first-account$/,
      handle: async ({ request, response }) => {
        const asked = checked(FIRST_ACCOUNT, await jsonBody(request));
        const made = await door.makeFirst(asked, addressOf(request, trustProxy));
        if (made.ok) await parts.onNewStaff();
        letIn(response, made);
      },
    },
    {
      method: 'POST',
      path: /^\/api\/sign-out$/,
      handle: async (exchange) => {
        const staff = await staffOf(exchange);
        if (staff) {
          await door.signOut(staff.session, staff.account.id);
          parts.endSession(staff.session);
        }
        exchange.response.setHeader('set-cookie', writeCookie('session', null, secure));
        send(exchange.response, 204, null);
      },
    },
    {
      method: 'GET',
      path: /^\/api\/me$/,
      handle: async (exchange) => {
        const staff = await staffOf(exchange);
        if (!staff) {
          send(exchange.response, 401, { code: 'signed-out' });
          return;
        }
        const { id, name, role } = staff.account;
        send(exchange.response, 200, { staffId: id, name, role });
      },
    },
    {
      method: 'GET',
      path: /^\/content\/console\/\d+\.json$/,
      handle: async (exchange) => {
        const staff = await staffOf(exchange);
        if (staff) sendContent(exchange.request, exchange.response, plan());
        else send(exchange.response, 401, { code: 'signed-out' });
      },
    },
  ];

  async function staffOf({ request }: Exchange): Promise<Staff | null> {
    const token = readCookie(request, 'session', secure);
    return token === null ? null : door.whoIs(token);
  }

  function letIn(response: ServerResponse, result: Result<string, SignInRefusal>): void {
    if (!result.ok) {
      send(response, STATUS[result.error.code], result.error);
      return;
    }
    response.setHeader('set-cookie', writeCookie('session', result.value, secure));
    send(response, 204, null);
  }
}

function checked<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new BadBody('not as expected');
  return parsed.data;
}
