/**
 * Keeps the shell of the kiosk and of the waiting-area display on the device, so that a screen which is switched on while
 * the server is away still shows its own page and says what is wrong, instead of the browser's error.
 *
 * Only files of the build are kept. Whatever else is asked for, the console, boards, tickets, sockets, goes to the server
 * untouched: nothing about a visitor is ever stored here.
 */
import { version } from '$app/env';
import { assets, immutable, prerendered } from '$app/manifest';
import { self } from '$app/service-worker';

/** A server that accepts the connection but does not answer counts as away after this long. */
const PAGE_WITHIN_MS = 3000;

const CACHE = `shell-${version}`;
const pages: readonly string[] = prerendered.map(fromRoot);
/** The worker that takes messages on visitors' own phones is no part of a device's shell. */
const PHONES_OWN = '/phone-worker.js';
const files: readonly string[] = [...immutable, ...assets].map(fromRoot).filter((path) => path !== PHONES_OWN);

self.addEventListener('install', (event) => event.waitUntil(keepShell()));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (pages.includes(pathname)) event.respondWith(newestPage(request, pathname));
  else if (files.includes(pathname)) event.respondWith(kept(pathname, request));
});

/** The manifest names files relative to the app, requests name them from the root; the start page's path is empty. */
function fromRoot({ path }: { readonly path: string }): string {
  return new URL(path, self.registration.scope).pathname;
}

async function keepShell(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll([...pages, ...files].map((path) => new Request(path, { cache: 'no-cache' })));
  await self.skipWaiting();
}

/** A kiosk is never closed, so it cannot wait for its last page to go before the new version takes over. */
async function takeOver(): Promise<void> {
  for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
  await self.clients.claim();
}

/** The server's page, so that a new version is seen at once; the kept one while the server is away or fails. */
async function newestPage(request: Request, path: string): Promise<Response> {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PAGE_WITHIN_MS) });
    return answer.status < 500 ? answer : await kept(path, request);
  } catch {
    return kept(path, request);
  }
}

/** Kept by path alone: a device's own settings in the address (`?lang=`, `?mm=`) change nothing of the file. */
async function kept(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(request);
}
