import { expect, test } from '../support/office.ts';

const TWO_MINUTES_MS = 2 * 60_000 + 1_000;

test.describe('the verbs at a desk', () => {
  test.beforeEach(async ({ desk, kiosk }) => {
    await desk.take('laud-3');
    await kiosk.speak('et');
    await kiosk.takeNumber('papers', 'papers.submit');
    await expect(desk.row('A001')).toBeVisible();
  });

  test('a visitor who does not come is called twice, then parked with a rejoin window, and can be called again', async ({
    desk,
    dock,
  }) => {
    await desk.press('call-next').click();
    await expect(desk.press('recall')).toBeDisabled();
    await expect(desk.press('no-show')).toBeDisabled();
    await dock.advanceClock(TWO_MINUTES_MS);
    await expect(desk.press('recall')).toBeEnabled();
    await desk.press('recall').click();
    await expect(desk.current).toContainText('kutse 2/2');
    await desk.press('no-show').click();
    await expect(desk.current).toHaveCount(0);
    await expect(desk.row('A001')).toContainText('Ei ilmunud');
    await desk.row('A001').click();
    await desk.press('pick').click();
    await desk.page.getByRole('button', { name: 'Tuli tagasi' }).click();
    await expect(desk.current).toContainText('A001');
  });

  test('a parked visitor comes back to the queue by the timer', async ({ desk, dock }) => {
    await desk.press('call-next').click();
    await desk.press('park').click();
    await desk.page.getByRole('button', { name: 'Täidab vormi' }).click();
    await expect(desk.current).toHaveCount(0);
    await expect(desk.row('A001')).toContainText('Täidab vormi');
    await dock.advanceClock(11 * 60_000);
    await expect(desk.row('A001')).not.toContainText('Täidab vormi');
    await expect(desk.press('why-next')).toContainText('A001');
  });

  test('a transfer keeps the number and carries the note', async ({ desk }) => {
    await desk.press('call-next').click();
    await desk.press('transfer').click();
    await desk.page.getByRole('textbox').fill('Toob juurde sünnitunnistuse');
    await desk.page.getByRole('button', { name: 'Perehüvitised' }).click();
    await expect(desk.current).toHaveCount(0);
    await expect(desk.row('A001')).toContainText('Perehüvitised');
    await expect(desk.row('A001')).toContainText('Toob juurde sünnitunnistuse');
  });

  test('the last act can be taken back', async ({ desk }) => {
    await desk.press('call-next').click();
    await desk.press('begin').click();
    await desk.press('finish').click();
    await desk.press('undo').click();
    await expect(desk.current).toContainText('A001');
    await expect(desk.current).toContainText('Teenindamisel');
  });

  test('a pause stops calling until work goes on', async ({ desk }) => {
    await desk.press('menu').click();
    await desk.press('pause').click();
    await desk.page.getByRole('button', { name: 'Lõuna' }).click();
    await expect(desk.press('call-next')).toBeDisabled();
    await expect(desk.page.getByText('Teie koht on pausil.')).toBeVisible();
    await desk.press('menu').click();
    await desk.press('resume').click();
    await expect(desk.press('call-next')).toBeEnabled();
  });

  test('everything with the keyboard alone', async ({ desk }) => {
    await desk.page.keyboard.press('n');
    await expect(desk.current).toContainText('A001');
    await desk.page.keyboard.press('b');
    await expect(desk.current).toContainText('Teenindamisel');
    await desk.page.keyboard.press('f');
    await expect(desk.current).toHaveCount(0);
  });
});

test('a visitor who cannot use the kiosk gets a number at the information desk, found by a Russian word', async ({
  desk,
}) => {
  await desk.take('lett-1');
  await desk.press('page-triage').click();
  await desk.page.getByRole('searchbox').fill('ребенок родил');
  await desk.press('find-family.birth').click();
  await desk.page.getByRole('button', { name: 'Русский' }).click();
  await desk.page.getByRole('button', { name: 'Väikese lapsega' }).click();
  await desk.press('issue').click();
  await expect(desk.page.getByRole('status').filter({ hasText: 'M001' })).toBeVisible();
  await desk.press('page-desk').click();
  await expect(desk.row('M001')).toContainText('Eelisjärjekord: Väikese lapsega');
  await expect(desk.row('M001')).toContainText('RU');
});
