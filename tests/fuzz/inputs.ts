import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { demonstrationPlan } from '../../server/content/demonstration.ts';
import { REQUESTS, type RequestName } from '../../server/contract/events.ts';
import { CONNECTED, type Connected } from '../support/roles-office.ts';

/** One message over a connection. */
export interface Message {
  readonly role: Connected;
  readonly event: string;
  readonly request: unknown;
}

/** One raw HTTP request. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const plan = demonstrationPlan();
const NAMES = Object.keys(REQUESTS) as RequestName[];

/** What breaks programs: control characters, printer commands, directions, halves of letters, names of prototypes. */
const NASTY = fc.constantFrom(
  '\u0000',
  '\u001b@\u001dV\u0000',
  '\u0010\u0004\u0001',
  '\u202eet',
  '\ud800',
  '__proto__',
  'constructor',
  "'; drop table journal; --",
  '${7*7}',
  '../../etc/passwd',
  '<script>1</script>',
  'ÄÖÜ'.repeat(2_000),
  '9'.repeat(400),
  '\r\nset-cookie: a=b',
);

/** What the office itself would understand, so that inputs get past the first check. */
const KNOWN = fc.oneof(
  fc.uuid(),
  fc.constantFrom('et', 'en', 'ru', 'walk-in', 'priority', 'kiosk', 'display', 'answered'),
  fc.constantFrom(...plan.services.map(({ id }) => id), ...plan.needs.slice(0, 20).map(({ id }) => id)),
  fc.constantFrom(...plan.desks.map(({ id }) => id)),
  fc.integer({ min: -1, max: 3 }),
  fc.boolean(),
  fc.constant([]),
  fc.constant(null),
);

const VALUE = fc.oneof({ weight: 5, arbitrary: KNOWN }, { weight: 2, arbitrary: NASTY }, fc.jsonValue({ maxDepth: 3 }));

/** Keys the row knows, some missing, some wrong, some added. */
function requestOf(name: RequestName): fc.Arbitrary<unknown> {
  const { shape = {} } = REQUESTS[name].request as { readonly shape?: Readonly<Record<string, unknown>> };
  const { requestId: _id, ...others } = Object.fromEntries(Object.keys(shape).map((key) => [key, VALUE]));
  const known = fc.record(
    { ...others, requestId: fc.oneof({ weight: 9, arbitrary: fc.uuid() }, VALUE) },
    { requiredKeys: [] },
  );
  const added = fc.tuple(known, fc.dictionary(fc.oneof(fc.string(), NASTY), VALUE, { maxKeys: 2 }));
  return fc.oneof(
    { weight: 6, arbitrary: known },
    added.map(([one, more]) => ({ ...one, ...more })),
    VALUE,
    fc.constant(undefined),
  );
}

const role = fc.constantFrom(...CONNECTED);

export const MESSAGES: fc.Arbitrary<Message> = fc
  .constantFrom(...NAMES)
  .chain((event) => fc.record({ role, event: fc.constant(event), request: requestOf(event) }));

const server = join(import.meta.dirname, '../../server');

/** Every route there is, read from where the routes are written: one that is added is thrown at too. */
export const ROUTES: readonly RegExp[] = ['http', 'dock']
  .flatMap((folder) =>
    readdirSync(join(server, folder)).map((name) => readFileSync(join(server, folder, name), 'utf8')),
  )
  .flatMap((source) => [...source.matchAll(/\/(?<route>\^\\\/[^\n]*?\$)\//g)])
  .map((found) => new RegExp(found.groups?.route ?? ''));

/** Every address the office answers, and some it does not. */
const PATH = fc.oneof(
  { weight: 4, arbitrary: fc.oneof(...ROUTES.map((route) => fc.stringMatching(route))) },
  fc.constantFrom(...ROUTES).chain((route) => fc.tuple(fc.stringMatching(route), NASTY).map((both) => both.join('/'))),
  fc.constantFrom(
    '/',
    '/display',
    '/console/',
    '/healthz',
    '/readyz',
    '/api/pair',
    '/api/sign-in',
    '/api/sign-out',
    '/api/first-account',
    '/api/me',
    '/content/kiosk/1.json',
    '/content/console/1.json',
    `/api/ticket/${'A'.repeat(22)}/board`,
    `/api/ticket/${'A'.repeat(22)}/withdraw`,
    '/t/AAAAAAAAAAAAAAAAAAAAAA',
    '/dock/state',
    '/dock/knob',
    '/.git/config',
    '/package.json',
    '/..%2f..%2fetc/passwd',
    '/socket.io/?EIO=4&transport=polling',
    '/socket.io/?EIO=4&transport=polling&sid=x',
  ),
  fc.webPath().map((path) => (path.startsWith('/') ? path : `/${path}`)),
  fc.webQueryParameters().map((query) => `/?${query}`),
);

const HEADER = fc.constantFrom<Readonly<Record<string, string>>>(
  {},
  { range: 'bytes=9-1' },
  { 'sec-fetch-site': 'cross-site' },
  { cookie: 'infolett-session=x; infolett-kiosk=; infolett-pairing-kiosk=%00' },
  { 'content-length': '0' },
  { 'content-type': 'multipart/form-data; boundary=x' },
  { accept: '\u00ff', 'accept-encoding': 'gzip, br, zstd' },
  { 'if-none-match': 'W/"x"', 'if-modified-since': 'never' },
);

const BODY = fc.oneof(
  fc.constantFrom('', '{', 'null', '[]', '{"surface":"kiosk"}', '{"__proto__":{"a":1}}', `"${'x'.repeat(9_000)}"`),
  fc
    .record(
      {
        ...{ surface: VALUE, username: VALUE, passphrase: VALUE, token: VALUE, name: VALUE, requestId: VALUE },
        ...{ visitor: VALUE, code: VALUE, id: VALUE, response: VALUE, key: VALUE, language: VALUE, endpoint: VALUE },
      },
      { requiredKeys: [] },
    )
    .map((body) => JSON.stringify(body)),
);

export const CALLS: fc.Arbitrary<Call> = fc.record({
  method: fc.constantFrom('GET', 'GET', 'POST', 'POST', 'HEAD', 'PUT', 'TRACE', 'OPTIONS'),
  path: PATH,
  headers: HEADER,
  body: BODY,
});

/** Frames that are no message of the protocol, as text or as bytes. */
export const FRAMES: fc.Arbitrary<string | Uint8Array> = fc.oneof(
  fc.constantFrom(
    '40',
    '41',
    '42',
    '42["x"]',
    '42[]',
    '420["ticket:issue"]',
    '451-["x",{"_placeholder":true,"num":9}]',
    '6',
    '4',
  ),
  fc.string({ maxLength: 200 }),
  fc.string({ maxLength: 40 }).map((text) => `42${text}`),
  fc.uint8Array({ maxLength: 200 }),
);
