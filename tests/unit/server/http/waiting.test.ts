import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rangeOf } from '../../../../server/boards/public-waits.ts';
import { OfficeProcess } from '../../../support/server.ts';
import { visitorsTakeNumbers } from '../../../support/display-page.ts';

let office: OfficeProcess;

beforeAll(async () => {
  office = await OfficeProcess.start({ PRINTER: 'none:', LOG_LEVEL: 'warn' });
});

afterAll(() => office.stop());

function ask(headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(`${office.url}/waiting.json`, { headers });
}

test('a count is told as the range of five it lies in, so that nobody is seen to come or go', () => {
  fc.assert(
    fc.property(fc.nat(500), (count) => {
      const { from, to } = rangeOf(count);
      expect(from % 5).toBe(0);
      expect(to - from).toBe(4);
      expect(count).toBeGreaterThanOrEqual(from);
      expect(count).toBeLessThanOrEqual(to);
    }),
  );
});

describe('the waits for everybody', () => {
  test('may be kept by any cache, and asked for again without being sent again', async () => {
    const first = await ask();
    expect(first.headers.get('cache-control')).toMatch(/^public, max-age=[1-9]\d?$/);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).not.toBe('');
    const again = await ask({ 'if-none-match': etag });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  test.each([
    ['a proxy that packs what it passes on', (etag: string) => `W/${etag}`],
    ['a cache that knows several', (etag: string) => `"older", ${etag}`],
  ])('are not sent again to %s', async (_, asked) => {
    const etag = (await ask()).headers.get('etag') ?? '';
    expect((await ask({ 'if-none-match': asked(etag) })).status).toBe(304);
    expect((await ask({ 'if-none-match': asked('"another"') })).status).toBe(200);
  });

  test('may be read by the agency’s web site; nothing else may', async () => {
    const elsewhere = { origin: 'https://agency.example' };
    const read = await ask(elsewhere);
    expect(read.status).toBe(200);
    expect(read.headers.get('access-control-allow-origin')).toBe('*');
    expect((await fetch(`${office.url}/healthz`, { headers: elsewhere })).status).toBe(403);
    expect((await fetch(`${office.url}/waiting.json`, { method: 'POST', headers: elsewhere })).status).toBe(403);
  });

  test('stay as they were counted for a minute: one person more does not show', async () => {
    const before = await (await ask()).text();
    await visitorsTakeNumbers(office.url, 3);
    expect(await (await ask()).text()).toBe(before);
  });

  test('tell of areas, ranges and minutes only', async () => {
    const waits = (await (await ask()).json()) as Record<string, unknown> & { areas: Record<string, unknown>[] };
    expect(Object.keys(waits).sort()).toEqual(['agency', 'areas', 'at', 'office', 'open', 'zone']);
    for (const area of waits.areas) {
      expect(Object.keys(area).sort()).toEqual(['id', 'names', 'waitMinutes', 'waiting']);
    }
  });

  test('have a page of their own', async () => {
    const page = await fetch(`${office.url}/waiting`);
    expect(page.status).toBe(200);
    expect(page.headers.get('etag')).not.toBeNull();
    expect(await page.text()).toContain('<script');
  });
});
