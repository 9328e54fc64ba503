import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/office.ts';

test('the office is away when a number is wanted: the kiosk says what to do, and trying again brings one number', async ({
  office,
  kiosk,
}) => {
  const { page } = kiosk;
  await kiosk.speak('en');
  await kiosk.need('pension').click();
  await kiosk.need('pension.old_age').click();
  await office.kill();
  await page.getByTestId('take-ticket').click();
  await expect(page.getByText('Please go to the information desk.')).toBeVisible({ timeout: 20_000 });

  await office.start();
  await expect
    .poll(
      async () => {
        if (await page.getByTestId('retry').isVisible()) await page.getByTestId('retry').click();
        return kiosk.number.isVisible();
      },
      { timeout: 30_000 },
    )
    .toBe(true);
  await expect(kiosk.number).toHaveText('K001');
});

test('a person can be called without a ticket and the call taken back; the office’s board says so, not the kiosk', async ({
  kiosk,
}) => {
  const { page } = kiosk;
  await kiosk.speak('ru');
  await page.getByTestId('help').click();
  await expect(page.getByTestId('help')).toHaveText('Сотрудник вызван');
  await page.getByTestId('help-continue').click();
  await expect(kiosk.need('pension')).toBeVisible();
  await page.getByTestId('help').click();
  await page.getByTestId('help-cancel').click();
  await expect(page.getByTestId('help')).toHaveText('Позвать сотрудника');
});

test('a visit leaves nothing behind: the next visitor finds the kiosk as it was', async ({ kiosk }) => {
  const { page } = kiosk;
  await kiosk.speak('ru');
  await page.getByTestId('accessibility').click();
  await page.getByTestId('text-size').click();
  await page.getByTestId('contrast').click();
  await page.getByTestId('low-reach').click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'white-on-black');
  await page.getByTestId('accessibility').click();
  await expect(page.getByTestId('more')).toBeVisible();
  while (await page.getByTestId('more').isVisible()) await page.getByTestId('more').click();
  await kiosk.need('private').click();
  await page.getByTestId('take-ticket').click();
  await page.getByTestId('done').click();
  await expect(page.getByTestId('start')).toBeVisible({ timeout: 15_000 });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(page.locator('html')).toHaveAttribute('lang', 'et');
  await expect(page.getByTestId('low-reach')).toContainText('Too nupud allapoole');
});

test('every theme has its contrast on every kind of screen', async ({ kiosk }) => {
  const { page } = kiosk;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const theme of ['white-on-black', 'black-on-white', 'low-glare', 'light']) {
    await kiosk.speak('et');
    await page.getByTestId('accessibility').click();
    while ((await page.locator('html').getAttribute('data-theme')) !== theme)
      await page.getByTestId('contrast').click();
    expect(await violations(page)).toEqual([]);
    await page.getByTestId('help').click();
    await expect(page.getByTestId('help-state')).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.getByTestId('help-cancel').click();
    expect(await violations(page)).toEqual([]);
    await kiosk.need('family').click();
    await kiosk.need('family.maintenance_enforcement').click();
    await expect(page.getByTestId('answered')).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.getByTestId('take-ticket').click();
    await expect(kiosk.number).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.getByTestId('done').click();
    await expect(page.getByTestId('start')).toBeVisible({ timeout: 15_000 });
  }
});

/** What a theme can break is contrast; everything else is looked at in the usual theme, in each language. */
async function violations(page: Page): Promise<readonly string[]> {
  const { violations: found } = await new AxeBuilder({ page }).withRules(['color-contrast']).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
