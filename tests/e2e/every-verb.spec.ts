import type { Page } from '@playwright/test';
import { DeskPage, expect, KioskPage, newPage, test } from '../support/office.ts';
import { newTablet, withFinger, withKeys, type Hands } from '../support/hands.ts';

const TWO_MINUTES_MS = 2 * 60_000 + 1_000;

/** Every verb of a desk, one after the other, on three visitors. */
async function allVerbs(
  { page, press, write, choose }: Hands,
  advanceClock: (ms: number) => Promise<void>,
): Promise<void> {
  const current = page.getByTestId('current-ticket');
  const row = (number: string) => page.getByTestId(`row-${number}`);

  await press('desk-laud-3');
  await press('call-next');
  await expect(current).toContainText('A001');
  await advanceClock(TWO_MINUTES_MS);
  await press('recall');
  await expect(current).toContainText('kutse 2/2');
  await press('no-show');
  await expect(row('A001')).toContainText('Ei ilmunud');
  await press('row-A001');
  await press('pick');
  await press('reason-returned');
  await expect(current).toContainText('A001');
  await press('begin');
  await expect(current).toContainText('Teenindamisel');
  await choose('resolution', 'Nõustatud');
  await press('finish');
  await expect(current).toHaveCount(0);
  await press('undo');
  await expect(current).toContainText('A001');

  await press('note');
  await write('note-text', 'Tuleb tagasi');
  await press('save-note');
  await expect(page.getByText('Tuleb tagasi').first()).toBeVisible();
  await press('park');
  await press('reason-form');
  await expect(row('A001')).toContainText('Täidab vormi');
  await press('row-A001');
  await press('return');
  await expect(row('A001')).not.toContainText('Täidab vormi');

  await press('call-next');
  await expect(current).toContainText('A001');
  await press('transfer');
  await press('send-pension');
  await expect(row('A001')).toContainText('Pensionid');
  await press('row-A001');
  await press('row-transfer');
  await press('to-person');
  await press('send-staff-maie');
  await expect(row('A001')).toContainText('ootab: Maie Lepik');

  await press('row-A002');
  await press('row-merge');
  await press('merge-into-A003');
  await expect(row('A002')).toHaveCount(0);
  await press('call-next');
  await expect(current).toContainText('A003');
  await press('triage');
  await press('topic-family');
  await press('find-family.birth');
  await press('save-triage');
  await expect(current).toContainText('A003');
  await expect(page.getByText('Laps sündis').first()).toBeVisible();
  await press('withdraw');
  await expect(current).toHaveCount(0);

  await press('pause-desk');
  await press('reason-lunch');
  await expect(page.getByText(/Lõuna · kuni/).first()).toBeVisible();
  await press('resume-desk');
  await press('menu');
  await press('change-desk');
  await press('desk-lett-1');
  await expect(page.getByTestId('menu')).toContainText('Lett 1');
  await press('page-overview');
  await expect(page.getByTestId('own-day')).toContainText('A003');
}

async function threeVisitors(kiosk: KioskPage): Promise<void> {
  for (let i = 0; i < 3; i++) {
    await kiosk.open();
    await kiosk.speak('et');
    await kiosk.takeNumber('papers', 'papers.submit');
  }
}

test('every verb of a desk with the keyboard alone', async ({ desk, kiosk, dock }) => {
  test.setTimeout(400_000);
  await threeVisitors(kiosk);
  await allVerbs(withKeys(desk.page), dock.advanceClock);
});

test('every verb of a desk with a finger alone', async ({ office, browser, kiosk, dock }) => {
  test.setTimeout(400_000);
  const page = await newTablet(browser);
  await new DeskPage(page, office.url).makeFirstAccount(office.signInToken ?? '');
  await threeVisitors(kiosk);
  await allVerbs(withFinger(page), dock.advanceClock);
  await page.context().close();
});

/** Who comes to the reception in a quarter of an hour, what staff type or tap, and what becomes of it. */
const VISITORS: readonly { readonly says: string; readonly taps: readonly string[] }[] = [
  { says: 'pension', taps: ['find-pension.old_age', 'issue'] },
  { says: 'sünd', taps: ['find-family.birth', 'issue'] },
  { says: 'справка', taps: ['find-papers.certificate', 'issue'] },
  { says: '', taps: ['way-unsure'] },
  { says: '', taps: ['topic-papers', 'find-papers.submit', 'issue'] },
  { says: '', taps: ['topic-papers', 'find-papers.submit', 'choice-infant', 'issue'] },
  { says: 'ребенок', taps: ['find-family.birth', 'choice-fetch', 'issue'] },
  { says: '', taps: ['answered'] },
  { says: 'maintenance', taps: ['find-family.maintenance_enforcement', 'referred'] },
  { says: '', taps: ['way-private'] },
  { says: 'a1', taps: ['find-international.a1', 'choice-en', 'issue'] },
  { says: '', taps: ['referred', 'refer-other'] },
  { says: 'VANADUS', taps: ['find-pension.old_age', 'choice-senior', 'choice-visual-only', 'issue'] },
  { says: '', taps: ['topic-pension', 'find-pension.old_age', 'issue'] },
  { says: 'handing', taps: ['find-papers.submit', 'issue'] },
];

test('fifteen visitors at the reception: at most four taps each', async ({ office, browser }) => {
  test.setTimeout(400_000);
  const page = await newTablet(browser);
  await new DeskPage(page, office.url).makeFirstAccount(office.signInToken ?? '');
  await page.getByTestId('desk-lett-1').tap();
  await page.getByTestId('page-triage').tap();
  await countTaps(page);
  const tapped: number[] = [];
  for (const { says, taps } of VISITORS) {
    const before = await tapsSoFar(page);
    if (says !== '') await page.getByRole('searchbox').pressSequentially(says);
    for (const testId of taps) {
      const key = page.getByTestId(testId);
      await expect(key).not.toHaveAttribute('aria-disabled', 'true');
      await key.tap();
    }
    await expect(page.getByTestId('done').or(page.getByTestId('given-number')).first()).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByRole('searchbox')).toHaveValue('');
    tapped.push((await tapsSoFar(page)) - before);
  }
  expect(tapped).toHaveLength(15);
  expect(Math.max(...tapped)).toBeLessThanOrEqual(4);
  await page.getByTestId('page-desk').tap();
  const numbered = VISITORS.filter(({ taps }) => taps.at(-1) === 'issue' || taps.at(-1)?.startsWith('way-')).length;
  await expect(page.getByRole('heading', { name: `Ootel ${numbered}` })).toBeVisible();
  await page.context().close();
});

/** Counts every touch that reaches the page. */
async function countTaps(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.documentElement.dataset.taps = '0';
    addEventListener('touchstart', () => {
      const { dataset } = document.documentElement;
      dataset.taps = String(Number(dataset.taps) + 1);
    });
  });
}

function tapsSoFar(page: Page): Promise<number> {
  return page.evaluate(() => Number(document.documentElement.dataset.taps));
}

test('the head forbids calling out of order, and says so in the history', async ({ desk, kiosk, browser, office }) => {
  await threeVisitors(kiosk);
  await desk.take('laud-3');
  await desk.page.getByTestId('page-office').click();
  await desk.press('section-rules').click();
  await desk.press('rule-mayCallOutOfOrder').click();
  await desk.press('promise-info').fill('15');
  await desk.press('save-rules').click();
  await expect(desk.press('rule-history')).toContainText('Tohib kutsuda väljaspool järjekorda: jah → ei');
  await expect(desk.press('rule-history')).toContainText('Infolett, tavajärjekord: 10 min → 15 min');
  await expect(desk.press('rule-history')).toContainText('Liis Mets');
  await desk.press('page-desk').click();
  await desk.row('A003').click();
  await expect(desk.page.getByText('Selles esinduses kutsutakse ainult järjekorras.')).toBeVisible();
  await expect(desk.press('pick')).toHaveAttribute('aria-disabled', 'true');
  const other = await newPage(browser, { width: 1280, height: 800 });
  await other.context().addCookies(await desk.page.context().cookies());
  await other.goto(`${office.url}/console/`);
  await expect(other.getByTestId('row-A003')).toBeVisible();
  await other.context().close();
});
