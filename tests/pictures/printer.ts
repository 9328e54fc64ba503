/**
 * The pictures of docs/printer.md: `npm run pictures`. Slips are drawn from the bytes the virtual printer got, screens are
 * those of a running office. On demand, after the look has changed.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { CHROMIUM } from '../support/chromium.ts';
import { DeskPage, KioskPage, newPage } from '../support/office.ts';
import { OfficeProcess } from '../support/server.ts';

const OUT = join(import.meta.dirname, '../../docs/pictures');
const NEED = ['pension', 'pension.old_age'] as const;

const CONDITIONS = [
  ['paper-out', { paper: 'out' }],
  ['cover-open', { coverOpen: true }],
  ['cutter-error', { cutterError: true }],
  ['cooling', { headHot: true }],
  ['fault', { fault: true }],
  ['offline', { offline: true }],
  ['not-answering', { silent: true }],
  ['disconnected', { unplugged: true }],
] as const;
const LANGUAGES = ['et', 'en', 'ru'] as const;

mkdirSync(OUT, { recursive: true });
const browser = await chromium.launch(CHROMIUM);
const office = await OfficeProcess.start({ LOG_LEVEL: 'error' });
const kiosk = new KioskPage(await newPage(browser, { width: 1080, height: 1920 }), office.url);
const desk = new DeskPage(await newPage(browser, { width: 1280, height: 800 }), office.url);
await desk.makeFirstAccount(office.signInToken ?? '');
await desk.take('laud-3');
await slips();
await screens();
await browser.close();
await office.stop();

async function slips(): Promise<void> {
  for (const [i, language] of LANGUAGES.entries()) {
    await takeAt(language, false);
    await printed(i + 1);
  }
  await takeAt('en', true);
  await printed(4);
  const number = (await desk.page.locator('[data-testid^=row-]').first().getAttribute('data-testid')) ?? '';
  await desk.page.getByTestId(number).click();
  await desk.press('row-slip').click();
  await desk.page.keyboard.press('Escape');
  await printed(5);
  const drawn = await Promise.all((await dockState()).slips.map(({ id }) => slipPicture(id)));
  await sheet('slips.png', 1500, grid(drawn, 280));
}

/** One kiosk screen and one console card for each condition, as single pictures and as one sheet. */
async function screens(): Promise<void> {
  const forVisitors: string[] = [];
  const forStaff: string[] = [];
  for (const [i, [name, knobs]] of CONDITIONS.entries()) {
    await turn('knob', knobs);
    const language = LANGUAGES[i % LANGUAGES.length] ?? 'et';
    const page = await takeAt(language, false);
    await page.getByTestId('slip-state').and(page.locator('.notice')).waitFor();
    forVisitors.push(await picture(page, `kiosk-${name}.png`, name === 'paper-out'));
    const card = desk.page.locator('.card.trouble').filter({ hasText: 'printer' });
    await card.waitFor();
    forStaff.push((await card.screenshot()).toString('base64'));
    if (name === 'paper-out') await picture(desk.page, 'console-paper-out.png', true);
    await turn('reset', {});
    await card.waitFor({ state: 'detached' });
  }
  await sheet('kiosk-conditions.png', 1180, grid(forVisitors, 270));
  await sheet('console-conditions.png', 1000, grid(forStaff, 460));

  await turn('knob', { cutAfterBytes: 3_000 });
  const asked = await takeAt('en', false);
  await asked.getByTestId('slip-no').waitFor({ timeout: 30_000 });
  await picture(asked, 'kiosk-unknown.png', true);
  await desk.page.getByTestId('page-office').click();
  await desk.page.getByTestId('roll-left').waitFor();
  await desk.page.getByTestId('printer-facts').scrollIntoViewIfNeeded();
  await picture(desk.page, 'console-printer.png', true);
  await desk.page.getByTestId('section-slips').click();
  await desk.page.getByTestId('slip-header-et').waitFor();
  await picture(desk.page, 'console-slip-texts.png', true);
}

async function takeAt(language: (typeof LANGUAGES)[number], large: boolean): Promise<Page> {
  await kiosk.open();
  if (large) {
    await kiosk.page.getByTestId('accessibility').click();
    await kiosk.page.getByTestId('print-large').click();
    await kiosk.page.getByTestId('access-done').click();
  }
  await kiosk.speak(language);
  await kiosk.takeNumber(...NEED);
  return kiosk.page;
}

async function printed(count: number): Promise<void> {
  while ((await dockState()).slips.length < count) await new Promise((resolve) => setTimeout(resolve, 100));
}

async function slipPicture(id: number): Promise<string> {
  const response = await fetch(`${office.url}/dock/slips/${id}.png`);
  return Buffer.from(await response.arrayBuffer()).toString('base64');
}

function grid(images: readonly string[], width: number): string {
  const style = `width:${width}px;margin:8px;vertical-align:top`;
  return images.map((data) => `<img style="${style}" src="data:image/png;base64,${data}">`).join('');
}

/** @returns the picture in base64 */
async function picture(page: Page, name: string, keep: boolean): Promise<string> {
  await page.evaluate(() => document.fonts.ready);
  const taken = await page.screenshot(keep ? { path: join(OUT, name), scale: 'css' } : {});
  return taken.toString('base64');
}

async function sheet(name: string, width: number, html: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width, height: 400 } });
  await page.setContent(`<body style="background:#eef1f4">${html}`);
  await page.waitForFunction(() => [...document.images].every((image) => image.complete && image.naturalWidth > 0));
  await page.screenshot({ path: join(OUT, name), fullPage: true });
  await page.close();
}

interface DockState {
  readonly slips: readonly { readonly id: number }[];
}

async function dockState(): Promise<DockState> {
  return (await (await fetch(`${office.url}/dock/state`)).json()) as DockState;
}

async function turn(path: 'knob' | 'reset', body: object): Promise<void> {
  const headers = { 'content-type': 'application/json', origin: office.url };
  await fetch(`${office.url}/dock/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}
