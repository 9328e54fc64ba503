import { createHash } from 'node:crypto';
import { publicWaits } from '../boards/public-waits.ts';
import { momentOf, type Office } from '../live/office.ts';
import type { Route } from './router.ts';

/** Counted this often, whoever asks and however often: single comings and goings do not show (milliseconds). */
const COUNTED_EVERY_MS = 60_000;

/** Current waits as JSON, for the agency's web site: any page may read it, any cache may keep it. The page is `/waiting`. */
export function waitingRoutes(office: Office): readonly Route[] {
  let counted: { readonly at: number; readonly body: string; readonly etag: string } | null = null;

  function newest() {
    const now = office.now();
    if (counted && now >= counted.at && now - counted.at < COUNTED_EVERY_MS) return counted;
    const body = JSON.stringify(publicWaits(momentOf(office), office.hall.now));
    counted = { at: now, body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` };
    return counted;
  }

  return [
    {
      method: 'GET',
      path: /^\/waiting\.json$/,
      forEverybody: true,
      handle: ({ request, response }) => {
        const { at, body, etag } = newest();
        const freshS = Math.max(1, Math.ceil((COUNTED_EVERY_MS - (office.now() - at)) / 1000));
        response.setHeader('cache-control', `public, max-age=${freshS}`);
        response.setHeader('etag', etag);
        response.setHeader('access-control-allow-origin', '*');
        response.setHeader('cross-origin-resource-policy', 'cross-origin');
        if (isKnown(request.headers['if-none-match'], etag)) {
          response.writeHead(304).end();
          return;
        }
        response.setHeader('content-type', 'application/json; charset=utf-8');
        response.end(body);
      },
    },
  ];
}

/**
 * Whether the asker has this already. A proxy that packs what it passes on makes the tag a weak one, and a cache may name several.
 *
 * @source RFC 9110, 13.1.2: the comparison is weak
 */
function isKnown(asked: string | undefined, etag: string): boolean {
  const named = (asked ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  return named.includes('*') || named.includes(etag);
}
