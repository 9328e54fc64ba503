import { randomUUID } from 'node:crypto';
import { expect, test, type Browser, type Page } from '@playwright/test';
import type { DisplayReport } from '../../server/contract/boards.ts';
import type { EpochMs } from '../../server/domain/ids.ts';
import { localTime } from '../../server/domain/local-time.ts';
import type { Hours } from '../../server/domain/plan.ts';
import { connect, type OfficeSocket } from '../support/clients.ts';
import { boardShown } from '../support/display-page.ts';
import { OfficeProcess } from '../support/server.ts';
import { deskBoardOf, prepareOffice } from '../support/staffed-office.ts';

const ZONE = 'Europe/Tallinn';
const MINUTE_MS = 60_000;
/** Two tones are one chime. */
const TONES = 2;
/** Guards against hanging only: every recording is loaded and tried. */
const TESTED_WITHIN_MS = 60_000;

declare global {
  var tonesBegun: number;
  var recordingsBegun: number;
}

test('at the opening the display tries its sound once, by itself, and the console knows', async ({ browser }) => {
  const { office, display, report, close } = await closedOffice(browser);
  try {
    await expect(display.getByText('Oleme praegu suletud')).toBeVisible();
    expect(await begun(display)).toEqual({ tones: 0, recordings: 0 });
    await advance(office.url, 31 * MINUTE_MS);
    await expect(display.getByText('Oleme praegu suletud')).toHaveCount(0);
    await expect.poll(() => report()?.test, { timeout: TESTED_WITHIN_MS }).toMatchObject({ missing: 0 });
    expect(report()?.sound).toBe('able');
    // Heard is a chime, and no call: nobody is called yet.
    expect(await begun(display)).toEqual({ tones: TONES, recordings: 0 });
    const tested = report()?.test?.at;
    await advance(office.url, MINUTE_MS);
    await boardShown(display);
    expect(report()?.test?.at).toBe(tested);
    expect(await begun(display)).toEqual({ tones: TONES, recordings: 0 });
  } finally {
    await close();
  }
});

test('a recording that cannot be played is missed at the opening, not at a call', async ({ browser }) => {
  const { office, report, close } = await closedOffice(browser, (page) =>
    page.route(/\/n-7[^/]*\.opus$/, (route) => route.abort()),
  );
  try {
    await advance(office.url, 31 * MINUTE_MS);
    await expect.poll(() => report()?.test?.missing, { timeout: TESTED_WITHIN_MS }).toBeGreaterThan(0);
  } finally {
    await close();
  }
});

test('a sound card that stands still fails the test, and stops no call', async ({ browser }) => {
  const { office, display, kiosk, desk, report, close } = await closedOffice(browser, (page) =>
    page.addInitScript(standingStill),
  );
  try {
    await advance(office.url, 31 * MINUTE_MS);
    await expect.poll(() => report()?.sound, { timeout: TESTED_WITHIN_MS }).toBe('failed');
    const number = await calledVisitor(kiosk, desk);
    await expect(display.getByTestId('now-calling')).toContainText(number);
  } finally {
    await close();
  }
});

/** A real office that opens in half an hour, its display in a real browser, and what the console hears of it. */
async function closedOffice(browser: Browser, prepare: (page: Page) => Promise<unknown> = async () => undefined) {
  const limits = { perMinute: 100_000, burst: 10_000 };
  const { office, prepared } = await OfficeProcess.startPrepared({ LOG_LEVEL: 'error', PRINTER: 'none:' }, (dataDir) =>
    prepareOffice(dataDir, { desks: 1, kiosks: 1, displays: 1, limits, hours: opensInHalfAnHour() }),
  );
  let last: DisplayReport | null = null;
  const { socket: desk } = await connect(office.url, 'console', prepared.staff[0] ?? '', (socket) =>
    socket.on('board', (board) => (last = deskBoardOf(board).hall.displays[0]?.report ?? null)),
  );
  const { socket: kiosk } = await connect(office.url, 'kiosk', prepared.kiosks[0] ?? '');
  // A kept shell would answer for the network.
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, serviceWorkers: 'block' });
  const [name = '', value = ''] = prepared.displays[0]?.split('=') ?? [];
  await context.addCookies([{ name, value, url: office.url, httpOnly: true, sameSite: 'Strict' }]);
  const display = await context.newPage();
  await display.addInitScript(countSounds);
  await prepare(display);
  await display.goto(`${office.url}/display`);
  await boardShown(display);
  const close = async (): Promise<void> => {
    for (const socket of [kiosk, desk]) socket.disconnect();
    await context.close();
    await office.stop();
  };
  return { office, display, kiosk, desk, report: (): DisplayReport | null => last, close };
}

/** Open for ten minutes a day: whenever the test runs, closed now, and soon to open. */
function opensInHalfAnHour(): Hours {
  const from = (localTime(Date.now() as EpochMs, ZONE).minute + 30) % 1440;
  const clock = (minute: number): string =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  const day = [{ from: clock(from), until: clock(Math.min(from + 10, 1440)) }];
  return { kind: 'weekly', week: Array.from({ length: 7 }, () => day), exceptions: {} };
}

/** Somebody takes a number and is called. @returns the number */
async function calledVisitor(kiosk: OfficeSocket, desk: OfficeSocket): Promise<string> {
  await desk.emitWithAck('desk:take', { requestId: randomUUID(), deskId: 'desk-1', takeOver: true });
  await kiosk.emitWithAck('ticket:issue', { requestId: randomUUID(), needId: 'papers.submit', language: 'et' });
  const called = await desk.emitWithAck('desk:call-next', { requestId: randomUUID() });
  if (!called.ok) throw new Error(called.error.code);
  return called.value.number;
}

async function advance(url: string, advanceMs: number): Promise<void> {
  const headers = { 'content-type': 'application/json', origin: url };
  const response = await fetch(`${url}/dock/clock`, { method: 'POST', headers, body: JSON.stringify({ advanceMs }) });
  expect(response.ok).toBe(true);
}

function begun(page: Page): Promise<{ readonly tones: number; readonly recordings: number }> {
  return page.evaluate(() => ({ tones: globalThis.tonesBegun, recordings: globalThis.recordingsBegun }));
}

/** Runs in the page. */
function countSounds(): void {
  globalThis.tonesBegun = globalThis.recordingsBegun = 0;
  globalThis.AudioContext = class extends AudioContext {
    override createOscillator(): OscillatorNode {
      globalThis.tonesBegun += 1;
      return super.createOscillator();
    }

    override createBufferSource(): AudioBufferSourceNode {
      globalThis.recordingsBegun += 1;
      return super.createBufferSource();
    }
  };
}

/** Runs in the page: a sound card that was taken away, as far as the page can tell. */
function standingStill(): void {
  globalThis.AudioContext = class extends AudioContext {
    override get currentTime(): number {
      return 1;
    }

    override createAnalyser(): AnalyserNode {
      const ear = super.createAnalyser();
      ear.getFloatTimeDomainData = (samples) => void samples.fill(0);
      return ear;
    }
  };
}
