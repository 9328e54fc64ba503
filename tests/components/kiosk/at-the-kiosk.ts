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

/** A kiosk on a 21.5-inch portrait panel, 4.032 px per millimetre. */
export async function atTheKiosk(home: Language = 'et'): Promise<AtTheKiosk> {
  await page.viewport(1080, 1920);
  const line = new ScriptedLine();
  const kiosk = new Kiosk(line, home);
  await render(KioskApp, { kiosk, mm: 4.032 });
  return { kiosk, line };
}

export function key(testId: string): Locator {
  return page.getByTestId(testId);
}

export async function choose(...needs: readonly string[]): Promise<void> {
  for (const need of needs) await key(`need-${need}`).click();
}
