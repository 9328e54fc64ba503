import { chromium, expect, test, type Page } from '@playwright/test';
import { FaultyProxy, type Trouble } from '../faults/faulty-proxy.ts';
import { openFastDisplay } from '../hall/fast-display.ts';
import { HallOffice } from '../hall/hall-office.ts';
import { Chance } from '../support/chance.ts';
import { CHROMIUM } from '../support/chromium.ts';

const CUTS = 100;
/** The same cuts again: `SEED=… npx playwright test tests/e2e/cut-lines.spec.ts`. */
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9));
/** Guards against hanging only. */
const BACK_WITHIN_MS = 60_000;
const PHONES = 10;

declare global {
  /** What the page claimed, from one change to the next: a call, nothing, or that it does not know. */
  var claims: string[];
}

test(`a display whose line is cut ${CUTS} times comes back to what is true, and shows no old call`, async () => {
  test.setTimeout(300_000);
  const chance = beginning();
  const { office, proxy, browser, open } = await hall();
  try {
    const page = await open(office.display);
    await openFastDisplay(page, office.process.url);
    await expect(page.getByTestId('stale')).toHaveCount(0);
    await page.evaluate(watchPlate);
    for (let cut = 0; cut < CUTS; cut += 1) {
      // Anywhere in an announcement, or after it.
      await page.evaluate((ms) => globalThis.hallAdvance(ms), chance.fraction() * 15_000);
      const acts = [
        ...Array.from({ length: Math.floor(chance.fraction() * 3) }, () => () => office.call()),
        () => office.finishAll(),
        () => office.call(),
      ];
      // Before, between or after what happens at the desks; at once, or in the middle of the next bytes.
      const at = Math.floor(chance.fraction() * (acts.length + 1));
      const trouble: Trouble = chance.happens(0.5)
        ? { kind: 'reset' }
        : { kind: 'cut', afterBytes: Math.floor(chance.fraction() * 4_000) };
      for (const [i, act] of acts.entries()) {
        if (i === at) await proxy.make(trouble);
        await act();
      }
      await proxy.make({ kind: 'reset' });
      await page.getByTestId('stale').waitFor({ timeout: BACK_WITHIN_MS });
      await proxy.make({ kind: 'none' });
      const awaited = office.made.at(-1)?.number ?? '';
      await comesBack(page, awaited);
      const claims = await page.evaluate(() => globalThis.claims.splice(0));
      expect(claims.slice(claims.lastIndexOf('unknown') + 1), `cut ${cut} of seed ${SEED}`).toEqual([awaited]);
    }
  } finally {
    await browser.close();
    await proxy.close();
    await office.close();
  }
});

test('a voice that outlives its line is not spoken into: the call is said once, and the next when it has ended', async () => {
  const { office, proxy, browser, open } = await hall();
  try {
    const page = await open(office.display);
    await openFastDisplay(page, office.process.url);
    const begun = (): Promise<number> => page.evaluate(() => globalThis.hallSpoken.length);
    const { number } = await office.call();
    await expect
      .poll(async () => {
        await page.evaluate(() => globalThis.hallAdvance(100));
        return begun();
      })
      .toBe(1);
    await proxy.make({ kind: 'reset' });
    await page.getByTestId('stale').waitFor({ timeout: BACK_WITHIN_MS });
    const { number: next } = await office.call();
    await proxy.make({ kind: 'none' });
    await comesBack(page, number);
    expect(await begun()).toBe(1);
    await comesBack(page, next);
    await page.evaluate(() => globalThis.hallAdvance(30_000));
    expect(await begun()).toBe(2);
  } finally {
    await browser.close();
    await proxy.close();
    await office.close();
  }
});

test(`${PHONES} phones whose lines are cut ${CUTS} times come back to what is true, and show no old call`, async () => {
  test.setTimeout(300_000);
  const chance = beginning();
  const { office, proxy, browser, open } = await hall();
  const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, chance.fraction() * 300));
  try {
    const phones = await Promise.all(
      Array.from({ length: PHONES }, async () => {
        const ticket = await office.issue('en');
        const page = await open(null);
        await page.goto(`${office.process.url}/t/${ticket.phoneToken}`);
        await expect(page.getByTestId('ticket-number')).toHaveText(ticket.number);
        await page.evaluate(watchCall);
        return { ticket, page };
      }),
    );
    for (let cut = 0; cut < CUTS / PHONES; cut += 1) {
      const isCall = cut % 2 === 0;
      const changes = phones.map(async ({ ticket }, i) => {
        await soon();
        await (isCall ? office.callTicket(i, ticket) : office.park(i, ticket));
      });
      await soon();
      await proxy.make({ kind: 'reset' });
      await proxy.make({ kind: 'none' });
      await Promise.all(changes);
      for (const [i, { page }] of phones.entries()) {
        const truth = isCall ? `Desk ${i + 1}` : '';
        await expect(page.getByTestId('called').getByRole('heading')).toHaveText(isCall ? [truth] : [], {
          timeout: BACK_WITHIN_MS,
        });
        // Whatever it did not know meanwhile, it changed its mind once: an old call did not come back.
        const claims = await page.evaluate(() => globalThis.claims.splice(0));
        const told = claims.filter((one, j) => one !== 'unknown' && one !== claims[j - 1]);
        expect(told, `cut ${cut} of phone ${i}, seed ${SEED}`).toEqual([truth]);
      }
    }
  } finally {
    await browser.close();
    await proxy.close();
    await office.close();
  }
});

test('a phone whose line died without a word asks anew by itself, and at once when it is looked at again', async () => {
  const { office, proxy, browser, open } = await hall();
  const dies = async (meanwhile: () => Promise<unknown>): Promise<void> => {
    await proxy.make({ kind: 'blackhole' });
    await meanwhile();
    await expect.poll(() => proxy.torn, { timeout: BACK_WITHIN_MS }).toBeGreaterThan(0);
    await proxy.make({ kind: 'none' });
  };
  try {
    const ticket = await office.issue('en');
    const page = await open(null);
    await page.clock.install();
    await page.goto(`${office.process.url}/t/${ticket.phoneToken}`);
    await expect(page.getByTestId('ticket-number')).toHaveText(ticket.number);
    const called = page.getByTestId('called').getByRole('heading');

    await dies(() => office.callTicket(0, ticket));
    await page.clock.fastForward(21_000);
    await expect(called).toHaveText('Desk 1');

    await dies(() => office.park(0, ticket));
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await expect(called).toHaveCount(0);
  } finally {
    await browser.close();
    await proxy.close();
    await office.close();
  }
});

function beginning(): Chance {
  process.stdout.write(`cut-lines: SEED=${SEED}\n`);
  return new Chance(SEED);
}

/** An office, and a browser whose way to it leads through a network that can be cut; every page is a device of its own. */
async function hall() {
  const office = await HallOffice.open(PHONES);
  const { url } = office.process;
  const proxy = await FaultyProxy.open(Number(new URL(url).port));
  const rule = `--host-resolver-rules=MAP ${new URL(url).host} 127.0.0.1:${proxy.port}`;
  const browser = await chromium.launch({ ...CHROMIUM, args: [...CHROMIUM.args, rule] });
  const open = async (cookie: string | null): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
    const [name = '', value = ''] = cookie?.split('=') ?? [];
    if (cookie !== null) await context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Strict' }]);
    return context.newPage();
  };
  return { office, proxy, browser, open };
}

/** The display tries again in its own time, which passes only here. */
async function comesBack(page: Page, awaited: string): Promise<void> {
  await expect(async () => {
    await page.evaluate(() => globalThis.hallAdvance(500));
    await page.getByTestId('now-calling').getByText(awaited, { exact: true }).waitFor({ timeout: 300 });
  }).toPass({ timeout: BACK_WITHIN_MS, intervals: [0] });
}

/** Runs in the display's page. */
function watchPlate(): void {
  globalThis.claims = [];
  const look = (): void => {
    const isStale = document.querySelector('[data-testid=stale]') !== null;
    const plate = document.querySelector('[data-testid=now-calling] strong')?.textContent ?? null;
    const claim = isStale ? (plate === null ? 'unknown' : `unknown, but ${plate}`) : (plate ?? '');
    if (globalThis.claims.at(-1) !== claim) globalThis.claims.push(claim);
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
}

/** Runs in the phone's page. */
function watchCall(): void {
  globalThis.claims = [];
  let before = '';
  const look = (): void => {
    const isStale = document.querySelector('[data-testid=stale]') !== null;
    const claim = isStale ? 'unknown' : (document.querySelector('[data-testid=called] h2')?.textContent.trim() ?? '');
    if (claim === before) return;
    before = claim;
    globalThis.claims.push(claim);
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
}
