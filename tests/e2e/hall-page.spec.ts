import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { openFastDisplay } from '../hall/fast-display.ts';
import { visitorsTakeNumbers } from '../support/display-page.ts';
import { expect, newPage, test, type DeskPage } from '../support/office.ts';

/** Longer than any announcement (milliseconds). */
const SAID_WITHIN_MS = 30_000;
/** The foot of the display speaks one language for 8 s; looked at twice meanwhile, through all notices and their languages. */
const LOOK_EVERY_MS = 4_000;
const LOOKS = 48;
/** Chime aside: "Ticket A one, please go to desk three", and the same in Estonian. */
const RECORDINGS = 5 + 6;

test('what staff do on the console reaches the hall: a call said again, silence, a notice in its languages', async ({
  office,
  desk,
  dock,
  browser,
}) => {
  test.setTimeout(180_000);
  const display = await newPage(browser, { width: 1920, height: 1080 });
  await openFastDisplay(display, office.url);
  await expect(display.getByTestId('stale')).toHaveCount(0);
  const pass = async (ms: number): Promise<void> => {
    await display.evaluate((forMs) => globalThis.hallAdvance(forMs), ms);
    await dock.advanceClock(ms);
  };
  const spoken = (): Promise<readonly number[]> =>
    display.evaluate(() => globalThis.hallSpoken.map((recordings) => recordings.length));

  await desk.take('laud-3');
  const [first = '', second = ''] = await visitorsTakeNumbers(office.url, 2);
  await desk.press('call-next').click();
  await expect(display.getByTestId('now-calling')).toContainText(first);
  await pass(SAID_WITHIN_MS);
  expect(await spoken()).toEqual([RECORDINGS]);

  // The console sees what the display shows, and has it said once more: the same, and whole.
  await toHall(desk);
  await expect(desk.press('display-shows')).toContainText(first);
  await expect(desk.press('display-says')).not.toContainText(first);
  await desk.press(`repeat-${first}`).click();
  await expect(async () => {
    await pass(SAID_WITHIN_MS);
    expect(await spoken()).toEqual([RECORDINGS, RECORDINGS]);
  }).toPass();

  // In silence the next call is shown and not said, and the display says why.
  await desk.press('silence-15').click();
  await expect(desk.press('sound-on')).toBeVisible();
  await desk.press('page-desk').click();
  await desk.press('begin').click();
  await desk.press('finish').click();
  await desk.press('call-next').click();
  await expect(async () => {
    await pass(SAID_WITHIN_MS);
    await expect(display.getByTestId('now-calling')).toContainText(second, { timeout: 500 });
  }).toPass();
  await pass(SAID_WITHIN_MS);
  expect(await spoken()).toHaveLength(2);
  expect(await footOf(display, pass)).toContain('et: Kutsed on praegu ainult ekraanil.');

  // A notice: each language alone, as what it is.
  await toHall(desk);
  await desk.press('sound-on').click();
  await desk.press('ready-closes').click();
  await desk.press('show-notice').click();
  await expect(desk.press('notice')).toContainText('Сегодня мы закрываемся в 15:00.');
  const told = await footOf(display, pass);
  expect(told).toContain('et: Täna sulgeme kell 15:00.');
  expect(told).toContain('en: Today we close at 15:00.');
  expect(told).toContain('ru: Сегодня мы закрываемся в 15:00.');
  await desk.press('end-notice').click();
  await expect(desk.press('notice')).toHaveCount(0);
  await expect.poll(() => footOf(display, pass)).not.toContain('et: Täna sulgeme kell 15:00.');
  await display.context().close();
});

test('the hall’s page fits a phone, a tablet and a large screen, unfolded, and is accessible in three languages', async ({
  office,
  desk,
  display,
  browser,
}) => {
  test.setTimeout(180_000);
  await desk.take('laud-3');
  const [number = ''] = await visitorsTakeNumbers(office.url, 1);
  await desk.press('call-next').click();
  await expect(display.getByTestId('now-calling')).toContainText(number);
  await toHall(desk);
  await desk.press('ready-slow').click();
  await desk.press('show-notice').click();
  await expect(desk.press('notice')).toBeVisible();
  const cookies = await desk.page.context().cookies();
  for (const [language, width, height] of [
    ['et', 1280, 800],
    ['en', 1920, 1080],
    ['ru', 390, 844],
  ] as const) {
    const page = await newPage(browser, { width, height });
    await page.context().addCookies(cookies);
    await page.goto(`${office.url}/console/?lang=${language}`);
    await page.getByTestId('page-office').click();
    await page.getByTestId('section-hall').click();
    await expect(page.getByTestId('display-shows')).toContainText(number);
    await page.getByTestId('hall-settings').locator('summary').first().click();
    await expect(page.getByTestId('save-phone')).toBeVisible();
    await page.locator('article summary').click();
    expect(await page.evaluate(cutWords), language).toEqual([]);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
    ).toEqual([]);
    await page.context().close();
  }
});

/** Words that run out of what holds them. Runs in the page. */
function cutWords(): readonly string[] {
  const wide = document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : [];
  const cut = [...document.querySelectorAll<HTMLElement>('section.pane *')]
    .filter((one) => one.offsetParent !== null && getComputedStyle(one).display !== 'inline')
    .filter((one) => !one.matches('select, input') && one.scrollWidth > one.clientWidth + 1)
    .map((one) => `${one.tagName} ${one.textContent.trim().slice(0, 40)}`);
  return [...wide, ...cut];
}

async function toHall(desk: DeskPage): Promise<void> {
  await desk.press('page-office').click();
  await desk.press('section-hall').click();
}

/** All that the foot of the display says in its next turns, each with the language it claims to be in. */
async function footOf(display: Page, pass: (ms: number) => Promise<void>): Promise<readonly string[]> {
  const foot = display.locator('footer');
  const seen: string[] = [];
  for (let look = 0; look < LOOKS; look += 1) {
    await pass(LOOK_EVERY_MS);
    const language = (await foot.getAttribute('lang')) ?? '';
    seen.push(`${language}: ${(await foot.locator('.notice').innerText()).trim()}`);
  }
  return seen;
}
