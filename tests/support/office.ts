import { test as base, expect, type Browser, type Locator, type Page } from '@playwright/test';
import { boardShown } from './display-page.ts';
import { OfficeProcess } from './server.ts';

/** The visitor at the touchscreen, as the tests speak of them. */
export class KioskPage {
  readonly page: Page;
  readonly #url: string;

  constructor(page: Page, url: string) {
    this.page = page;
    this.#url = url;
  }

  async open(): Promise<void> {
    await this.page.goto(this.#url);
    await expect(this.page.getByTestId('lang-et').first()).toBeVisible();
  }

  /** From the start screen to the needs, in a language. */
  async speak(language: 'et' | 'en' | 'ru'): Promise<void> {
    await this.page.getByTestId(`lang-${language}`).first().click();
    await expect(this.need('pension')).toBeVisible();
  }

  need(id: string): Locator {
    return this.page.getByTestId(`need-${id}`);
  }

  /** Two taps to the need, one for the number. @returns the number */
  async takeNumber(topic: string, leaf: string): Promise<string> {
    await this.need(topic).click();
    await this.need(leaf).click();
    await this.page.getByTestId('take-ticket').click();
    await expect(this.number).toBeVisible();
    return (await this.number.innerText()).trim();
  }

  get number(): Locator {
    return this.page.getByTestId('ticket-number');
  }
}

/** The specialist at the console. */
export class DeskPage {
  readonly page: Page;
  readonly #url: string;

  constructor(page: Page, url: string) {
    this.page = page;
    this.#url = url;
  }

  /** Opens the one-time link and makes the first account. */
  async makeFirstAccount(token: string, username = 'liis'): Promise<void> {
    await this.page.goto(`${this.#url}/console/#${token}`);
    await this.page.locator('[name=name]').fill('Liis Mets');
    await this.page.locator('[name=username]').fill(username);
    await this.page.locator('[name=passphrase]').fill('rohelised metsad');
    await this.page.getByTestId('sign-in').click();
    await expect(this.page.getByTestId('menu')).toBeVisible();
  }

  async signIn(username = 'liis'): Promise<void> {
    await this.page.goto(`${this.#url}/console/`);
    await this.page.locator('[name=username]').fill(username);
    await this.page.locator('[name=passphrase]').fill('rohelised metsad');
    await this.page.getByTestId('sign-in').click();
    await expect(this.page.getByTestId('menu')).toBeVisible();
  }

  async take(deskId: string): Promise<void> {
    await this.page.getByTestId(`desk-${deskId}`).click();
    await expect(this.press('call-next')).toBeVisible();
  }

  press(verb: string): Locator {
    return this.page.getByTestId(verb);
  }

  row(number: string): Locator {
    return this.page.getByTestId(`row-${number}`);
  }

  get current(): Locator {
    return this.page.getByTestId('current-ticket');
  }
}

interface Dock {
  readonly knob: (knobs: Readonly<Record<string, unknown>>) => Promise<void>;
  readonly reset: () => Promise<void>;
  readonly advanceClock: (ms: number) => Promise<void>;
  readonly slips: () => Promise<number>;
  /** What stands on each slip in the printer's own letters, oldest first. */
  readonly slipTexts: () => Promise<readonly string[]>;
}

interface Fixtures {
  /** Settings of the office's process beside the usual ones. */
  readonly settings: Readonly<Record<string, string>>;
  readonly office: OfficeProcess;
  readonly kiosk: KioskPage;
  readonly desk: DeskPage;
  readonly display: Page;
  readonly dock: Dock;
}

/** Every test has an office of its own, with its screens open and the first specialist signed in. */
export const test = base.extend<Fixtures>({
  settings: [{}, { option: true }],
  office: async ({ settings }, use) => {
    const office = await OfficeProcess.start(settings);
    await use(office);
    await office.stop();
  },
  kiosk: async ({ office, browser }, use) => {
    const page = await newPage(browser, { width: 1080, height: 1920 });
    const kiosk = new KioskPage(page, office.url);
    await kiosk.open();
    await use(kiosk);
    await page.context().close();
  },
  desk: async ({ office, browser }, use) => {
    const page = await newPage(browser, { width: 1280, height: 800 });
    const desk = new DeskPage(page, office.url);
    await desk.makeFirstAccount(office.signInToken ?? '');
    await use(desk);
    await page.context().close();
  },
  display: async ({ office, browser }, use) => {
    const page = await newPage(browser, { width: 1920, height: 1080 });
    await page.goto(`${office.url}/display`);
    await boardShown(page);
    await use(page);
    await page.context().close();
  },
  dock: async ({ office }, use) => {
    const post = async (path: string, body: object): Promise<void> => {
      const headers = { 'content-type': 'application/json', origin: office.url };
      const response = await fetch(`${office.url}/dock/${path}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      });
      expect(response.ok).toBe(true);
    };
    const state = async (): Promise<readonly { readonly text: readonly string[] }[]> => {
      const { slips } = (await (await fetch(`${office.url}/dock/state`)).json()) as { slips: { text: string[] }[] };
      return slips;
    };
    await use({
      knob: (knobs) => post('knob', knobs),
      reset: () => post('reset', {}),
      advanceClock: (advanceMs) => post('clock', { advanceMs }),
      slips: async () => (await state()).length,
      slipTexts: async () => (await state()).map(({ text }) => text.join('\n')),
    });
  },
});

export { expect } from '@playwright/test';

/** A browser of its own for each device: they share no cookies. */
export async function newPage(browser: Browser, viewport: { width: number; height: number }): Promise<Page> {
  const context = await browser.newContext({ viewport, locale: 'et-EE', timezoneId: 'Europe/Tallinn' });
  const page = await context.newPage();
  page.on('console', (message) => {
    // What the page's own policy refuses is a mistake of ours: no journey may meet it.
    if (/Content Security Policy|TrustedHTML|TrustedScript/.test(message.text())) throw new Error(message.text());
  });
  page.on('pageerror', (cause) => {
    throw cause;
  });
  return page;
}
