import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { DeskPage, expect, newPage, test } from '../support/office.ts';

const GOOD = 'kolmteist hobust jões';

/** The head's section about colleagues. */
async function openStaff(page: Page): Promise<void> {
  await page.getByTestId('page-office').click();
  await page.getByTestId('section-staff').click();
  await expect(page.getByTestId('colleagues')).toBeVisible();
}

/** Makes an account. @returns its one-time link */
async function newColleague(page: Page, username: string, name: string): Promise<string> {
  await page.getByTestId('new-colleague').click();
  await page.locator('[name=colleague-name]').fill(name);
  await page.locator('[name=colleague-username]').fill(username);
  await page.getByTestId('choice-info').click();
  await page.getByTestId('create-colleague').click();
  const link = await page.getByTestId('one-time-link').innerText();
  await page.getByTestId('link-done').click();
  return link;
}

async function accept(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.locator('[name=passphrase]').fill(GOOD);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await page.getByTestId('sign-in').click();
}

async function passphraseIn(page: Page, username: string): Promise<void> {
  await page.locator('[name=username]').fill(username);
  await page.locator('[name=passphrase]').fill(GOOD);
  await page.getByTestId('sign-in').click();
}

test('the head makes an account, the colleague takes the link, and is out at once when the account is closed', async ({
  desk,
  browser,
}) => {
  await openStaff(desk.page);
  const link = await newColleague(desk.page, 'mari', 'Mari Maasikas');
  await expect(desk.page.getByTestId('person-mari')).toContainText('Link on väljas');

  const page = await newPage(browser, { width: 1280, height: 800 });
  await accept(page, link);
  await expect(page.getByTestId('menu')).toContainText('Mari Maasikas');
  expect(page.url()).not.toContain('#');

  await desk.page.getByTestId('page-desk').click();
  await openStaff(desk.page);
  await desk.page.getByTestId('person-mari').click();
  await desk.page.getByTestId('disable').click();
  await expect(page.getByTestId('sign-in')).toBeVisible();
  await expect(page.locator('body')).not.toContainText('Mari Maasikas');
  await page.context().close();
});

test('a passkey is made where the office asks for one, and signs in; a recovery code does when it is lost', async ({
  desk,
  browser,
}) => {
  await openStaff(desk.page);
  await desk.page.getByTestId('second-factor-required').check();
  const link = await newColleague(desk.page, 'jaan', 'Jaan Jõgi');

  const page = await newPage(browser, { width: 800, height: 1280 });
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await accept(page, link);
  await expect(page.getByTestId('enrol-back')).toBeVisible();
  await page.getByTestId('factor-passkey').click();
  await page.locator('[name=passkey-name]').fill('Leti tahvel');
  await page.getByTestId('factor-confirm').click();
  const codes = (await page.getByTestId('recovery-codes').innerText()).split('\n');
  await expect(page.getByTestId('enrol-back')).toHaveCount(0);
  await page.getByTestId('codes-written').click();
  await expect(page.getByTestId('menu')).toContainText('Jaan Jõgi');

  await page.getByTestId('menu').click();
  await page.getByTestId('sign-out').click();
  await passphraseIn(page, 'jaan');
  await page.getByTestId('use-passkey').click();
  await expect(page.getByTestId('menu')).toBeVisible();

  const elsewhere = await newPage(browser, { width: 390, height: 844 });
  await elsewhere.goto(new URL('/console/', page.url()).href);
  await passphraseIn(elsewhere, 'jaan');
  await elsewhere.getByTestId('other-way').click();
  await elsewhere.locator('[name=code]').fill(codes[0] ?? '');
  await elsewhere.getByTestId('second-submit').click();
  await expect(elsewhere.getByTestId('menu')).toBeVisible();

  await page.getByTestId('menu').click();
  await page.getByTestId('account').click();
  await expect(page.getByTestId('sessions').getByRole('listitem')).toHaveCount(2);
  await page.getByTestId('end-others').click();
  await expect(elsewhere.getByTestId('sign-in')).toBeVisible();
  await page.getByTestId('remove-passkey').click();
  await expect(page.getByTestId('refusal')).toContainText('teist tegurit');
  await page.context().close();
  await elsewhere.context().close();
});

test('a locked tablet shows nobody’s affairs; a colleague takes the desk over with the visitor at it', async ({
  desk,
  kiosk,
}) => {
  const { page } = desk;
  await openStaff(page);
  const link = await newColleague(page, 'mari', 'Mari Maasikas');
  const colleague = await newPage(page.context().browser() ?? never(), { width: 1280, height: 800 });
  await accept(colleague, link);
  await expect(colleague.getByTestId('menu')).toBeVisible();
  await colleague.context().close();

  await page.getByTestId('page-desk').click();
  await desk.take('laud-2');
  await kiosk.speak('et');
  const number = await kiosk.takeNumber('family', 'family.birth');
  await expect(desk.row(number)).toBeVisible();
  await desk.press('call-next').click();
  await expect(desk.current).toContainText(number);

  await page.getByTestId('lock').click();
  await expect(page.getByTestId('locked')).toContainText('Laud 2');
  await expect(page.locator('body')).not.toContainText(number);

  await page.getByTestId('other-person').click();
  await passphraseIn(page, 'mari');
  await expect(page.getByTestId('take-over')).toBeVisible();
  await page.getByTestId('take-over').click();
  await expect(desk.current).toContainText(number);

  await page.getByTestId('menu').click();
  await page.getByTestId('sign-out').click();
  await expect(page.getByRole('dialog')).toContainText(number);
  await page.getByTestId('sign-out-anyway').click();
  await expect(page.getByTestId('sign-in')).toBeVisible();
  const again = new DeskPage(page, new URL(page.url()).origin);
  await again.signIn();
  await expect(page.getByTestId('desk-laud-2')).toContainText('vaba');
});

test('the person who locked goes on with the passphrase where they were', async ({ desk }) => {
  await desk.take('laud-3');
  await desk.page.getByTestId('lock').click();
  await desk.page.reload();
  await expect(desk.page.getByTestId('locked')).toContainText('Liis Mets · Laud 3');
  await desk.page.locator('[name=passphrase]').fill('vale vale vale vale');
  await desk.page.getByTestId('unlock').click();
  await expect(desk.page.getByTestId('refusal')).toBeVisible();
  await desk.page.locator('[name=passphrase]').fill('rohelised metsad');
  await desk.page.getByTestId('unlock').click();
  await expect(desk.press('call-next')).toBeVisible();
});

test('the screens about signing in are accessible: colleagues, one of them, account, lock, sign-in', async ({
  desk,
}) => {
  const { page } = desk;
  const violations = async (): Promise<readonly string[]> => {
    const { violations: found } = await new AxeBuilder({ page }).analyze();
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  };
  await openStaff(page);
  await expect(page.getByTestId('person-liis')).toBeVisible();
  expect(await violations()).toEqual([]);
  await page.getByTestId('person-maie').click();
  expect(await violations()).toEqual([]);
  await page.getByTestId('menu').click();
  await page.getByTestId('account').click();
  await expect(page.getByTestId('sessions')).toBeVisible();
  await page.getByTestId('add-factor').click();
  await page.getByTestId('factor-app').click();
  await expect(page.getByTestId('totp-secret')).toBeVisible();
  expect(await violations()).toEqual([]);
  await page.getByTestId('close').click();
  await page.getByTestId('lock').click();
  await expect(page.getByTestId('locked')).toBeVisible();
  expect(await violations()).toEqual([]);
  await page.getByTestId('other-person').click();
  expect(await violations()).toEqual([]);
});

function never(): never {
  throw new Error('the page has a browser');
}

test('a passphrase is hidden and may be pasted, so that a password manager can keep it', async ({ desk, browser }) => {
  const page = await newPage(browser, { width: 800, height: 1280 });
  await page.goto(desk.page.url());
  const passphrase = page.locator('[name=passphrase]');
  await expect(passphrase).toHaveAttribute('type', 'password');
  await expect(passphrase).toHaveAttribute('autocomplete', 'current-password');
  const username = page.locator('[name=username]');
  await username.fill('rohelised metsad');
  await username.press('Control+A');
  await username.press('Control+C');
  await passphrase.press('Control+V');
  await username.fill('liis');
  await page.getByTestId('sign-in').click();
  await expect(page.getByTestId('menu')).toBeVisible();
  await page.context().close();
});
