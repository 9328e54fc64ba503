import { z } from 'zod';
import type { Half } from '../accounts/halves.ts';
import type { OwnAccount } from '../accounts/own-account.ts';
import type { FactorRefusal, SecondFactors } from '../accounts/second-factors.ts';
import type { Staff, StaffDoor } from '../accounts/staff-door.ts';
import type { Result } from '../basics/result.ts';
import { shownName } from '../contract/requests/pieces.ts';
import { checkedBody } from './bodies.ts';
import { send, type Exchange, type Route } from './router.ts';
import type { StaffExchange } from './staff-exchange.ts';

const passphrase = z.string().min(1).max(1000);
const PASSPHRASE = z.strictObject({ passphrase });
const CODE = z.strictObject({ code: z.string().min(1).max(16) });
const NEW_PASSKEY = z.strictObject({
  name: shownName(40),
  response: z.looseObject({ id: z.string() }),
});
const FACTOR = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('totp') }),
  z.strictObject({ kind: z.literal('passkey'), id: z.string().max(2000) }),
]);
const SESSION = z.strictObject({ sessionId: z.string().max(64).nullable() });
/** Whatever such a request carries is not read. */
const NOTHING = null;

interface Parts {
  readonly door: StaffDoor;
  readonly factors: SecondFactors;
  readonly own: OwnAccount;
  readonly exchange: StaffExchange;
}

/** A person with an open session, or one who must make a second factor before having one. */
type Person = { readonly account: Staff['account']; readonly proven: boolean } & (
  { readonly staff: Staff } | { readonly half: Half & { readonly token: string } }
);

/** What a person does about their own account: second factors, recovery codes, passphrase, sessions. */
export function accountRoutes({ door, factors, own, exchange: staff }: Parts): readonly Route[] {
  return [
    get(/^\/api\/account$/, async (exchange, { account, staff: who }) => {
      send(exchange.response, 200, await own.view(account, who.session));
    }),
    post(/^\/api\/account\/prove$/, 'open', PASSPHRASE, async (exchange, person, asked) => {
      if (!('staff' in person)) return;
      const proved = await door.prove(person.staff, asked.passphrase, staff.where(exchange));
      if (proved.ok) send(exchange.response, 204, null);
      else send(exchange.response, proved.error.code === 'wait' ? 429 : 401, proved.error);
    }),
    post(/^\/api\/account\/passphrase$/, 'proven', PASSPHRASE, async (exchange, person, asked) => {
      if (!('staff' in person)) return;
      const refusal = await own.setPassphrase(person.staff, asked.passphrase);
      const status = refusal?.code === 'signed-out' ? 401 : 422;
      send(exchange.response, refusal ? status : 204, refusal);
    }),
    post(/^\/api\/account\/totp$/, 'proven-or-half', NOTHING, (exchange, { account }) => {
      send(exchange.response, 200, own.drawn(factors.beginTotp(account)));
    }),
    post(/^\/api\/account\/totp\/confirm$/, 'proven-or-half', CODE, async (exchange, person, { code }) => {
      await added(exchange, person, 'totp', await factors.confirmTotp(person.account, code));
    }),
    post(/^\/api\/account\/passkey$/, 'proven-or-half', NOTHING, async (exchange, { account }) => {
      send(exchange.response, 200, await factors.beginPasskey(account, staff.place(exchange)));
    }),
    post(/^\/api\/account\/passkey\/confirm$/, 'proven-or-half', NEW_PASSKEY, async (exchange, person, asked) => {
      const made = await factors.confirmPasskey(person.account, staff.place(exchange), asked);
      await added(exchange, person, 'passkey', made);
    }),
    post(/^\/api\/account\/factor\/remove$/, 'proven', FACTOR, async (exchange, { account }, asked) => {
      answer(exchange, await factors.remove(account, asked.kind === 'totp' ? 'totp' : { passkey: asked.id }));
    }),
    post(/^\/api\/account\/recovery$/, 'proven', NOTHING, async (exchange, { account }) => {
      const codes = await own.renewRecoveryCodes(account);
      if (codes) send(exchange.response, 200, { codes });
      else send(exchange.response, 409, { code: 'no-factor' });
    }),
    post(/^\/api\/account\/sessions\/end$/, 'open', SESSION, async (exchange, person, { sessionId }) => {
      if (!('staff' in person)) return;
      await own.endSessions(person.staff, sessionId);
      send(exchange.response, 204, null);
    }),
  ];

  function get(path: RegExp, handle: (exchange: Exchange, person: Person & { staff: Staff }) => Promise<void>): Route {
    return {
      method: 'GET',
      path,
      handle: async (exchange) => {
        const person = await personOf(exchange);
        if (person && 'staff' in person) await handle(exchange, person);
        else send(exchange.response, 401, { code: 'signed-out' });
      },
    };
  }

  /**
   * `proven`: whoever changes how they sign in has proved just now who they are. The body is read first: who sends it
   * slowly could otherwise be asked for their session, have it ended by a colleague, and still be heard.
   */
  function post<T extends z.ZodType>(
    path: RegExp,
    needs: 'open' | 'proven' | 'proven-or-half',
    schema: T | typeof NOTHING,
    handle: (exchange: Exchange, person: Person, asked: z.output<T>) => Promise<void> | void,
  ): Route {
    return {
      method: 'POST',
      path,
      handle: async (exchange) => {
        const asked = schema === NOTHING ? undefined : await checkedBody(exchange.request, schema);
        const person = await personOf(exchange);
        if (!person || ('half' in person && needs !== 'proven-or-half')) {
          send(exchange.response, 401, { code: 'signed-out' });
        } else if (needs !== 'open' && !person.proven) send(exchange.response, 403, { code: 'prove' });
        else await handle(exchange, person, asked as z.output<T>);
      },
    };
  }

  async function personOf(exchange: Exchange): Promise<Person | null> {
    const who = await staff.staffOf(exchange);
    if (who) return { account: who.account, proven: who.proven, staff: who };
    const half = staff.halfOf(exchange);
    const account = half?.step === 'enrol' ? await door.accountOf(half) : null;
    return half && account ? { account, proven: true, half } : null;
  }

  /** Whoever had to make a second factor first is in now. */
  async function added(
    exchange: Exchange,
    person: Person,
    factor: 'totp' | 'passkey',
    made: Result<readonly string[] | null, FactorRefusal>,
  ): Promise<void> {
    if (!made.ok || 'staff' in person) {
      answer(exchange, made.ok ? { ok: true, value: { recoveryCodes: made.value } } : made);
      return;
    }
    const before = staff.cookie(exchange, 'session');
    const entry = await door.begin(person.account, factor, staff.where(exchange), before);
    staff.letIn(exchange, entry, { recoveryCodes: made.value });
  }

  function answer({ response }: Exchange, result: Result<object | null, FactorRefusal>): void {
    if (result.ok) send(response, result.value === null ? 204 : 200, result.value);
    else send(response, result.error.code === 'wrong-code' ? 422 : 409, result.error);
  }
}
