import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtPages } from '../../../server/http/pages.ts';

/** What an old phone on a slow line fetches before it shows the number (bytes on the wire, without headers). */
const AT_MOST_BYTES = 40_000;
const TOKEN = 'A'.repeat(22);

const pages = builtPages(join(import.meta.dirname, '../../../build'));
const server = createServer((request, response) =>
  pages(request, response, new URL(request.url ?? '/', 'http://localhost')),
);

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterAll(() => {
  server.close();
});

describe.each([
  ['the phone ticket', `/t/${TOKEN}`],
  ['the public page of waits', '/waiting'],
])('%s', (_, path) => {
  test(`is there after ${AT_MOST_BYTES / 1000} kB: page, scripts and styles as the server sends them`, async () => {
    const sizes = await firstLoad(path);
    expect([...sizes.keys()].filter((one) => one.endsWith('.js')).length).toBeGreaterThan(0);
    expect([...sizes.keys()].filter((one) => one.endsWith('.css')).length).toBeGreaterThan(0);
    const sum = [...sizes.values()].reduce((all, bytes) => all + bytes, 0);
    expect(sum, JSON.stringify(Object.fromEntries(sizes))).toBeLessThanOrEqual(AT_MOST_BYTES);
  });
});

/** The page and all that it, its scripts and its styles name. @returns bytes on the wire by path */
async function firstLoad(page: string): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  const wanted = [page];
  for (let path = wanted.shift(); path !== undefined; path = wanted.shift()) {
    if (sizes.has(path)) continue;
    const { bytes, text } = await fetched(path);
    sizes.set(path, bytes);
    const named = [...text.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"|(?:from|import)\s*"([^"]+\.js)"/g)];
    wanted.push(...named.map(([, tag, script]) => new URL(tag ?? script ?? '', `http://localhost${path}`).pathname));
  }
  return sizes;
}

async function fetched(path: string): Promise<{ readonly bytes: number; readonly text: string }> {
  const { port } = server.address() as AddressInfo;
  const [response] = (await once(get({ port, path, headers: { 'accept-encoding': 'gzip' } }), 'response')) as [
    IncomingMessage,
  ];
  const body = await buffer(response);
  expect(response.statusCode, path).toBe(200);
  expect(response.headers['content-encoding'], path).toBe('gzip');
  return { bytes: body.length, text: gunzipSync(body).toString() };
}
