import type { IncomingMessage } from 'node:http';
import { networkInterfaces } from 'node:os';
import type { Config } from '../config.ts';

const LOOPBACK_NAMES: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];
const LOOPBACK_PEERS: readonly string[] = ['127.0.0.1', '::1', '::ffff:127.0.0.1'];
const FORWARDING_HEADERS: readonly string[] = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];
const EVERY_ADDRESS: readonly string[] = ['0.0.0.0', '::'];

/**
 * Which hosts and origins may speak to the office. socket.io's `cors` setting is no defence: it only tells browsers what
 * they may read. This list is asked on every request and every handshake.
 */
export class Doorway {
  readonly #hosts: ReadonlySet<string>;
  readonly #origins: ReadonlySet<string>;

  constructor(config: Pick<Config, 'host' | 'publicUrl' | 'tls'>, port: number) {
    const scheme = config.tls ? 'https' : 'http';
    const names = [...LOOPBACK_NAMES, ...namesOf(config.host)];
    const own = names.map((name) => new URL(`${scheme}://${name}:${port}`));
    const all = [...own, ...(config.publicUrl === null ? [] : [new URL(config.publicUrl)])];
    this.#hosts = new Set(all.map(({ host }) => host));
    this.#origins = new Set(all.map(({ origin }) => origin));
  }

  /** Whether the request names this office as its host. */
  isOurHost({ headers }: IncomingMessage): boolean {
    return headers.host !== undefined && this.#hosts.has(headers.host.toLowerCase());
  }

  /** Whether it comes from a page of this office. A missing origin is no page of ours. */
  isOurOrigin({ headers }: IncomingMessage): boolean {
    return headers.origin !== undefined && this.#origins.has(headers.origin);
  }

  /**
   * Whether the browser itself says that our own page asks (`none`: the person, by hand). Other clients say nothing; of
   * them the origin is asked.
   */
  isOurFetch({ headers }: IncomingMessage): boolean {
    const site = headers['sec-fetch-site'];
    return site === undefined || site === 'same-origin' || site === 'none';
  }
}

/** From this very machine, and not through a proxy: what only the demonstration office allows itself. */
export function isFromThisMachine(request: IncomingMessage): boolean {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  return (
    LOOPBACK_PEERS.includes(request.socket.remoteAddress ?? '') &&
    LOOPBACK_NAMES.includes(host) &&
    !FORWARDING_HEADERS.some((name) => name in request.headers)
  );
}

/** The visitor's address; behind a trusted proxy the one it added last. */
export function addressOf(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = request.headers['x-forwarded-for'];
  const last = String(forwarded ?? '')
    .split(',')
    .at(-1)
    ?.trim();
  return trustProxy && last ? last : (request.socket.remoteAddress ?? '');
}

function namesOf(host: string): readonly string[] {
  if (!EVERY_ADDRESS.includes(host)) return [host.includes(':') && !host.startsWith('[') ? `[${host}]` : host];
  return Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .map(({ address, family }) => (family === 'IPv6' ? `[${address.split('%')[0] ?? ''}]` : address));
}
