import { expect, newPage, test, DeskPage } from '../support/office.ts';

test('the server is killed in the middle of a visit: every screen says so, comes back, and nothing is lost', async ({
  office,
  kiosk,
  desk,
  display,
}) => {
  await desk.take('laud-3');
  await kiosk.speak('et');
  const number = await kiosk.takeNumber('papers', 'papers.submit');
  await desk.press('call-next').click();
  await expect(display.getByTestId('now-calling')).toContainText(number);
  const { bootId } = await office.health();

  await office.kill();
  await expect(display.getByTestId('stale')).toBeVisible({ timeout: 15_000 });
  await expect(display.getByTestId('now-calling')).toHaveCount(0);
  await expect(desk.page.getByRole('alert')).toContainText('Ühendus katkes');
  await expect(desk.press('begin')).toBeDisabled();

  await office.start();
  expect((await office.health()).bootId).not.toBe(bootId);
  await expect(display.getByTestId('stale')).toHaveCount(0, { timeout: 15_000 });
  await expect(desk.current).toContainText(number, { timeout: 15_000 });
  await desk.press('begin').click();
  await desk.press('finish').click();
  await expect(desk.current).toHaveCount(0);

  await kiosk.open();
  await kiosk.speak('et');
  const next = await kiosk.takeNumber('papers', 'papers.submit');
  expect(next).toBe('A002');
});

test('no paper: the number on the screen is the ticket, the console knows, and nothing stale comes out later', async ({
  kiosk,
  desk,
  dock,
}) => {
  await desk.take('laud-3');
  await dock.knob({ paper: 'out' });
  await expect(desk.page.getByRole('status').filter({ hasText: 'paber otsas' })).toBeVisible();
  await kiosk.speak('ru');
  const number = await kiosk.takeNumber('papers', 'papers.submit');
  expect(number).toBe('A001');
  await expect(kiosk.page.getByText('бумаг', { exact: false }).first()).toBeVisible();
  await expect(desk.row(number)).toBeVisible();
  await dock.knob({ paper: 'enough' });
  await expect(desk.page.getByRole('status').filter({ hasText: 'paber otsas' })).toHaveCount(0);
  expect(await dock.slips()).toBe(0);
});

test('two desks press at the same moment: two visitors, nobody twice', async ({ browser, office, kiosk, desk }) => {
  await desk.take('laud-3');
  const page = await newPage(browser, { width: 1280, height: 800 });
  const other = new DeskPage(page, office.url);
  await other.signIn();
  // the same person on a second tablet sees the same desk: one person, one desk, one visitor
  await expect(other.press('call-next')).toBeVisible();
  await kiosk.speak('et');
  await kiosk.takeNumber('papers', 'papers.submit');
  await expect(desk.press('why-next')).toContainText('A001');
  await expect(other.press('why-next')).toContainText('A001');
  await Promise.all([desk.press('call-next').click(), other.press('call-next').click()]);
  await expect(desk.current).toContainText('A001');
  await expect(other.current).toContainText('A001');
  await page.context().close();
});
