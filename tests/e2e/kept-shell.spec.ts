import { boardShown } from '../support/display-page.ts';
import { expect, newPage, test } from '../support/office.ts';
import type { Page } from '@playwright/test';

test('a kiosk and a display switched on while the server is away show their own page, and go on when it is back', async ({
  office,
  kiosk,
  display,
}) => {
  await shellIsKept(kiosk.page);
  await shellIsKept(display);

  await office.kill();
  await kiosk.page.goto(`${office.url}/?lang=ru`);
  await expect(kiosk.page.locator('html[data-surface=kiosk]')).toHaveCount(1);
  await display.reload();
  await expect(display.getByTestId('stale')).toBeVisible({ timeout: 15_000 });

  await office.start();
  await boardShown(display);
  await expect(kiosk.page.getByTestId('lang-ru').first()).toBeVisible({ timeout: 20_000 });
});

test('the kept shell stays out of the way of everything that is not a page of the device', async ({
  office,
  kiosk,
}) => {
  await shellIsKept(kiosk.page);
  const kept = await kiosk.page.evaluate(async () => {
    const caught: string[] = [];
    for (const name of await caches.keys()) {
      for (const { url } of await (await caches.open(name)).keys()) caught.push(new URL(url).pathname);
    }
    return caught;
  });
  expect(kept).toContain('/display');
  expect(kept.filter((path) => path !== '/' && !/^\/(display$|favicon\.svg$|_app\/immutable\/)/.test(path))).toEqual(
    [],
  );

  await office.kill();
  await expect(kiosk.page.goto(`${office.url}/console/`)).rejects.toThrow('ERR_CONNECTION_REFUSED');
});

test("a visitor's phone keeps nothing", async ({ browser, office }) => {
  const phone = await newPage(browser, { width: 390, height: 844 });
  await phone.goto(`${office.url}/t/AAAAAAAAAAAAAAAAAAAAAA`);
  await expect(phone.locator('html[data-surface=phone]')).toHaveCount(1);
  expect(await phone.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  await phone.context().close();
});

/** Waits until a reload would come from the device itself. */
async function shellIsKept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}
