import { chromium, type Page } from 'playwright';
import { CHROMIUM } from '../support/chromium.ts';

const OPENS_WITHIN_MS = 60_000;

/** A browser of one device, whose way to the office leads through a proxy; the page still names the office itself. */
export class DeviceBrowser {
  readonly page: Page;
  readonly #close: () => Promise<void>;

  private constructor(page: Page, close: () => Promise<void>) {
    this.page = page;
    this.#close = close;
  }

  /** @param cookie `name=value` of the device or the session */
  static async open(
    officeUrl: string,
    path: string,
    cookie: string,
    proxyPort: number,
    viewport: { readonly width: number; readonly height: number },
  ): Promise<DeviceBrowser> {
    const { host } = new URL(officeUrl);
    const args = [...CHROMIUM.args, `--host-resolver-rules=MAP ${host} 127.0.0.1:${proxyPort}`];
    const browser = await chromium.launch({ ...CHROMIUM, args });
    const context = await browser.newContext({ viewport, locale: 'et-EE', timezoneId: 'Europe/Tallinn' });
    const [name = '', value = ''] = cookie.split('=');
    await context.addCookies([{ name, value, url: officeUrl, httpOnly: true, sameSite: 'Strict' }]);
    const page = await context.newPage();
    page.setDefaultTimeout(OPENS_WITHIN_MS);
    await page.goto(`${officeUrl}${path}`);
    return new DeviceBrowser(page, () => browser.close());
  }

  /** @returns how long it took until the page was so (milliseconds). @throws Error when it never was */
  async until(what: string, isSo: (page: Page) => Promise<boolean>, withinMs: number): Promise<number> {
    const at = performance.now();
    while (!(await isSo(this.page))) {
      if (performance.now() - at > withinMs) throw new Error(`the page never said: ${what}`);
      await this.page.waitForTimeout(50);
    }
    return performance.now() - at;
  }

  close(): Promise<void> {
    return this.#close();
  }
}
