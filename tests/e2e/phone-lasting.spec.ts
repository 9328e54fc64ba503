import type { Page } from '@playwright/test';
import { visitorsTakePhones } from '../support/display-page.ts';
import { expect, newPage, test } from '../support/office.ts';

/** What happens to a phone in a pocket, and to the public page of waits that stays open. */

const PHONE = { width: 390, height: 844 };

declare global {
  var locksAsked: number;
}

test('a phone that asked too often is not told that another one holds the ticket', async ({ browser, office }) => {
  const [ticket] = await visitorsTakePhones(office.url, 1);
  const phone = await newPage(browser, PHONE);
  const address = `${office.url}/t/${ticket?.phoneToken ?? ''}`;
  await phone.goto(address);
  await expect(phone.getByTestId('withdraw')).toBeVisible();
  const answers: number[] = [];
  phone.on('response', (response) => {
    if (response.url().endsWith('/hold')) answers.push(response.status());
  });
  // Whoever is nervous loads the page again and again.
  while (!answers.includes(429)) await Promise.all([phone.waitForResponse(/\/hold$/), phone.goto(address)]);
  await expect(phone.getByTestId('ticket-number')).toHaveText(ticket?.number ?? '');
  await expect(phone.getByTestId('withdraw')).toBeVisible({ timeout: 60_000 });
  await expect(phone.getByTestId('other-phone')).toHaveCount(0);
  await phone.context().close();
});

test('a number given up in one tab and once more in another is simply gone', async ({ browser, office }) => {
  const [ticket] = await visitorsTakePhones(office.url, 1);
  const first = await newPage(browser, PHONE);
  const second = await first.context().newPage();
  for (const tab of [first, second]) await tab.goto(`${office.url}/t/${ticket?.phoneToken ?? ''}`);
  await second.getByTestId('withdraw').click();
  // The second tab is on its way while the first has already been heard; it hears nothing of that on its own line.
  await second.route('**/board', (route) => route.abort());
  await second.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await first.getByTestId('withdraw').click();
  await first.getByTestId('withdraw-yes').click();
  await expect(gone(first)).toBeVisible();
  await second.getByTestId('withdraw-yes').click();
  await expect(gone(second)).toBeVisible();
  await first.context().close();
});

test('a phone that is looked at again keeps its screen on again', async ({ browser, office }) => {
  const [ticket] = await visitorsTakePhones(office.url, 1);
  const phone = await newPage(browser, PHONE);
  await phone.addInitScript(() => {
    globalThis.locksAsked = 0;
    WakeLock.prototype.request = () => {
      globalThis.locksAsked += 1;
      return Promise.reject(new Error('not here'));
    };
  });
  await phone.goto(`${office.url}/t/${ticket?.phoneToken ?? ''}`);
  await expect(phone.getByTestId('signal')).toBeVisible();
  await lookAgain(phone);
  expect(await locks(phone)).toBe(0);
  await phone.getByTestId('signal').click();
  await expect.poll(() => locks(phone)).toBe(1);
  await lookAgain(phone);
  await expect.poll(() => locks(phone)).toBe(2);
  await phone.context().close();
});

test('a phone with two tickets goes on hearing of the second when the first is no more', async ({
  browser,
  office,
}) => {
  const tickets = await visitorsTakePhones(office.url, 2);
  // The page's own policy would not let the test stand in for the visitor's press.
  const context = await browser.newContext({ viewport: PHONE, bypassCSP: true });
  const phone = await context.newPage();
  const leave = async (token: string): Promise<void> => {
    await phone.goto(`${office.url}/t/${token}`);
    await phone.getByTestId('withdraw').click();
    await phone.getByTestId('withdraw-yes').click();
    await expect(gone(phone)).toBeVisible();
  };
  const workers = (): Promise<number> =>
    phone.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);

  await phone.goto(`${office.url}/t/${tickets[1]?.phoneToken ?? ''}`);
  await expect(phone.getByTestId('withdraw')).toBeVisible();
  await phone.evaluate(async () => {
    await navigator.serviceWorker.register('/phone-worker.js', { scope: '/t/' });
  });
  await leave(tickets[0]?.phoneToken ?? '');
  await phone.goto(`${office.url}/t/${tickets[1]?.phoneToken ?? ''}`);
  await expect(phone.getByTestId('withdraw')).toBeVisible();
  expect(await workers()).toBe(1);
  await leave(tickets[1]?.phoneToken ?? '');
  await expect.poll(workers).toBe(0);
  await context.close();
});

test('the public page of waits says when it knows nothing, and looks again when it is looked at', async ({
  browser,
  office,
}) => {
  const page = await newPage(browser, PHONE);
  await page.goto(`${office.url}/waiting`);
  const waits = page.getByTestId('waiting-office');
  await expect(waits).toBeVisible();

  await page.route('**/waiting.json', (route) => route.fulfill({ status: 503, json: { code: 'outage' } }));
  await lookAgain(page);
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(waits).toHaveCount(0);
  await page.unroute('**/waiting.json');
  await lookAgain(page);
  await expect(waits).toBeVisible();
  await page.context().close();
});

test('a public page of waits that is answered by nobody gives up, and tries again', async ({ browser, office }) => {
  const page = await newPage(browser, PHONE);
  await page.clock.install();
  await page.route('**/waiting.json', () => undefined);
  await page.goto(`${office.url}/waiting`);
  await expect(page.getByRole('heading')).toBeVisible();
  await page.clock.fastForward(15_000);
  await expect(page.getByRole('alert')).toBeVisible();
  await page.unroute('**/waiting.json');
  await page.clock.fastForward(60_000);
  await expect(page.getByTestId('waiting-office')).toBeVisible();
  await page.context().close();
});

function gone(page: Page) {
  return page.getByRole('heading', { name: /See number enam ei kehti|no longer valid/ });
}

function locks(page: Page): Promise<number> {
  return page.evaluate(() => globalThis.locksAsked);
}

async function lookAgain(page: Page): Promise<void> {
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
}
