import { randomUUID } from 'node:crypto';
import type { DeskId, ServiceId } from '../../server/domain/ids.ts';
import { connect } from '../support/clients.ts';
import { visitorsTakeNumbers } from '../support/display-page.ts';
import { expect, newPage, test, type DeskPage } from '../support/office.ts';

test('a display of one area shows the calls of its own desks, and no others', async ({ office, desk, browser }) => {
  test.setTimeout(120_000);
  const cookies = await desk.page.context().cookies();
  const session = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const { socket } = await connect(office.url, 'console', session);
  const area = (id: string, deskId: string) => ({
    id,
    names: { et: `${id}. korrus`, en: `Floor ${id}`, ru: `Этаж ${id}` },
    deskIds: [deskId as DeskId],
    serviceIds: [] as ServiceId[],
  });
  const areas = [area('1', 'laud-3'), area('2', 'laud-4')];
  expect(await socket.emitWithAck('hall:set-areas', { requestId: randomUUID(), areas })).toMatchObject({ ok: true });
  socket.disconnect();

  const own = await newPage(browser, { width: 1280, height: 720 });
  const other = await newPage(browser, { width: 1280, height: 720 });
  await own.goto(`${office.url}/display?zone=1`);
  await other.goto(`${office.url}/display?zone=2`);
  for (const page of [own, other]) await expect(page.getByTestId('stale')).toHaveCount(0);
  await expect(other.getByText('2. korrus').first()).toBeVisible();
  await desk.take('laud-3');
  const [first = '', second = ''] = await visitorsTakeNumbers(office.url, 2);
  await desk.press('call-next').click();
  await expect(own.getByTestId('now-calling')).toContainText(first);
  // The other display has the board of this call too, and one of its own comes after it.
  await desk.press('begin').click();
  await desk.press('finish').click();
  await desk.press('call-next').click();
  await expect(own.getByText(second, { exact: true }).first()).toBeVisible();
  await expect(other.getByText(first, { exact: true })).toHaveCount(0);
  await expect(other.getByText(second, { exact: true })).toHaveCount(0);
  for (const page of [own, other]) await page.context().close();
});

test('a display that may not play sound says so, on itself and on the console, until it is touched; then it is tested', async ({
  office,
  desk,
  browser,
}) => {
  test.setTimeout(120_000);
  const display = await newPage(browser, { width: 1280, height: 720 });
  await display.addInitScript(soundNeedsTouch);
  await display.goto(`${office.url}/display`);
  await expect(display.getByTestId('no-sound')).toBeVisible();
  await toHall(desk);
  await expect(desk.press('display-sound')).toHaveText(/brauser ei luba heli/);

  await display.mouse.click(600, 300);
  await expect(display.getByTestId('no-sound')).toHaveCount(0);
  await expect(desk.press('display-sound')).toHaveText(/kuuldav/);
  await desk.press('test-sound').click();
  await expect(desk.press('display-sound')).toHaveText(/kuuldav\s*· proovitud kell/);
  await expect(desk.press('display-sound')).not.toHaveText(/puudu/);
  await display.context().close();
});

/** As a browser does it: whoever steers one from outside counts as a touch for it, so the rule is made here. Runs in the page. */
function soundNeedsTouch(): void {
  let touched = false;
  addEventListener('pointerdown', () => (touched = true), { capture: true });
  globalThis.AudioContext = class extends AudioContext {
    override get state(): AudioContextState {
      return touched ? super.state : 'suspended';
    }

    override resume(): Promise<void> {
      return touched ? super.resume() : new Promise(() => undefined);
    }
  };
}

async function toHall(desk: DeskPage): Promise<void> {
  await desk.press('page-office').click();
  await desk.press('section-hall').click();
}
