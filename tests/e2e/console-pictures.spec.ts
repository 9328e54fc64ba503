import AxeBuilder from '@axe-core/playwright';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { brokenWords } from '../support/broken-words.ts';
import { connect, pair } from '../support/clients.ts';
import { DeskPage, expect, newPage, test } from '../support/office.ts';

/** Where the pictures go, for people to look at; without it the screens are only measured (`npm run pictures:console`). */
const PICTURES = process.env.PICTURES;
/** Sharp letters, in a third of the bytes. */
const WEBP = { format: 'webp', quality: 82 } as const;

const SIZES = {
  tablet: { width: 1280, height: 800 },
  upright: { width: 800, height: 1280 },
  laptop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
} as const;

/** What axe sees is the same in each language but for lengths: a language for each kind of layout. */
const LOOKED_AT = { et: 'tablet', en: 'laptop', ru: 'phone' } as const;

const PAGES = ['desk', 'triage', 'overview', 'office'] as const;

/** Of which sizes the guide shows a picture. */
const KEPT: Readonly<Record<(typeof PAGES)[number], readonly string[]>> = {
  desk: ['tablet', 'laptop', 'phone'],
  triage: ['tablet', 'laptop', 'phone'],
  overview: ['tablet', 'laptop', 'phone'],
  office: ['tablet'],
};

/** No sideways scrolling, no word that runs out of its key, and none that is cut in two. */
async function misfits(page: Page): Promise<readonly string[]> {
  const outside = await page.evaluate(() => {
    const wide = document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : [];
    const cut = [...document.querySelectorAll('button, h1, h2, h3, dd, th, td')]
      .filter((one) => one instanceof HTMLElement && one.offsetParent !== null && !one.closest('.heard'))
      .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline')
      .map((one) => `${one.tagName} ${one.textContent.trim().slice(0, 40)}`);
    return [...wide, ...cut];
  });
  return [...outside, ...(await page.evaluate(brokenWords))];
}

async function violations(page: Page): Promise<readonly string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined) return;
  await mkdir(PICTURES, { recursive: true });
  const browser = await page.context().newCDPSession(page);
  const { data } = await browser.send('Page.captureScreenshot', WEBP);
  await writeFile(join(PICTURES, `${name}.webp`), Buffer.from(data, 'base64'));
}

/** A morning at which everything is to be seen: somebody served, several who wait, one parked, one with priority. */
async function aBusyMorning(office: { url: string }, desk: DeskPage): Promise<void> {
  const { socket } = await connect(office.url, 'kiosk', await pair(office.url, 'kiosk'));
  const needs = [
    ...['papers.submit', 'pension.old_age', 'family.birth', 'international.a1', 'papers.certificate'],
    ...['pension.old_age', 'disability.card', 'family.birth', 'papers.submit', 'pension.old_age', 'family.birth'],
  ];
  for (const [i, needId] of needs.entries()) {
    const language = (['et', 'ru', 'en'] as const)[i % 3] ?? 'et';
    await socket.emitWithAck('ticket:issue', { requestId: crypto.randomUUID(), needId, language });
  }
  socket.disconnect();
  await desk.take('laud-3');
  await desk.press('call-next').click();
  await desk.press('park').click();
  await desk.press('reason-form').click();
  await desk.press('call-next').click();
  await desk.press('begin').click();
  await expect(desk.press('finish')).toBeVisible();
}

for (const language of ['et', 'en', 'ru'] as const) {
  test(`the console fits every size and is accessible in ${language}`, async ({ office, desk, browser }) => {
    test.setTimeout(400_000);
    await aBusyMorning(office, desk);
    const cookies = await desk.page.context().cookies();
    for (const [size, viewport] of Object.entries(SIZES)) {
      const page = await newPage(browser, viewport);
      await page.context().addCookies(cookies);
      await page.goto(`${office.url}/console/?lang=${language}`);
      await expect(page.getByTestId('current-ticket')).toBeVisible();
      for (const name of PAGES) {
        await page.getByTestId(`page-${name}`).click();
        if (name === 'office') {
          await page.getByTestId('section-staff').click();
          await expect(page.getByTestId('new-colleague')).toBeVisible();
          expect.soft(await misfits(page), `colleagues, ${size}`).toEqual([]);
          await page.getByTestId('section-rules').click();
          await expect(page.getByTestId('save-rules')).toBeVisible();
        }
        expect.soft(await misfits(page), `${name}, ${size}`).toEqual([]);
        if (size === LOOKED_AT[language]) expect(await violations(page), `${name}, ${size}`).toEqual([]);
        if (KEPT[name].includes(size)) await picture(page, `${name}-${language}-${size}`);
      }
      await page.context().close();
    }
  });
}
