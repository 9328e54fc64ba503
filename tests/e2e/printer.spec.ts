import { expect, test } from '../support/office.ts';

/** In the printer's own letters, so that what is on the paper can be read back from the bytes. */
test.use({ settings: { PRINTER: 'virtual:?print=fonts' } });

test('nobody knows whether the slip came out: the visitor is asked, and what is printed again says so', async ({
  kiosk,
  dock,
}) => {
  await kiosk.speak('en');
  await dock.knob({ cutAfterBytes: 900 });
  await kiosk.takeNumber('papers', 'papers.submit');
  await expect(kiosk.page.getByTestId('slip-state')).toHaveText('Did the ticket come out?');
  expect(await dock.slipTexts()).toEqual([]);
  await kiosk.page.getByTestId('slip-no').click();
  await expect(kiosk.page.getByTestId('slip-state')).toHaveText('Please take your ticket');
  const whole = (await dock.slipTexts()).filter((text) => text.includes('Issued on'));
  expect(whole).toHaveLength(1);
  expect(whole[0]).toContain('REPRINT');
});

test('staff print a slip again, marked as a reprint', async ({ kiosk, desk, dock }) => {
  await desk.take('laud-3');
  await kiosk.speak('et');
  const number = await kiosk.takeNumber('papers', 'papers.submit');
  await expect(kiosk.page.getByTestId('slip-state')).toHaveText('Võtke pilet kaasa');
  await desk.row(number).click();
  await desk.press('row-slip').click();
  await expect.poll(() => dock.slips()).toBe(2);
  const texts = await dock.slipTexts();
  expect(texts.map((text) => text.includes('KORDUSTRÜKK'))).toEqual([false, true]);
});

const CONDITIONS = [
  [{ paper: 'out' }, 'paber otsas', 'Paber on otsas.'],
  [{ coverOpen: true }, 'kaas lahti', 'Printeri kaas on lahti'],
  [{ cutterError: true }, 'lõikur kinni', 'Paber jäi printerisse kinni.'],
  [{ headHot: true }, 'prindipea jahtub', 'Printer on liiga kuum'],
  [{ fault: true }, 'rike', 'Printer on rikkis.'],
  [{ offline: true }, 'ei ole valmis', 'Printer ei ole valmis.'],
  [{ silent: true }, 'ei vasta', 'Printer ei vasta.'],
  [{ unplugged: true }, 'ühendus puudub', 'Printer ei ole ühendatud.'],
] as const;

test('every trouble has its own words for staff and for the visitor, and the number stays', async ({
  kiosk,
  desk,
  dock,
}) => {
  await desk.take('laud-3');
  for (const [knobs, forStaff, forVisitor] of CONDITIONS) {
    await dock.knob(knobs);
    await expect(desk.page.getByRole('status').filter({ hasText: `printer: ${forStaff}` })).toBeVisible();
    await kiosk.open();
    await kiosk.speak('et');
    const number = await kiosk.takeNumber('papers', 'papers.submit');
    await expect(kiosk.page.getByTestId('slip-state')).toContainText(forVisitor);
    await expect(kiosk.page.getByTestId('slip-state')).toContainText('meelde');
    await expect(desk.row(number)).toBeVisible();
    await dock.reset();
    await expect(desk.page.getByRole('status').filter({ hasText: 'printer:' })).toHaveCount(0);
  }
  expect(await dock.slips()).toBe(0);
});

test('the head writes the words on slips, a visitor chooses large print, a new roll is counted from its beginning', async ({
  kiosk,
  desk,
  dock,
}) => {
  const { page } = desk;
  await page.getByTestId('page-office').click();
  await page.getByTestId('section-slips').click();
  await page.getByTestId('slip-footer-et').fill('Küsige julgesti abi.');
  await page.getByTestId('save-slip-texts').click();
  await expect(page.getByTestId('trouble')).toContainText('English');
  await page.getByTestId('slip-footer-en').fill('Please ask for help.');
  await page.getByTestId('slip-footer-ru').fill('Спрашивайте нас.');
  await page.getByTestId('save-slip-texts').click();
  await expect(page.getByRole('status').filter({ hasText: 'Salvestatud' })).toBeVisible();
  await expect(page.getByText('Liis Mets,')).toBeVisible();

  await kiosk.page.getByTestId('accessibility').click();
  await kiosk.page.getByTestId('print-large').click();
  await kiosk.page.getByTestId('access-done').click();
  await kiosk.speak('ru');
  await kiosk.takeNumber('papers', 'papers.submit');
  await expect.poll(() => dock.slipTexts()).toHaveLength(1);
  expect((await dock.slipTexts())[0]?.replaceAll(/\s+/g, ' ')).toContain('Спрашивайте нас.');

  await page.getByTestId('section-devices').click();
  await expect(page.getByTestId('printer-facts')).toBeVisible();
  await page.getByTestId('roll-metres').fill('50');
  await page.getByTestId('new-roll').click();
  await expect(page.getByTestId('roll-left')).toHaveText('50 m 50 meetrist alles');
});
