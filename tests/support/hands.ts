import { expect, type Browser, type Page } from '@playwright/test';

/** Somebody who works the console in one way only: with the keys alone, or with a finger alone. */
export interface Hands {
  readonly page: Page;
  /** Presses what has this test id. */
  readonly press: (testId: string) => Promise<void>;
  /** Writes into what has this test id or name. */
  readonly write: (testId: string, text: string) => Promise<void>;
  /** Chooses one of a list of options by how it begins. */
  readonly choose: (testId: string, option: string) => Promise<void>;
}

const TABS_AT_MOST = 150;

/** Never touches pointer or screen: Tab, Enter, Space, letters. */
export function withKeys(page: Page): Hands {
  const goTo = async (testId: string): Promise<void> => {
    await expect(page.getByTestId(testId)).toBeVisible();
    for (let i = 0; i < TABS_AT_MOST; i++) {
      const isThere = await page.evaluate((id) => document.activeElement?.getAttribute('data-testid') === id, testId);
      if (isThere) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`${testId} cannot be reached with the Tab key`);
  };
  const whenOn = async (testId: string): Promise<void> => {
    await goTo(testId);
    await expect(page.getByTestId(testId)).not.toHaveAttribute('aria-disabled', 'true');
  };
  return {
    page,
    press: async (testId) => {
      await whenOn(testId);
      await page.keyboard.press('Enter');
    },
    write: async (testId, text) => {
      await goTo(testId);
      await page.keyboard.type(text);
    },
    choose: async (testId, option) => {
      await goTo(testId);
      await page.keyboard.press(option.slice(0, 1));
    },
  };
}

/** Never touches a key but those of the screen: taps. */
export function withFinger(page: Page): Hands {
  return {
    page,
    press: async (testId) => {
      const key = page.getByTestId(testId);
      await expect(key).not.toHaveAttribute('aria-disabled', 'true');
      await key.tap();
    },
    write: async (testId, text) => {
      const field = page.getByTestId(testId);
      await field.tap();
      await field.fill(text);
    },
    choose: async (testId, option) => {
      const list = page.getByTestId(testId);
      const label = await list.locator('option').filter({ hasText: option }).first().innerText();
      await list.selectOption({ label });
    },
  };
}

/** A ten-inch tablet held in the hand. */
export async function newTablet(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    hasTouch: true,
    locale: 'et-EE',
    timezoneId: 'Europe/Tallinn',
  });
  return context.newPage();
}
