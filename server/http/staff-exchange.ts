import type { ServerResponse } from 'node:http';
import type { Half } from '../accounts/halves.ts';
import type { Where } from '../accounts/keeping.ts';
import { rememberAccount } from '../accounts/known-browser.ts';
import { neighbourhoodOf } from '../accounts/neighbourhood.ts';
import type { OfficeKeys } from '../accounts/office-keys.ts';
import type { PasskeyPlace } from '../accounts/passkeys.ts';
import type { Entry, SignInRefusal, Staff, StaffDoor } from '../accounts/staff-door.ts';
import type { Result } from '../basics/result.ts';
import { readCookie, writeCookie, type CookieName } from './cookies.ts';
import { addressOf } from './doorway.ts';
import { send, type Exchange } from './router.ts';

interface Parts {
  readonly door: StaffDoor;
  readonly keys: OfficeKeys;
  readonly now: () => Parameters<StaffDoor['halves']['of']>[1];
  readonly secure: boolean;
  readonly trustProxy: boolean;
}

/** How routes about staff read who asks and from where, and how they let somebody in. */
export class StaffExchange {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  cookie({ request }: Exchange, name: CookieName): string | null {
    return readCookie(request, name, this.#parts.secure);
  }

  setCookies(response: ServerResponse, cookies: Partial<Record<CookieName, string | null>>): void {
    const lines = Object.entries(cookies).map(([name, value]) =>
      writeCookie(name as CookieName, value, this.#parts.secure),
    );
    response.setHeader('set-cookie', lines);
  }

  /** The signed-in person whose session is open. */
  async staffOf(exchange: Exchange): Promise<Staff | null> {
    const token = this.cookie(exchange, 'session');
    return token === null ? null : this.#parts.door.whoIs(token);
  }

  /** Somebody between the passphrase and the second factor. */
  halfOf(exchange: Exchange): (Half & { readonly token: string }) | null {
    const token = this.cookie(exchange, 'half');
    const half = token === null ? null : this.#parts.door.halves.of(token, this.#parts.now());
    return half && token !== null ? { ...half, token } : null;
  }

  where(exchange: Exchange): Where {
    const { request } = exchange;
    return {
      address: neighbourhoodOf(addressOf(request, this.#parts.trustProxy)),
      mark: this.cookie(exchange, 'mark'),
      browser: browserOf(String(request.headers['user-agent'] ?? '')),
    };
  }

  /** Where the page stands that asks for a passkey. The router has checked host and origin. */
  place({ request }: Exchange): PasskeyPlace {
    const origin = String(request.headers.origin ?? '');
    return { origin, host: URL.parse(origin)?.hostname ?? '' };
  }

  /** Answers a sign-in: in with a session, half in with a step to go, or not. */
  letIn(exchange: Exchange, result: Result<Entry, SignInRefusal>, more: object = {}): void {
    const { response } = exchange;
    if (!result.ok) {
      const status = { wrong: 401, wait: 429, ended: 401 }[result.error.code];
      send(response, status, result.error);
      return;
    }
    const entry = result.value;
    if (entry.kind !== 'in') {
      this.setCookies(response, { half: entry.half });
      send(response, 200, { next: entry.kind });
      return;
    }
    this.setIn(exchange, entry);
    send(response, 200, { next: 'in', ...more });
  }

  /** The cookies of somebody who is in. */
  setIn(
    exchange: Exchange,
    { token, username }: Extract<Entry, { kind: 'in' }>,
    more: Partial<Record<CookieName, null>> = {},
  ): void {
    const mark = rememberAccount(this.cookie(exchange, 'mark'), username, this.#parts.keys);
    this.setCookies(exchange.response, { session: token, half: null, mark, ...more });
  }
}

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/Edg/, 'Edge'],
  [/Firefox/, 'Firefox'],
  [/OPR/, 'Opera'],
  [/Chrome|Chromium|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/Android/, 'Android'],
  [/iPad|iPhone/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS/, 'macOS'],
  [/Linux|CrOS/, 'Linux'],
];

/** Two words, never the whole header: enough for a person to know their own sessions. */
function browserOf(userAgent: string): string {
  const named = (list: typeof BROWSERS): string => list.find(([pattern]) => pattern.test(userAgent))?.[1] ?? '';
  return [named(BROWSERS), named(SYSTEMS)].filter((word) => word !== '').join(', ');
}
