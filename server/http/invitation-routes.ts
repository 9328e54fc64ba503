import { z } from 'zod';
import type { Invitations, LinkRefusal } from '../accounts/invitations.ts';
import type { StaffDoor } from '../accounts/staff-door.ts';
import { shownName } from '../contract/requests/pieces.ts';
import { checkedBody } from './bodies.ts';
import { send, type Exchange, type Route } from './router.ts';
import type { StaffExchange } from './staff-exchange.ts';

const token = z.string().min(1).max(200);
const name = shownName(80);
const passphrase = z.string().max(1000);
const LOOK = z.strictObject({ token });
const ACCEPT = z.strictObject({ token, name, passphrase });
const FIRST_ACCOUNT = z.strictObject({ token, username: z.string().trim().min(1).max(64), name, passphrase });

const STATUS: Record<LinkRefusal['code'], number> = {
  wait: 429,
  'link-used': 410,
  'name-taken': 409,
  'username-form': 422,
  'passphrase-length': 422,
  'passphrase-common': 422,
  'passphrase-context': 422,
};

interface Parts {
  readonly invitations: Invitations;
  readonly door: StaffDoor;
  readonly exchange: StaffExchange;
  /** The people of the plan have changed. */
  readonly onPeople: () => Promise<void>;
}

/** One-time links: what they are for, and setting name and passphrase with them. */
export function invitationRoutes({ invitations, door, exchange: staff, onPeople }: Parts): readonly Route[] {
  return [
    {
      method: 'POST',
      path: /^\/api\/invitation$/,
      handle: async (exchange) => {
        const asked = await checkedBody(exchange.request, LOOK);
        const invited = await invitations.look(asked.token, staff.where(exchange).address);
        if (invited.ok) send(exchange.response, 200, invited.value);
        else refuse(exchange, invited.error);
      },
    },
    {
      method: 'POST',
      path: /^\/api\/invitation\/accept$/,
      handle: async (exchange) => {
        const asked = await checkedBody(exchange.request, ACCEPT);
        await accept(exchange, { ...asked, username: '' });
      },
    },
    {
      method: 'POST',
      path: /^\/api\/first-account$/,
      handle: async (exchange) => accept(exchange, await checkedBody(exchange.request, FIRST_ACCOUNT)),
    },
  ];

  /** The new passphrase signs in like any other: with a second factor where there is one, or where one must be made. */
  async function accept(exchange: Exchange, asked: Parameters<Invitations['accept']>[0]): Promise<void> {
    const where = staff.where(exchange);
    const made = await invitations.accept(asked, where.address);
    if (!made.ok) {
      refuse(exchange, made.error);
      return;
    }
    await onPeople();
    const before = staff.cookie(exchange, 'session');
    staff.letIn(exchange, await door.enter(made.value, where, before));
  }

  function refuse({ response }: Exchange, refusal: LinkRefusal): void {
    send(response, STATUS[refusal.code], refusal);
  }
}
