import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/office.ts';

async function violations(page: Page): Promise<readonly string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

for (const language of ['et', 'en', 'ru'] as const) {
  test(`every screen of the kiosk is accessible in ${language}`, async ({ kiosk }) => {
    expect(await violations(kiosk.page)).toEqual([]);
    await kiosk.speak(language);
    expect(await violations(kiosk.page)).toEqual([]);
    await kiosk.need('pension').click();
    await expect(kiosk.need('pension.old_age')).toBeVisible();
    expect(await violations(kiosk.page)).toEqual([]);
    await kiosk.need('pension.old_age').click();
    await expect(kiosk.page.getByTestId('take-ticket')).toBeVisible();
    expect(await violations(kiosk.page)).toEqual([]);
    await kiosk.page.getByTestId('take-ticket').click();
    await expect(kiosk.number).toBeVisible();
    expect(await violations(kiosk.page)).toEqual([]);
  });
}

test('the console is accessible: desks, desk, reception, overview, dialogs', async ({ desk, kiosk }) => {
  expect(await violations(desk.page)).toEqual([]);
  await desk.take('laud-3');
  await kiosk.speak('en');
  await kiosk.takeNumber('papers', 'papers.submit');
  await expect(desk.row('A001')).toBeVisible();
  await desk.press('call-next').click();
  await expect(desk.current).toBeVisible();
  expect(await violations(desk.page)).toEqual([]);
  await desk.press('transfer').click();
  expect(await violations(desk.page)).toEqual([]);
  await desk.page.keyboard.press('Escape');
  await desk.press('page-triage').click();
  expect(await violations(desk.page)).toEqual([]);
  await desk.press('page-overview').click();
  expect(await violations(desk.page)).toEqual([]);
});

test('the display is accessible, with and without a call', async ({ desk, kiosk, display }) => {
  expect(await violations(display)).toEqual([]);
  await desk.take('laud-3');
  await kiosk.speak('ru');
  await kiosk.takeNumber('papers', 'papers.submit');
  await desk.press('call-next').click();
  await expect(display.getByTestId('now-calling')).toBeVisible();
  expect(await violations(display)).toEqual([]);
});
