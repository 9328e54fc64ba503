import type { CDPSession, Locator } from '@playwright/test';
import { DeskPage, expect, KioskPage, test } from '../support/office.ts';

/** What fingers do that a careful tester does not: many taps, two fingers, one that stays; and a page that dies under them. */
const TAPS = 10;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a finger comes down; a screen that has only just come does not listen yet. */
async function middleOf(key: Locator): Promise<Point> {
  await key.scrollIntoViewIfNeeded();
  await expect.poll(() => key.evaluate((one) => one.closest('[inert]') === null)).toBe(true);
  const box = await key.boundingBox();
  if (!box) throw new Error('the key is not on the screen');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** The touch panel itself: each id is one finger. */
async function panelOf(kiosk: KioskPage): Promise<CDPSession> {
  return kiosk.page.context().newCDPSession(kiosk.page);
}

/** At the end `points` are the fingers that are lifted; none: all of them. */
function touch(panel: CDPSession, type: 'touchStart' | 'touchEnd' | 'touchCancel', points: readonly Point[]) {
  const touchPoints = points.map((point) => ({ ...point, id: Math.round(point.x * 10_000 + point.y) }));
  return panel.send('Input.dispatchTouchEvent', { type, touchPoints });
}

/** As fast as the panel takes them: nobody waits for the page between two taps. */
async function tap(panel: CDPSession, point: Point, times = 1): Promise<void> {
  const sent = Array.from({ length: times }, () => [touch(panel, 'touchStart', [point]), touch(panel, 'touchEnd', [])]);
  await Promise.all(sent.flat());
}

async function toTheLeaf(kiosk: KioskPage): Promise<Locator> {
  await kiosk.speak('et');
  await kiosk.need('papers').click();
  await kiosk.need('papers.submit').click();
  const take = kiosk.page.getByTestId('take-ticket');
  await expect(take).toBeVisible();
  return take;
}

test('ten taps on "Take a number" are one number, and the next visitor is not kept out', async ({ kiosk, desk }) => {
  await desk.take('laud-3');
  const take = await toTheLeaf(kiosk);
  const panel = await panelOf(kiosk);
  const point = await middleOf(take);
  await tap(panel, point, TAPS);
  await expect(kiosk.number).toHaveText('A001');
  await expect(desk.row('A001')).toBeVisible();
  await kiosk.open();
  await kiosk.speak('et');
  expect(await kiosk.takeNumber('papers', 'papers.submit')).toBe('A002');
  await expect(desk.row('A002')).toBeVisible();
});

test('two taps on a topic choose the topic, and nothing that comes to lie under the finger', async ({ kiosk }) => {
  await kiosk.speak('et');
  const panel = await panelOf(kiosk);
  const point = await middleOf(kiosk.need('papers'));
  await tap(panel, point, 2);
  await expect(kiosk.need('papers.submit')).toBeVisible();
});

test('two fingers on two needs choose one', async ({ kiosk }) => {
  await kiosk.speak('et');
  const panel = await panelOf(kiosk);
  const first = await middleOf(kiosk.need('papers'));
  const second = await middleOf(kiosk.need('pension'));
  await touch(panel, 'touchStart', [first, second]);
  await touch(panel, 'touchEnd', [first]);
  await touch(panel, 'touchEnd', [second]);
  await expect(kiosk.need('papers.submit')).toBeVisible();
  await expect(kiosk.page.getByTestId('take-ticket')).toHaveCount(0);
});

test('a finger that rests on the screen, or a touch that the panel takes back, keeps nobody from pressing', async ({
  kiosk,
}) => {
  const take = await toTheLeaf(kiosk);
  const panel = await panelOf(kiosk);
  const point = await middleOf(take);
  await touch(panel, 'touchStart', [point]);
  await touch(panel, 'touchCancel', []);
  await expect(kiosk.number).toHaveCount(0);
  const corner = { x: 20, y: 1_900 };
  await touch(panel, 'touchStart', [corner]); // somebody leans on the frame
  await touch(panel, 'touchStart', [corner, point]);
  await touch(panel, 'touchEnd', [point]);
  await expect(kiosk.number).toHaveText('A001');
  await touch(panel, 'touchEnd', []);
});

test('the page of a kiosk crashes under a visitor: the office sees it, and the next page knows nothing of the visit', async ({
  office,
  kiosk,
  desk,
  dock,
}) => {
  await desk.take('laud-3');
  await kiosk.speak('ru');
  const number = await kiosk.takeNumber('papers', 'papers.submit');
  await expect.poll(() => dock.slips()).toBe(1);
  const { page } = kiosk;
  const crashed = page.waitForEvent('crash');
  void page
    .context()
    .newCDPSession(page)
    .then((session) => session.send('Page.crash'))
    .catch(() => undefined); // nobody answers any more
  await crashed;
  // What the watchdog of a real kiosk reads before it starts the browser again.
  const state = async (): Promise<unknown> => {
    const { devices } = (await office.health()) as unknown as { devices: readonly { kind: string; state: string }[] };
    return devices.find(({ kind }) => kind === 'kiosk')?.state;
  };
  await expect.poll(state).toBe('trouble');

  const again = new KioskPage(await page.context().newPage(), office.url);
  await again.open();
  await expect(again.page.getByTestId('lang-et').first()).toBeVisible();
  await expect(again.page.locator('html')).toHaveAttribute('lang', 'et');
  await expect(again.page.getByText(number)).toHaveCount(0);
  await expect.poll(state).toBe('ok');
  await expect(desk.row(number)).toBeVisible();
  await reprinted(desk, number);
  await expect.poll(() => dock.slips()).toBe(2);
  await again.speak('et');
  expect(await again.takeNumber('papers', 'papers.submit')).toBe('A002');
});

async function reprinted(desk: DeskPage, number: string): Promise<void> {
  await desk.row(number).click();
  await desk.press('row-slip').click();
}
