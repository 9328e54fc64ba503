import { randomUUID } from 'node:crypto';
import type { CDPSession, Page } from '@playwright/test';
import { connect, pair } from '../support/clients.ts';
import { expect, newPage, test } from '../support/office.ts';
import { PushService } from '../support/push-service.ts';

/** What a lock screen shows of a call. */
const CALLED = {
  et: { title: 'Teie kord', body: 'Avage oma number, et näha, kuhu minna.' },
  en: { title: 'It is your turn', body: 'Open your number to see where to go.' },
  ru: { title: 'Ваша очередь', body: 'Откройте свой номер, чтобы узнать, куда идти.' },
} as const;

test.use({ settings: { PUSH_SERVICES: '127.0.0.1' } });

test('a phone whose page may be closed is told in its language that it is called', async ({
  office,
  desk,
  browser,
}) => {
  test.setTimeout(180_000);
  await desk.take('laud-3');
  const { socket } = await connect(office.url, 'kiosk', await pair(office.url, 'kiosk'));
  for (const language of ['et', 'en', 'ru'] as const) {
    const push = new PushService();
    await push.start();
    const issued = await socket.emitWithAck('ticket:issue', {
      requestId: randomUUID(),
      needId: 'papers.submit',
      language,
    });
    if (!issued.ok) throw new Error(issued.error.code);
    const { number, phoneToken } = issued.value;
    const phone = await newPage(browser, { width: 390, height: 844 });
    await phone.context().grantPermissions(['notifications'], { origin: office.url });
    await phone.addInitScript(subscribesAt, push.subscription);
    // Whoever presses before the office has said that it sends messages gets them all the same.
    const pressed = Promise.withResolvers<undefined>();
    await phone.route('**/hold', (route) => pressed.promise.then(() => route.continue()));
    await phone.goto(`${office.url}/t/${phoneToken}`);
    const { session, registered } = await workersOf(phone);
    await phone.getByTestId('signal').click();
    await expect(phone.getByTestId('signal')).toHaveCount(0);
    pressed.resolve(undefined);
    await expect.poll(() => phone.evaluate(workerState)).toBe('activated');
    await expect(phone.getByTestId('messages')).toBeVisible();

    await desk.press('call-next').click();
    await expect(desk.current).toContainText(number);
    await expect.poll(() => push.arrived.at(-1)?.opened.title).toBe(CALLED[language].title);
    const registrationId = await registered;
    const data = JSON.stringify(push.arrived.at(-1)?.opened);
    // The browser under test now and then drops what its driver delivers, so it is delivered until it is there.
    await expect(async () => {
      await session.send('ServiceWorker.deliverPushMessage', { origin: office.url, registrationId, data });
      await expect
        .poll(() => phone.evaluate(notifications), { timeout: 3_000 })
        .toEqual([{ ...CALLED[language], page: `/t/${phoneToken}` }]);
    }).toPass({ timeout: 60_000 });

    // The ticket is no more: nothing of it stays in the browser.
    await desk.press('begin').click();
    await desk.press('finish').click();
    await expect.poll(() => phone.evaluate(workerState)).toBe('none');
    await phone.context().close();
    await push.stop();
  }
  socket.close();
});

/** The browser's own push service is out of reach here: its answer to the page is that of ours. Runs in the page. */
function subscribesAt(subscription: PushService['subscription']): void {
  PushManager.prototype.subscribe = async (options) => {
    if (options?.userVisibleOnly !== true) throw new Error('a message that shows nothing is not allowed');
    return { toJSON: () => subscription } as unknown as PushSubscription;
  };
}

/** @returns a way to the browser's workers, and the name of the phone page's own, once it is there */
async function workersOf(page: Page): Promise<{ readonly session: CDPSession; readonly registered: Promise<string> }> {
  const session = await page.context().newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [own] = registrations.filter(({ scopeURL }) => new URL(scopeURL).pathname === '/t/');
      if (own) resolve(own.registrationId);
    });
  });
  await session.send('ServiceWorker.enable');
  return { session, registered };
}

/** Runs in the page. */
async function workerState(): Promise<string> {
  const registration = await navigator.serviceWorker.getRegistration('/t/');
  return registration?.active?.state ?? 'none';
}

/** Runs in the page. */
async function notifications() {
  const registration = await navigator.serviceWorker.getRegistration('/t/');
  const shown = (await registration?.getNotifications()) ?? [];
  return shown.map(({ title, body, data }) => ({ title, body, page: (data as { page: string }).page }));
}
