import { boardShown } from '../support/display-page.ts';
import { DeskPage, expect, KioskPage, newPage, test } from '../support/office.ts';
import { OfficeProcess } from '../support/server.ts';
import { prepareOffice } from '../support/staffed-office.ts';

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
  // each surface hears of the call by a board of its own
  await expect(desk.press('begin')).toBeEnabled();
  const { bootId } = await office.health();

  await office.kill();
  await expect(display.getByTestId('stale')).toBeVisible({ timeout: 15_000 });
  await expect(display.getByTestId('now-calling')).toHaveCount(0);
  await expect(desk.page.getByTestId('offline')).toContainText('Ühendus katkes');
  await expect(desk.press('begin')).toBeDisabled();

  await office.start();
  expect((await office.health()).bootId).not.toBe(bootId);
  await boardShown(display);
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

test('two desks press at the same moment: one visitor each, nobody twice', async ({ browser }) => {
  const limits = { perMinute: 10_000, burst: 1_000 };
  const { office, prepared } = await OfficeProcess.startPrepared({}, (dataDir) =>
    prepareOffice(dataDir, { desks: 2, kiosks: 0, displays: 0, limits }),
  );
  const desks = await Promise.all(
    prepared.staff.map(async (cookie, i) => {
      const page = await newPage(browser, { width: 1280, height: 800 });
      const [name = '', value = ''] = cookie.split('=');
      await page.context().addCookies([{ name, value, url: office.url, httpOnly: true, sameSite: 'Strict' }]);
      await page.goto(`${office.url}/console/`);
      const desk = new DeskPage(page, office.url);
      await desk.take(prepared.deskIds[i] ?? '');
      return desk;
    }),
  );
  const kiosk = new KioskPage(await newPage(browser, { width: 1080, height: 1920 }), office.url);
  await kiosk.open();
  await kiosk.speak('et');
  await kiosk.takeNumber('papers', 'papers.submit');
  await kiosk.open();
  await kiosk.speak('ru');
  await kiosk.takeNumber('papers', 'papers.submit');
  for (const desk of desks) await expect(desk.row('A002')).toBeVisible();
  await Promise.all(desks.map((desk) => desk.press('call-next').click()));
  for (const desk of desks) await expect(desk.current).toBeVisible();
  const shown = await Promise.all(desks.map((desk) => desk.current.innerText()));
  const numbers = shown.map((text) => /A\d{3}/.exec(text)?.[0] ?? text);
  expect([...numbers].sort()).toEqual(['A001', 'A002']);
  for (const { page } of [kiosk, ...desks]) await page.context().close();
  await office.stop();
});
