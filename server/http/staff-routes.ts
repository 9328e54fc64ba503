import { z } from 'zod';
import type { Staff, StaffDoor } from '../accounts/staff-door.ts';
import { consoleContent } from '../boards/content.ts';
import type { Result } from '../basics/result.ts';
import type { StaffId } from '../domain/ids.ts';
import type { Desk, Plan } from '../domain/plan.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { SignInRules } from '../domain/sign-in-rules.ts';
import { checkedBody } from './bodies.ts';
import { planContent } from './plan-content.ts';
import { send, type Exchange, type Route } from './router.ts';
import type { StaffExchange } from './staff-exchange.ts';

const text = z.string().min(1).max(200);
const SIGN_IN = z.strictObject({ username: text, passphrase: z.string().min(1).max(1000) });
const UNLOCK = z.strictObject({ passphrase: z.string().min(1).max(1000) });
/** What becomes of a visitor at the desk of somebody who signs out. */
const SIGN_OUT = z.strictObject({ visitor: z.enum(['ask', 'waits-again']) });

interface Parts {
  readonly door: StaffDoor;
  readonly exchange: StaffExchange;
  readonly plan: () => Plan;
  readonly rules: () => SignInRules;
  /** How the outside sign-in is called; `null`: there is none. */
  readonly outside: string | null;
  /** Where a person signs out at the outside provider too; `null`: nowhere. */
  readonly farewell: (staffId: StaffId) => Promise<string | null>;
  readonly deskOf: (staffId: StaffId) => Desk | null;
  readonly leaveDesk: (staffId: StaffId) => Promise<Result<null, Refusal>>;
  readonly giveUpDesk: (staffId: StaffId) => Promise<void>;
}

/** Signing in and out, the quick lock, and what only staff may fetch. */
export function staffRoutes(parts: Parts): readonly Route[] {
  const { door, exchange: staff, plan } = parts;
  const sendContent = planContent(consoleContent);
  return [
    {
      method: 'POST',
      path: /^\/api\/sign-in$/,
      handle: async (exchange) => {
        const asked = await checkedBody(exchange.request, SIGN_IN);
        const before = staff.cookie(exchange, 'session');
        staff.letIn(exchange, await door.signIn(asked, staff.where(exchange), before));
      },
    },
    {
      method: 'POST',
      path: /^\/api\/lock$/,
      handle: async (exchange) => {
        const who = await staff.staffOf(exchange);
        if (who) await door.lock(who);
        send(exchange.response, who ? 204 : 401, who ? null : { code: 'signed-out' });
      },
    },
    {
      method: 'POST',
      path: /^\/api\/unlock$/,
      handle: async (exchange) => {
        const { passphrase } = await checkedBody(exchange.request, UNLOCK);
        const token = staff.cookie(exchange, 'session');
        if (token === null) send(exchange.response, 401, { code: 'ended' });
        else staff.letIn(exchange, await door.unlock(token, passphrase, staff.where(exchange)));
      },
    },
    { method: 'POST', path: /^\/api\/sign-out$/, handle: signOut },
    { method: 'GET', path: /^\/api\/me$/, handle: me },
    {
      method: 'GET',
      path: /^\/content\/console\/\d+\.json$/,
      handle: async (exchange) => {
        if (await staff.staffOf(exchange)) sendContent(exchange.request, exchange.response, plan());
        else send(exchange.response, 401, { code: 'signed-out' });
      },
    },
  ];

  /** Refused while a visitor is at the desk, unless that visitor is to wait again. A locked session is not left. */
  async function signOut(exchange: Exchange): Promise<void> {
    const { request, response } = exchange;
    const isEmpty = request.headers['content-length'] === '0' || request.headers['content-length'] === undefined;
    const { visitor } = isEmpty ? { visitor: 'ask' as const } : await checkedBody(request, SIGN_OUT);
    const token = staff.cookie(exchange, 'session');
    const found = token === null ? null : await door.look(token);
    if (found?.state === 'locked') {
      send(response, 423, { code: 'locked' });
      return;
    }
    if (found) {
      const left = await leave(found.staff, visitor);
      if (!left.ok) {
        send(response, 409, left.error);
        return;
      }
      await door.signOut(found.staff);
    }
    staff.setCookies(response, { session: null, half: null });
    // The session here is over whatever the provider says.
    const to = found ? await parts.farewell(found.staff.account.id).catch(() => null) : null;
    send(response, to === null ? 204 : 200, to === null ? null : { to });
  }

  async function leave({ account }: Staff, visitor: 'ask' | 'waits-again'): Promise<Result<null, Refusal>> {
    const left = await parts.leaveDesk(account.id);
    if (left.ok || visitor === 'ask') return left;
    await parts.giveUpDesk(account.id);
    return { ok: true, value: null };
  }

  /** Who is signed in here, locked or not, and what the door offers to whoever is not. */
  async function me(exchange: Exchange): Promise<void> {
    const token = staff.cookie(exchange, 'session');
    const found = token === null ? null : await door.look(token);
    const { outside } = parts;
    if (!found) {
      send(exchange.response, 401, { state: 'signed-out', outside, half: staff.halfOf(exchange)?.step ?? null });
      return;
    }
    const { id, name, role, passphraseHash } = found.staff.account;
    const { lockAfterMinutes } = parts.rules();
    const desk = parts.deskOf(id);
    send(exchange.response, found.state === 'open' ? 200 : 423, {
      ...{ state: found.state, outside, staffId: id, name, role, lockAfterMinutes },
      hasPassphrase: passphraseHash !== null,
      desk: desk && { deskId: desk.id, kind: desk.kind, number: desk.number },
    });
  }
}
