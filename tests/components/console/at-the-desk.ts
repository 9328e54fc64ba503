import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Locator } from 'vitest/browser';
import '#look/tokens.css';
import '#look/base.css';
import type { DeskBoard } from '#contract/boards.ts';
import type { Language } from '#contract/language.ts';
import { Office } from '#console/office.svelte.ts';
import { shortcuts } from '#console/shortcuts.svelte.ts';
import { text } from '#console/words.svelte.ts';
import Workplace from '#console/Workplace.svelte';
import { ScriptedLine } from './scripted-line.svelte.ts';

/** What the page around it gives: the whole screen. */
const SURFACE = 'display: flex; flex-direction: column; block-size: 100vh; font-size: 16px; line-height: 1.4';

export interface AtTheDesk {
  readonly line: ScriptedLine;
  readonly office: Office;
}

/** The signed-in console on a ten-inch tablet, showing this board. */
export async function atTheDesk(board: DeskBoard, language: Language = 'et'): Promise<AtTheDesk> {
  await page.viewport(1280, 800);
  document.documentElement.dataset.surface = 'console';
  localStorage.clear();
  shortcuts.restore();
  shortcuts.switch(true);
  text.choose(language);
  const line = new ScriptedLine(board);
  const office = new Office(line);
  const { container } = await render(Workplace, {
    office,
    offered: null,
    onlock: () => undefined,
    onleft: () => undefined,
  });
  container.setAttribute('style', SURFACE);
  return { line, office };
}

export function key(testId: string): Locator {
  return page.getByTestId(testId);
}
