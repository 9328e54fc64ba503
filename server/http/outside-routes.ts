import type { OutsideRefusal, OutsideSignIn } from '../accounts/outside-sign-in.ts';
import type { StaffDoor } from '../accounts/staff-door.ts';
import { LANGUAGES } from '../contract/language.ts';
import type { Exchange, Route } from './router.ts';
import type { StaffExchange } from './staff-exchange.ts';

interface Parts {
  readonly door: StaffDoor;
  readonly outside: OutsideSignIn;
  readonly exchange: StaffExchange;
  readonly onRefused: (refusal: OutsideRefusal) => void;
}

/** The way to the outside identity provider and back. */
export function outsideRoutes({ door, outside, exchange: staff, onRefused }: Parts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: /^\/api\/outside$/,
      handle: async (exchange) => {
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
    const { subjectHash, before } = result.value;
    const account = await door.accountBySubject(subjectHash);
    if (!account) {
      await refuse(exchange, { code: 'outside-unknown', why: 'nobody is linked to this identity' });
      return;
    }
    const entry = await door.begin(account, 'outside', staff.where(exchange), before);
    if (entry.kind === 'in') staff.setIn(exchange, entry, { outside: null });
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
