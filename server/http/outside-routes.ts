import { BackOff } from '../accounts/back-off.ts';
import type { OutsideRefusal, OutsideSignIn } from '../accounts/outside-sign-in.ts';
import type { StaffDoor } from '../accounts/staff-door.ts';
import { LANGUAGES } from '../contract/language.ts';
import type { Exchange, Route } from './router.ts';
import type { StaffExchange } from './staff-exchange.ts';

interface Parts {
  readonly door: StaffDoor;
  readonly outside: OutsideSignIn;
  readonly exchange: StaffExchange;
  readonly now: () => Parameters<BackOff['failed']>[1];
  readonly onRefused: (refusal: OutsideRefusal) => void;
}

/** Whoever begins one sign-in after the other crowds out those of others: it may take two seconds. */
const PACE = { freeTries: 60, firstWaitMs: 500, longestWaitMs: 2_000, forgottenAfterMs: 10 * 60_000 };

/** The way to the outside identity provider and back. */
export function outsideRoutes({ door, outside, exchange: staff, now, onRefused }: Parts): readonly Route[] {
  const starts = new BackOff(PACE);
  return [
    {
      method: 'GET',
      path: /^\/api\/outside$/,
      handle: async (exchange) => {
        const { address } = staff.where(exchange);
        if (starts.waitMs(address, now()) > 0) {
          redirect(exchange, '/console/?refused=outside-refused');
          return;
        }
        starts.failed(address, now());
        const asked = exchange.url.searchParams.get('lang');
        const language = LANGUAGES.find((one) => one === asked) ?? 'et';
        const { url, journey } = await outside.begin(language, staff.cookie(exchange, 'session'));
        staff.setCookies(exchange.response, { outside: journey });
        redirect(exchange, url);
      },
    },
    { method: 'GET', path: /^\/api\/outside\/back$/, handle: back },
  ];

  async function back(exchange: Exchange): Promise<void> {
    const result = await outside.finish(exchange.url.searchParams, staff.cookie(exchange, 'outside'));
    if (!result.ok) {
      await refuse(exchange, result.error);
      return;
    }
    const { subjectHash, before, idToken } = result.value;
    const account = await door.accountBySubject(subjectHash);
    if (!account) {
      await refuse(exchange, { code: 'outside-unknown', why: 'nobody is linked to this identity' });
      return;
    }
    const entry = await door.begin(account, 'outside', staff.where(exchange), before);
    if (!entry.ok) {
      await refuse(exchange, { code: 'outside-unknown', why: 'the account was changed meanwhile' });
      return;
    }
    outside.remember(account.id, idToken);
    if (entry.value.kind === 'in') staff.setIn(exchange, entry.value, { outside: null });
    redirect(exchange, '/console/');
  }

  async function refuse(exchange: Exchange, refusal: OutsideRefusal): Promise<void> {
    onRefused(refusal);
    // Anybody can come without a journey of their own: that is no sign-in, and fills no journal.
    if (refusal.code !== 'outside-stale') await door.refusedOutside(refusal.code);
    staff.setCookies(exchange.response, { outside: null });
    redirect(exchange, `/console/?refused=${refusal.code}`);
  }

  function redirect({ response }: Exchange, to: string): void {
    response.statusCode = 303;
    response.setHeader('location', to);
    response.end();
  }
}
