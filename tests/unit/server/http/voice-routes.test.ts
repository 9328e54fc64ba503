import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EpochMs } from '../../../../server/domain/ids.ts';
import { Doorway } from '../../../../server/http/doorway.ts';
import { router, send } from '../../../../server/http/router.ts';
import { voiceRoutes } from '../../../../server/http/voice-routes.ts';

let folder: string;
let server: Server;
let url: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'voice-'));
  for (const place of ['house/et', 'own/et']) await mkdir(join(folder, place), { recursive: true });
  await writeFile(join(folder, 'house/et/n-1.opus'), 'house');
  await writeFile(join(folder, 'house/et/n-2.opus'), 'house');
  await writeFile(join(folder, 'own/et/n-2.opus'), 'own');
  await writeFile(join(folder, 'own/et/clips.json'), '{}');
  server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  url = `http://127.0.0.1:${port}`;
  const answer = router({
    doorway: new Doorway({ publicUrl: null, host: '127.0.0.1', tls: null }, port),
    routes: voiceRoutes([(language) => join(folder, 'own', language), (language) => join(folder, 'house', language)]),
    otherwise: (_, response) => send(response, 404, null),
    log: pino({ level: 'silent' }),
    secure: false,
    trustProxy: false,
    now: () => Date.now() as EpochMs,
  });
  server.on('request', answer);
});

afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

test('the list names every recording once, of the house and of the office; a language without any has none', async () => {
  const list = async (language: string): Promise<readonly string[]> => {
    const { clips } = (await (await fetch(`${url}/voice/${language}.json`)).json()) as { clips: readonly string[] };
    return clips.toSorted();
  };
  expect(await list('et')).toEqual(['n-1', 'n-2']);
  expect(await list('ru')).toEqual([]);
});

test("the office's own recording goes before that of the house", async () => {
  const heard = async (id: string): Promise<string> => (await fetch(`${url}/voice/et/${id}.opus`)).text();
  expect([await heard('n-1'), await heard('n-2')]).toEqual(['house', 'own']);
});

test('what is not there, and what lies outside, is not given', async () => {
  for (const path of ['et/n-3.opus', 'et/..%2f..%2fown%2fet%2fn-2.opus', 'et/clips.json', 'de/n-1.opus']) {
    expect((await fetch(`${url}/voice/${path}`)).status, path).toBe(404);
  }
});
