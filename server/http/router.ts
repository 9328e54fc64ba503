import type { IncomingMessage, ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { neighbourhoodOf } from '../accounts/neighbourhood.ts';
import { Outage } from '../basics/outage.ts';
import type { EpochMs } from '../domain/ids.ts';
import type { Limits } from '../live/allowance.ts';
import { Allowances } from '../live/allowances.ts';
import { addressOf, type Doorway } from './doorway.ts';
import { protectiveHeaders } from './protective-headers.ts';

/** Bodies of our own routes are small (bytes). */
const BODY_AT_MOST = 8 * 1024;

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** The named parts of the path. */
  readonly parts: Readonly<Record<string, string>>;
}

export interface Route {
  readonly method: 'GET' | 'POST';
  /** Groups of the pattern become `parts`. */
  readonly path: RegExp;
  /** Pages of other sites may read it: it tells only what everybody may know. */
  readonly forEverybody?: true;
  readonly handle: (exchange: Exchange) => Promise<void> | void;
}

/** Static pages and files: what no route of ours answers. */
export type Pages = (request: IncomingMessage, response: ServerResponse, url: URL) => void;

/** A body that is not what a route expects: answered with 400. */
export class BadBody extends Error {}

/** Data is no page: whoever opens it as one gets nothing to run. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
const METHODS: readonly string[] = ['GET', 'HEAD', 'POST'];
/** What one address may change over HTTP, signed in or not: more than a whole office of unpaired screens asks. */
const POSTS: Limits = { perMinute: 1_200, burst: 240 };

interface Parts {
  readonly doorway: Doorway;
  readonly routes: readonly Route[];
  readonly otherwise: Pages;
  readonly log: Logger;
  readonly secure: boolean;
  readonly trustProxy: boolean;
  readonly now: () => EpochMs;
}

/** Answers every HTTP request once: host and origin first, then our routes, then the built apps. */
export function router({ doorway, routes, otherwise, log, secure, trustProxy, now }: Parts) {
  const allowances = new Allowances();
  const headers = Object.entries(protectiveHeaders(secure));

  return (request: IncomingMessage, response: ServerResponse): void => {
    for (const [name, value] of headers) response.setHeader(name, value);
    if (!doorway.isOurHost(request)) {
      send(response, 403, { code: 'foreign-host' });
      return;
    }
    const method = request.method ?? '';
    if (!METHODS.includes(method)) {
      response.setHeader('allow', METHODS.join(', '));
      send(response, 405, { code: 'method' });
      return;
    }
    const reads = method !== 'POST';
    const isStranger = request.headers.origin === undefined ? !reads : !doorway.isOurOrigin(request);
    if (isStranger && !(reads && isForEverybody(routes, request))) {
      send(response, 403, { code: 'foreign-origin' });
      return;
    }
    if (!reads && !doorway.isOurFetch(request)) {
      send(response, 403, { code: 'foreign-site' });
      return;
    }
    const waitMs = reads ? 0 : allowances.of(neighbourhoodOf(addressOf(request, trustProxy)), POSTS, now()).take(now());
    if (waitMs > 0) {
      response.setHeader('retry-after', Math.ceil(waitMs / 1_000));
      send(response, 429, { code: 'wait', retryAfterMs: waitMs });
      return;
    }
    // What a client writes into its first line need not be an address at all.
    const url = URL.parse(request.url ?? '/', 'http://office');
    if (!url) {
      send(response, 400, { code: 'malformed' });
      return;
    }
    const match = found(routes, method, url.pathname);
    if (!match) {
      if (reads) otherwise(request, response, url);
      else send(response, 404, { code: 'unknown' });
      return;
    }
    response.setHeader('cache-control', 'no-store');
    response.setHeader('content-security-policy', DATA_POLICY);
    run(match.route, { request, response, url, parts: match.parts });
  };

  function run(route: Route, exchange: Exchange): void {
    Promise.resolve()
      .then(() => route.handle(exchange))
      .catch((cause: unknown) => {
        if (cause instanceof BadBody) {
          send(exchange.response, 400, { code: 'malformed' });
          return;
        }
        const reference = randomUUID().slice(0, 8);
        log.error({ reference, path: route.path.source, cause: String(cause).slice(0, 300) }, 'an HTTP request failed');
        send(exchange.response, 503, { code: 'outage', reference });
        if (!(cause instanceof Outage)) throw cause;
      });
  }
}

/** Sends JSON, unless an answer has begun. */
export function send(response: ServerResponse, status: number, body: object | null): void {
  if (response.headersSent) {
    response.end();
    return;
  }
  response.statusCode = status;
  if (body === null) {
    response.end();
    return;
  }
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(body));
}

/** @throws BadBody when it is too long, broken off or not JSON */
export async function jsonBody(request: IncomingMessage): Promise<unknown> {
  try {
    return JSON.parse((await bodyOf(request)).toString('utf8')) as unknown;
  } catch (cause) {
    // A client that goes away in the middle of its body is no bug of ours either.
    throw cause instanceof BadBody ? cause : new BadBody('not JSON');
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_AT_MOST) throw new BadBody('too long');
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_AT_MOST) throw new BadBody('too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function found(routes: readonly Route[], method: string, path: string) {
  for (const route of routes) {
    const match = route.method === (method === 'HEAD' ? 'GET' : method) ? route.path.exec(path) : null;
    if (match) return { route, parts: { ...match.groups } };
  }
  return null;
}

function isForEverybody(routes: readonly Route[], { url = '' }: IncomingMessage): boolean {
  const [path = ''] = url.split('?', 1);
  return routes.some((route) => route.forEverybody && route.path.test(path));
}
