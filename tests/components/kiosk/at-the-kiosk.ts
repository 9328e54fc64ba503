import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Locator } from 'vitest/browser';
import '#look/tokens.css';
import '#look/base.css';
import type { Language } from '#contract/language.ts';
import { Kiosk } from '#kiosk/kiosk.svelte.ts';
import KioskApp from '#kiosk/KioskApp.svelte';
import { ScriptedLine } from './scripted-line.svelte.ts';

export interface AtTheKiosk {
  readonly kiosk: Kiosk;
  readonly line: ScriptedLine;
}

/** A 21.5-inch portrait panel, in CSS pixels and pixels per millimetre. */
const PANEL = { width: 1080, height: 1920, mm: 4.032 };

export async function atTheKiosk(home: Language = 'et', panel: typeof PANEL = PANEL): Promise<AtTheKiosk> {
  await page.viewport(panel.width, panel.height);
  const line = new ScriptedLine();
  const kiosk = new Kiosk(line, home);
  await render(KioskApp, { kiosk, mm: panel.mm });
  return { kiosk, line };
}

export function key(testId: string): Locator {
  return page.getByTestId(testId);
}

export async function choose(...needs: readonly string[]): Promise<void> {
  for (const need of needs) await key(`need-${need}`).click();
}
