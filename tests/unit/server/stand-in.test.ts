import { createServer } from 'node:net';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Outage } from '../../../server/basics/outage.ts';
import { demonstrationPlan } from '../../../server/content/demonstration.ts';
import { openWhenPossible } from '../../../server/open-when-possible.ts';
import { standIn } from '../../../server/stand-in.ts';
import { Supervisor } from '../../../server/supervisor.ts';
import { until } from '../../support/waiting.ts';

const log = pino({ level: 'silent' });
const supervisor = new Supervisor({}, log);
let folder: string;
let ended: AbortController;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'infolett-stand-in-'));
  ended = new AbortController();
});
afterEach(async () => {
  ended.abort();
  await rm(folder, { recursive: true, force: true });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

const atDisk = (code: string): Outage => new Outage(code, { cause: Object.assign(new Error(code), { code }) });

describe('while the disk takes nothing', () => {
  test('a page stands in, says in three languages where to go, and the office opens by itself when the disk is well', async () => {
    const dataDir = join(folder, 'not-mounted-yet');
    const port = await freePort();
    let tries = 0;
    const open = (): Promise<string> => {
      tries += 1;
      return tries === 1 ? Promise.reject(atDisk('EROFS')) : Promise.resolve('open');
    };
    const config = { dataDir, host: '127.0.0.1', port, tls: null };
    const opened = openWhenPossible(open, config, { log, supervisor, ended: ended.signal });
    const get = (path: string): Promise<Response | null> => fetch(`http://127.0.0.1:${port}${path}`).catch(() => null);
    await until('the page stands in', async () => (await get('/'))?.status === 503);
    const page = await (await get('/display'))?.text();
    for (const words of ['Palun pöörduge infoletti', 'information desk', 'информационной стойке']) {
      expect(page).toContain(words);
    }
    expect(await (await get('/healthz'))?.json()).toMatchObject({
      ok: false,
      issuing: false,
      disk: { state: 'read-only' },
    });
    await mkdir(dataDir); // the disk is back
    expect(await opened).toBe('open');
    expect(await get('/')).toBeNull();
  });

  test('it says what the office has chosen for such a day, and nothing in the words becomes a part of the page', async () => {
    const { office, ...rest } = demonstrationPlan();
    const fallback = { ...office.fallback, en: 'Take a number <b>from the holder</b>.' };
    const plan = {
      version: 1,
      at: '',
      actor: 'system',
      body: JSON.stringify({ ...rest, office: { ...office, fallback } }),
    };
    await writeFile(join(folder, 'essentials.json'), JSON.stringify({ plan, staff: [], devices: [] }));
    const port = await freePort();
    const page = await standIn({ dataDir: folder, host: '127.0.0.1', port, tls: null }, 'full');
    const shown = await (await fetch(`http://127.0.0.1:${port}/`)).text();
    await page.close();
    expect(shown).toContain('Take a number &lt;b&gt;from the holder&lt;/b&gt;. If you have a number, it is valid.');
    expect(shown).toContain(fallback.ru);
  });

  test('what was set aside is used to open a full one', async () => {
    await writeFile(join(folder, 'reserve'), 'x');
    let tries = 0;
    const open = (): Promise<string> => {
      tries += 1;
      return tries === 1 ? Promise.reject(atDisk('SQLITE_FULL')) : Promise.resolve('open');
    };
    const config = { dataDir: folder, host: '127.0.0.1', port: 1, tls: null };
    expect(await openWhenPossible(open, config, { log, supervisor, ended: ended.signal })).toBe('open');
  });
});

test('a lock, a wrong setting or a bug is no disk: the start fails and says why', async () => {
  const config = { dataDir: folder, host: '127.0.0.1', port: 1, tls: null };
  for (const cause of [atDisk('SQLITE_BUSY'), atDisk('EACCES'), new TypeError('x is undefined')]) {
    const open = (): Promise<never> => Promise.reject(cause);
    await expect(openWhenPossible(open, config, { log, supervisor, ended: ended.signal })).rejects.toBe(cause);
  }
});
