import type { Page } from '@playwright/test';
import { expect, newPage, test } from '../support/office.ts';
import { boardShown } from '../support/display-page.ts';

/** What happens to a display, and to the other screens, that nobody touches for weeks. */

declare global {
  var linesOpened: WebSocket[];
  /** Those a board came over. */
  var linesUsed: Set<WebSocket>;
  /** How far the machine's clock is ahead of the page's (milliseconds). */
  var sleptMs: number;
  var sameDocument: true | undefined;
}

test('a display takes the new version of its page by itself when the office comes back with one', async ({
  browser,
  office,
}) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, serviceWorkers: 'block' });
  const display = await context.newPage();
  await display.clock.install();
  await display.goto(`${office.url}/display`);
  await boardShown(display);
  await display.evaluate(() => (globalThis.sameDocument = true));
  const isSame = (): Promise<true | undefined> => display.evaluate(() => globalThis.sameDocument).catch(() => true);

  // A new line alone is no reason.
  await display.clock.fastForward(61_000);
  await boardShown(display);
  expect(await isSame()).toBe(true);

  await display.route('**/_app/version.json', (route) => route.fulfill({ json: { version: 'newer' } }));
  await office.kill();
  await office.start();
  await expect.poll(isSame).toBeUndefined();
  await boardShown(display);
  await context.close();
});

test('a display, a kiosk and a console that the office sent away come again by themselves', async ({
  browser,
  office,
  desk,
}) => {
  for (const [path, surface, event] of [
    ['/display', 'display', 'display:report'],
    ['/', 'kiosk', 'ticket:issue'],
  ] as const) {
    const page = await newPage(browser, { width: 1080, height: 1920 });
    await page.addInitScript(keepLines);
    await page.goto(office.url + path);
    await expect(page.locator(`html[data-surface=${surface}]`)).toHaveCount(1);
    await comesAgain(page, event);
    await page.context().close();
  }
  await desk.page.addInitScript(keepLines);
  await desk.page.reload();
  await comesAgain(desk.page, 'hall:silence');
});

test('a display whose machine slept believes nothing it knew before, and asks anew', async ({ browser, office }) => {
  const display = await newPage(browser, { width: 1280, height: 720 });
  await display.addInitScript(keepLines);
  await display.addInitScript(() => {
    const { now } = Date;
    globalThis.sleptMs = 0;
    Date.now = () => now() + globalThis.sleptMs;
  });
  await display.goto(`${office.url}/display`);
  await boardShown(display);
  const before = await display.evaluate(linesSoFar);
  await display.evaluate(() => (globalThis.sleptMs = 3_600_000));
  await expect.poll(() => display.evaluate(linesSoFar)).toBe(before + 1);
  await boardShown(display);
  await display.context().close();
});

/** Sends nonsense until the office has heard enough, and looks for the next line. */
async function comesAgain(page: Page, event: string): Promise<void> {
  await expect.poll(() => page.evaluate(openLines)).toBe(1);
  const before = await page.evaluate(linesSoFar);
  await page.evaluate(talkNonsense, event);
  await expect.poll(() => page.evaluate(linesSoFar)).toBe(before + 1);
  await expect.poll(() => page.evaluate(openLines)).toBe(1);
}

/** Runs in the page: keeps hold of every line it opens. */
function keepLines(): void {
  globalThis.linesOpened = [];
  globalThis.linesUsed = new Set();
  globalThis.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      globalThis.linesOpened.push(this);
      this.addEventListener('message', ({ data }) => {
        if (String(data).startsWith('42["board"')) globalThis.linesUsed.add(this);
      });
    }
  };
}

/** Runs in the page. */
function linesSoFar(): number {
  return globalThis.linesOpened.length;
}

/** Runs in the page. */
function openLines(): number {
  return [...globalThis.linesUsed].filter(({ readyState }) => readyState === WebSocket.OPEN).length;
}

/** Runs in the page: what a page of an old version may say to a newer office, until that has heard enough. */
function talkNonsense(event: string): void {
  for (let i = 0; i < 20; i += 1) globalThis.linesOpened.at(-1)?.send(`42${9_000 + i}["${event}",{}]`);
}
