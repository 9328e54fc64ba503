import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { readFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import type { Config } from './config.ts';
import { catalogue } from '../locales/catalogue.ts';
import { LANGUAGES, type Texts } from './domain/language.ts';
import { keptEssentials } from './store/essentials.ts';
import { completed } from './store/plan-completion.ts';

/** The page asks again by itself after this many seconds. */
const AGAIN_AFTER_S = 10;

export type CannotOpen = 'full' | 'read-only';

/**
 * What stands in for the office while its disk takes nothing: every page says in three languages where a number is to be had, in
 * the office's own words where they can be read, and what staff do; `/healthz` says why. Nothing of the office runs meanwhile, and no number is given.
 *
 * @returns ends it
 */
export async function standIn(
  config: Pick<Config, 'dataDir' | 'host' | 'port' | 'tls'>,
  why: CannotOpen,
): Promise<{ readonly close: () => Promise<void> }> {
  const { tls, host, port } = config;
  const server = tls
    ? createSecureServer({ cert: await readFile(tls.cert), key: await readFile(tls.key) })
    : createServer();
  const page = pageFor(why, await wordsKept(config.dataDir));
  const bootId = randomUUID();
  server.on('request', (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0];
    if (path === '/healthz' || path === '/readyz') {
      const body = { ok: false, bootId, issuing: false, ready: false, disk: { state: why }, database: 'not-open' };
      response.writeHead(503, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      return;
    }
    const headers = {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'retry-after': String(AGAIN_AFTER_S),
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    };
    response.writeHead(503, headers).end(page);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What the office has chosen for such a day; `null`: nobody can read it now. */
async function wordsKept(dataDir: string): Promise<Texts | null> {
  const plan = (await keptEssentials(dataDir))?.plan;
  try {
    return plan ? completed(plan.body).office.fallback : null;
  } catch {
    return null; // what was damaged with the disk must not take the page away too
  }
}

/** The words of the page, also where the built apps cannot be read. */
function pageFor(why: CannotOpen, chosen: Texts | null): string {
  const tongues = LANGUAGES.map((language) => {
    const { standIn: words } = catalogue(language).safety as { readonly standIn: Readonly<Record<string, string>> };
    const visitor = chosen ? `${chosen[language]} ${words.valid ?? ''}` : (words.visitor ?? '');
    return `<section lang="${language}"><h2>${words.title ?? ''}</h2><p>${inHtml(visitor)}</p><p class="staff">${words[why] ?? ''}</p></section>`;
  });
  return `<!doctype html><html lang="et"><head><meta charset="utf-8"><meta http-equiv="refresh" content="${AGAIN_AFTER_S}">
<meta name="viewport" content="width=device-width"><title>Infolett</title><style>
body{font-family:system-ui,sans-serif;margin:0;min-height:100vh;display:grid;place-content:center;gap:2.5rem;padding:6vmin;background:#f4f6f8;color:#12202e;line-height:1.4}
section{max-width:46rem;background:#fff;border-left:8px solid #b3261e;padding:1.5rem 2rem;border-radius:8px}
h2{font-size:clamp(1.5rem,4.2vmin,3rem);margin:0 0 .5rem}p{font-size:clamp(1.1rem,3vmin,2rem);margin:.25rem 0}.staff{font-size:clamp(1rem,1.8vmin,1.25rem);color:#3c4858;margin-top:.75rem}
</style></head><body>${tongues.join('')}</body></html>`;
}

function inHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
