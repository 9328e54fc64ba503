import { openFastDisplay } from '../hall/fast-display.ts';
import {
  openWatchedDisplay,
  platesSeen,
  soundsStarted,
  visitorsTakeNumbers,
  visitorsTakePhones,
} from '../support/display-page.ts';
import { expect, newPage, test } from '../support/office.ts';

/** "Ticket A one, please go to desk three", and the same in Estonian, whose sentence has a word after the place. */
const RECORDINGS_PER_CALL = 5 + 6;
/** Longer than five announcements (milliseconds). */
const ALL_SAID_MS = 120_000;

test('five calls at once are five announcements, each alone on the plate, in order, in two languages', async ({
  office,
  desk,
  browser,
}) => {
  test.setTimeout(120_000);
  const hall = await newPage(browser, { width: 1920, height: 1080 });
  // In a time of its own: on a machine so busy that the page stands still for 10 s, the display gives its line up, and
  // afterwards tells only of those who are still awaited. That is right, and not what is looked at here.
  await openFastDisplay(hall, office.url);
  await expect(hall.getByTestId('stale')).toHaveCount(0);
  await desk.take('laud-3');
  const numbers = await visitorsTakeNumbers(office.url, 5);
  for (const number of numbers) {
    await expect(desk.row(number)).toBeVisible();
    await desk.press('call-next').click();
    await desk.press('begin').click();
    await desk.press('finish').click();
  }
  // All are on the screen at once: who reads need not wait for the voice.
  for (const number of numbers) await expect(hall.getByText(number, { exact: true }).first()).toBeVisible();
  // The page's own time would outrun the loading of its recordings, which takes real time: it passes in small steps.
  const spoken = (): Promise<readonly number[]> =>
    hall.evaluate(async () => {
      await globalThis.hallAdvance(1_000);
      return globalThis.hallSpoken.map(({ length }) => length);
    });
  await expect.poll(spoken, { timeout: 60_000 }).toEqual(numbers.map(() => RECORDINGS_PER_CALL));
  await hall.evaluate((ms) => globalThis.hallAdvance(ms), ALL_SAID_MS);
  await expect(hall.getByTestId('now-calling')).toHaveCount(0);
  const told = await hall.evaluate(() => ({ shown: globalThis.hallShown, spoken: globalThis.hallSpoken }));
  expect(told.shown).toEqual(numbers);
  expect(told.spoken.map((recordings) => recordings.length)).toEqual(numbers.map(() => RECORDINGS_PER_CALL));
  await hall.context().close();
});

test('a call is played as sound, whole, as often as it is said', async ({ office, desk, browser }) => {
  test.setTimeout(120_000);
  const hall = await newPage(browser, { width: 1920, height: 1080 });
  await openWatchedDisplay(hall, office.url);
  await expect(hall.getByTestId('stale')).toHaveCount(0);
  await expect(hall.getByTestId('no-sound')).toHaveCount(0);
  await desk.take('laud-3');
  await visitorsTakeNumbers(office.url, 1);
  await desk.press('call-next').click();
  await expect.poll(() => soundsStarted(hall), { timeout: 60_000 }).toBeGreaterThan(0);
  expect((await soundsStarted(hall)) % RECORDINGS_PER_CALL).toBe(0);
  await hall.context().close();
});

test('a display that lost its line shows no call, and announces on return only who is still awaited', async ({
  office,
  desk,
  browser,
}) => {
  test.setTimeout(120_000);
  const hall = await newPage(browser, { width: 1920, height: 1080 });
  await openWatchedDisplay(hall, office.url);
  await desk.take('laud-3');
  const [gone = '', awaited = ''] = await visitorsTakeNumbers(office.url, 2);
  await hall.context().setOffline(true);
  await expect(hall.getByTestId('stale')).toBeVisible({ timeout: 20_000 });
  await desk.press('call-next').click();
  await desk.press('begin').click();
  await desk.press('finish').click();
  await expect(desk.row(gone)).toHaveCount(0);
  await desk.press('call-next').click();
  await expect(desk.current).toContainText(awaited);
  expect(await platesSeen(hall)).toEqual([]);
  await hall.context().setOffline(false);
  await expect(hall.getByTestId('now-calling')).toContainText(awaited, { timeout: 20_000 });
  expect(await platesSeen(hall)).toEqual([awaited]);
  await hall.context().close();
});

test('the phone follows its ticket: waiting, called to a desk, and out of the queue', async ({
  office,
  desk,
  browser,
}) => {
  await desk.take('laud-3');
  const [first, second] = await visitorsTakePhones(office.url, 2);
  const phone = await newPage(browser, { width: 390, height: 844 });
  await phone.goto(`${office.url}/t/${first?.phoneToken ?? ''}`);
  await expect(phone.getByTestId('ticket-number')).toHaveText(first?.number ?? '');
  await desk.press('call-next').click();
  await expect(phone.getByTestId('called')).toContainText('Desk 3');

  await phone.goto(`${office.url}/t/${second?.phoneToken ?? ''}`);
  await expect(phone.getByTestId('ticket-number')).toHaveText(second?.number ?? '');
  await phone.getByTestId('withdraw').click();
  await phone.getByTestId('withdraw-yes').click();
  await expect(phone.getByRole('heading', { name: 'This number is no longer valid' })).toBeVisible();
  await expect(desk.row(second?.number ?? '')).toHaveCount(0);
  await phone.context().close();
});
