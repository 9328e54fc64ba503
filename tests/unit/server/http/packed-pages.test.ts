import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtPages } from '../../../../server/http/pages.ts';

const pages = builtPages(join(import.meta.dirname, '../../../../build'));
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

test.each(['/', '/display', '/console/'])('%s and what it names travel packed', async (path) => {
  const page = await asked(path, 'identity');
  const named = [...page.text.matchAll(/href="([^"]+\.(?:js|css))"/g)].map(([, file]) => file ?? '');
  expect(named.length).toBeGreaterThan(5);
  for (const file of named) {
    const at = new URL(file, `http://localhost${path}`).pathname;
    expect((await asked(at, 'gzip')).encoding, at).toBe('gzip');
  }
});

async function asked(path: string, accepts: string): Promise<{ readonly text: string; readonly encoding: unknown }> {
  const { port } = server.address() as AddressInfo;
  const [response] = (await once(get({ port, path, headers: { 'accept-encoding': accepts } }), 'response')) as [
    IncomingMessage,
  ];
  const text = (await buffer(response)).toString();
  expect(response.statusCode, path).toBe(200);
  return { text, encoding: response.headers['content-encoding'] };
}
