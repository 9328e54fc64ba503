import { expect, test } from '../support/office.ts';

const VISITS = [
  { language: 'et', topic: 'papers', leaf: 'papers.submit', need: 'Annan dokumendi', says: 'Laud 3' },
  { language: 'en', topic: 'family', leaf: 'family.birth', need: 'Laps sündis', says: 'Ticket' },
  { language: 'ru', topic: 'international', leaf: 'international.a1', need: 'Tõend A1', says: 'Номер' },
] as const;

for (const { language, topic, leaf, need, says } of VISITS) {
  test(`one visit in ${language}: a tap, a slip, a call`, async ({ kiosk, desk, display, dock }) => {
    await desk.take('laud-3');
    await kiosk.speak(language);
    const number = await kiosk.takeNumber(topic, leaf);
    expect(number).toMatch(/^[AMR]001$/);
    await expect(kiosk.page.locator('html')).toHaveAttribute('lang', language);
    await expect.poll(dock.slips).toBe(1);

    await expect(desk.row(number)).toContainText(language.toUpperCase());
    await expect(desk.row(number)).toContainText(need);
    await expect(desk.press('why-next')).toContainText(number);
    await desk.press('call-next').click();

    const calling = display.getByTestId('now-calling');
    await expect(calling).toContainText(number);
    await expect(calling).toContainText('Laud 3');
    await expect(calling).toContainText(says);
    await expect(desk.row(number)).toHaveCount(0);

    await desk.press('begin').click();
    await desk.press('finish').click();
    await expect(desk.current).toHaveCount(0);
    // the plate keeps a call for as long as an announcement lasts; then it stands among the last calls
    await expect(display.getByTestId(`call-${number}`)).toBeVisible({ timeout: 30_000 });
    await expect(calling).toHaveCount(0);
  });
}

test('switching the language keeps the step', async ({ kiosk }) => {
  await kiosk.speak('et');
  await kiosk.need('pension').click();
  await kiosk.need('pension.old_age').click();
  await expect(kiosk.page.getByRole('heading', { level: 1 })).toContainText('Vanaduspension');
  await kiosk.page.getByTestId('lang-ru').click();
  await expect(kiosk.page.getByRole('heading', { level: 1 })).toContainText('Пенсия по старости');
  await kiosk.page.getByTestId('lang-en').click();
  await expect(kiosk.page.getByRole('heading', { level: 1 })).toContainText('Old-age pension');
});

test('call a person from any screen: the console hears, goes, and the kiosk says so', async ({ kiosk, desk }) => {
  await desk.take('lett-1');
  await kiosk.speak('ru');
  await kiosk.page.getByTestId('help').click();
  const alert = desk.page.getByRole('alert').filter({ hasText: 'Külastaja kutsub abi' });
  await expect(alert).toContainText('RU');
  await alert.getByRole('button', { name: 'Lähen' }).click();
  await expect(kiosk.page.getByText(/Сотрудник (идёт|подойдёт|уже)/).first()).toBeVisible();
  await alert.getByRole('button', { name: 'Aidatud' }).click();
  await expect(alert).toHaveCount(0);
});

test('a need that is not done here is named, and advice is still offered', async ({ kiosk }) => {
  await kiosk.speak('en');
  await kiosk.need('family').click();
  await kiosk.need('family.maintenance_enforcement').click();
  await expect(kiosk.page.getByText('Bailiff', { exact: false }).first()).toBeVisible();
  await expect(kiosk.page.getByTestId('take-ticket')).toBeVisible();
});
