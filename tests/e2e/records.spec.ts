import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { localDay } from '../../server/domain/local-time.ts';
import type { EpochMs } from '../../server/domain/ids.ts';
import { expect, test } from '../support/office.ts';

const PICTURES = process.env.RECORDS_PICTURES;
const DAY_MS = 86_400_000;

test('the head sees the day sealed, prints and keeps its seal, and shortens how long data is kept', async ({
  desk,
  dock,
  kiosk,
  office,
}) => {
  const { page } = desk;
  await kiosk.speak('et');
  await kiosk.takeNumber('papers', 'papers.submit');
  await page.getByTestId('page-office').click();
  await page.getByTestId('section-journal').click();
  await expect(page.getByTestId('last-look')).toBeVisible();
  await expect(page.getByTestId('seal-export')).toHaveCount(0);

  const day = localDay(Date.now() as EpochMs, 'Europe/Tallinn');
  await dock.advanceClock(DAY_MS);
  await expect(async () => {
    await page.getByTestId('section-retention').click();
    await page.getByTestId('section-journal').click();
    await expect(page.getByTestId(`seal-${day}`)).toBeVisible({ timeout: 2_000 });
  }).toPass();

  const download = page.waitForEvent('download');
  await page.getByTestId('seal-export').click();
  const file = await (await download).path();
  const kept = JSON.parse((await readFile(file, 'utf8')).trim()) as { day: string; seq: number; hash: string };
  expect(kept.day).toBe(day);

  const before = await dock.slips();
  await page.getByTestId('seal-print').click();
  await expect.poll(dock.slips).toBe(before + 1);
  await page.getByTestId('journal-verify').click();
  await expect(page.getByTestId('last-look')).toContainText('Kogu päevik');

  for (const [language, view] of [
    ['et', { width: 1280, height: 800 }],
    ['en', { width: 820, height: 1180 }],
    ['ru', { width: 390, height: 844 }],
  ] as const) {
    await page.setViewportSize(view);
    await page.goto(`${office.url}/console/?lang=${language}`);
    await page.getByTestId('page-office').click();
    for (const section of ['journal', 'retention', 'screens', 'devices']) {
      await page.getByTestId(`section-${section}`).click();
      if (section === 'journal') await expect(page.getByTestId(`seal-${day}`)).toBeVisible();
      if (section === 'retention') await expect(page.getByTestId('last-purge')).toBeVisible();
      if (PICTURES) await page.screenshot({ path: join(PICTURES, `${section}-${language}.png`), fullPage: true });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ target }) => target) }))).toEqual([]);
    }
  }

  await page.getByTestId('section-retention').click();
  await page.getByTestId('details-days').fill('14');
  await page.getByTestId('save-retention').click();
  await expect(page.getByRole('status').filter({ hasText: 'Сохранено' })).toBeVisible();
  await page.reload();
  await page.getByTestId('page-office').click();
  await page.getByTestId('section-retention').click();
  await expect(page.getByTestId('details-days')).toHaveValue('14');
});
