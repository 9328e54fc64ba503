import { expect, newPage, test } from '../support/office.ts';
import type { Browser, Page } from '@playwright/test';

/** A screen of another machine: what it asks for has come through something on the way. */
async function farScreen(browser: Browser, url: string, viewport: { width: number; height: number }): Promise<Page> {
  const page = await newPage(browser, viewport);
  await page.setExtraHTTPHeaders({ via: '1.1 elsewhere' });
  await page.goto(url);
  await expect(page.getByTestId('pairing-code')).toBeVisible();
  return page;
}

test('a new kiosk shows a code, the head lets it in, renames it and cuts it off', async ({ browser, office, desk }) => {
  const kiosk = await farScreen(browser, office.url, { width: 1080, height: 1920 });
  const code = await kiosk.getByTestId('pairing-code').innerText();
  expect(code).toMatch(/^\w{4}-\w{4}$/);

  const { page } = desk;
  await page.getByTestId('page-office').click();
  await page.getByTestId('section-screens').click();
  await page.locator('[name=code]').fill('ACDE-FGHJ');
  await page.getByTestId('find-screen').click();
  await expect(page.getByTestId('trouble')).toBeVisible();

  await page.locator('[name=code]').fill(code.toLowerCase().replace('-', ' '));
  await page.getByTestId('find-screen').click();
  await expect(page.getByTestId('found-screen')).toContainText(code);
  await page.locator('[name=screen-name]').fill('Fuajee');
  await page.getByTestId('approve-screen').click();

  await expect(kiosk.getByTestId('lang-et').first()).toBeVisible();
  await expect(page.getByTestId('screen-kiosk-Fuajee')).toContainText('Liis Mets');

  await kiosk.getByTestId('lang-en').first().click();
  await page.getByTestId('cut-off-Fuajee').click();
  await page.getByTestId('cut-off-sure').click();
  await expect(kiosk.getByTestId('pairing-code')).toBeVisible();
  await expect(page.getByTestId('screen-kiosk-Fuajee')).toHaveCount(0);
  await kiosk.context().close();
});

test('a new display shows its code in three languages and goes on after a reload with the same one', async ({
  browser,
  office,
}) => {
  const display = await farScreen(browser, `${office.url}/display`, { width: 1920, height: 1080 });
  const code = await display.getByTestId('pairing-code').innerText();
  await display.reload();
  await expect(display.getByTestId('pairing-code')).toHaveText(code);
  for (const language of ['et', 'en', 'ru'])
    await expect(display.locator(`section[lang=${language}] h2`)).toBeVisible();
  await office.kill();
  await expect(display.getByTestId('pairing-code')).toHaveCount(0);
  await office.start();
  await expect(display.getByTestId('pairing-code')).toBeVisible();
  await display.context().close();
});
