import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { boardShown } from '../support/display-page.ts';
import { expect, test } from '../support/office.ts';

const PICTURES = process.env.SAFETY_PICTURES;

test('in the morning: look the office over, make a backup, fill the holder; later bring in a number from it', async ({
  desk,
  display,
}) => {
  await boardShown(display);
  await desk.take('lett-1');
  await desk.page.getByTestId('page-office').click();

  await desk.page.getByTestId('section-opening').click();
  await desk.press('check-run').click();
  const report = desk.page.getByTestId('check-report');
  await expect(report).toBeVisible();
  for (const check of ['printer', 'slip', 'display', 'clock', 'disk', 'network']) {
    await expect(report.getByTestId(`check-${check}`)).toHaveClass(/pass|notice/);
  }
  await expect(report.getByTestId('check-backup')).toHaveClass(/fail/);
  if (PICTURES) await desk.page.screenshot({ path: join(PICTURES, 'opening-et.png') });

  await desk.page.getByTestId('section-backups').click();
  await desk.press('backup-make').click();
  await expect(desk.page.getByTestId('backups').locator('tbody tr')).toHaveCount(1);
  if (PICTURES) await desk.page.screenshot({ path: join(PICTURES, 'backups-et.png') });

  await desk.page.getByTestId('section-opening').click();
  await desk.press('check-run').click();
  await expect(report.getByTestId('check-backup')).toHaveClass(/pass/);

  await desk.page.getByTestId('section-roll').click();
  await desk.page.getByTestId('roll-count').fill('3');
  await desk.press('roll-print').click();
  await expect(desk.page.getByTestId('on-roll')).toContainText('V001–V003');
  await desk.page.getByTestId('roll-number').fill('v002');
  await desk.page.getByTestId('roll-time').fill('00:01');
  if (PICTURES) await desk.page.screenshot({ path: join(PICTURES, 'roll-et.png') });
  await desk.press('roll-take').click();
  await expect(desk.page.getByTestId('roll-added')).toContainText('V002');
  await desk.page.getByTestId('roll-number').fill('V009');
  await desk.page.getByTestId('roll-time').fill('00:01');
  await desk.press('roll-take').click();
  await expect(desk.page.getByTestId('trouble')).toBeVisible();
});

test('after a restore the head reads what happened, in any language, and takes note', async ({
  office,
  desk,
  kiosk,
}) => {
  await kiosk.speak('et');
  await kiosk.takeNumber('papers', 'papers.submit');
  await office.kill();
  for (const side of ['', '-wal', '-shm']) await rm(join(office.dataDir, `office.sqlite${side}`), { force: true });
  await office.start();
  await desk.signIn();
  const alarm = desk.page.getByTestId('alarm-restored');
  await expect(alarm).toBeVisible();
  for (const language of ['et', 'en', 'ru']) {
    await desk.page.goto(`${office.url}/console/?lang=${language}`);
    await expect(alarm).toBeVisible();
    if (PICTURES) await desk.page.screenshot({ path: join(PICTURES, `restored-${language}.png`) });
  }
  await desk.press('acknowledge').click();
  await expect(alarm).toHaveCount(0);
});
