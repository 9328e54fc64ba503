import { z } from 'zod';
import type { Proof, SecondFactors } from '../accounts/second-factors.ts';
import type { StaffDoor } from '../accounts/staff-door.ts';
import { checkedBody } from './bodies.ts';
import { send, type Exchange, type Route } from './router.ts';
import type { StaffExchange } from './staff-exchange.ts';

const CODE = z.string().min(1).max(64);
const SECOND = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('totp'), code: CODE }),
  z.strictObject({ kind: z.literal('recovery'), code: CODE }),
  // What the browser made; the package that reads it checks every field.
  z.strictObject({ kind: z.literal('passkey'), response: z.looseObject({ id: z.string() }) }),
]);

interface Parts {
  readonly door: StaffDoor;
  readonly factors: SecondFactors;
  readonly exchange: StaffExchange;
}

/** The step between the passphrase and the session. */
export function secondStepRoutes({ door, factors, exchange: staff }: Parts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: /^\/api\/sign-in\/second$/,
      handle: async (exchange) => {
        const half = staff.halfOf(exchange);
        if (!half) {
          send(exchange.response, 401, { code: 'ended' });
          return;
        }
        const { totp, passkeys, recoveryLeft } = await factors.of(half.staffId);
        send(exchange.response, 200, { totp: totp !== null, passkeys: passkeys.length > 0, recoveryLeft });
      },
    },
    {
      method: 'POST',
      path: /^\/api\/sign-in\/passkey$/,
      handle: async (exchange) => {
        const half = staff.halfOf(exchange);
        if (half?.step !== 'second-factor') send(exchange.response, 401, { code: 'ended' });
        else send(exchange.response, 200, await factors.askPasskey(half.staffId, half.token, staff.place(exchange)));
      },
    },
    { method: 'POST', path: /^\/api\/sign-in\/second$/, handle: second },
  ];

  async function second(exchange: Exchange): Promise<void> {
    const asked = await checkedBody(exchange.request, SECOND);
    const half = staff.halfOf(exchange);
    const account = half?.step === 'second-factor' ? await door.accountOf(half) : null;
    if (!half || !account) {
      send(exchange.response, 401, { code: 'ended' });
      return;
    }
    const where = staff.where(exchange);
    const proof: Proof = asked.kind === 'passkey' ? { ...asked, place: staff.place(exchange) } : asked;
    const tried = await door.trySecond(half.token, account, where, () => factors.proves(account.id, half.token, proof));
    if (!tried.ok) {
      send(exchange.response, tried.error.code === 'wait' ? 429 : 401, tried.error);
      return;
    }
    const before = staff.cookie(exchange, 'session');
    staff.letIn(exchange, await door.begin(account, asked.kind, where, before));
  }
}
