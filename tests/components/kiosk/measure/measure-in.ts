import { describe, expect, test } from 'vitest';
import type { Language } from '#contract/language.ts';
import { THEMES } from '#kiosk/session.svelte.ts';
import type { TextScale } from '#kiosk/session.svelte.ts';
import type { AtTheKiosk } from '../at-the-kiosk.ts';
import { atTheKiosk } from '../at-the-kiosk.ts';
import { axeFaults } from './axe.ts';
import { colourFaults, focusFaults } from './colours.ts';
import { placeFaults } from './places.ts';
import { wordFaults } from './words.ts';
import { brokenWords } from '../../../support/broken-words.ts';
import { STATES } from '../states.ts';

/** Every size, high and low; and text spaced as WCAG 1.4.12 has it, which no visitor sets but a longer language needs. */
const LAYOUTS: Readonly<Record<string, { textScale: TextScale; lowReach: boolean; spaced?: true }>> = {
  '130 %': { textScale: 1.3, lowReach: false },
  '100 %': { textScale: 1, lowReach: false },
  '160 %': { textScale: 1.6, lowReach: false },
  '100 %, widely spaced': { textScale: 1, lowReach: false, spaced: true },
  '200 %': { textScale: 2, lowReach: false },
  '200 %, low': { textScale: 2, lowReach: true },
  '100 %, low': { textScale: 1, lowReach: true },
};
/** Not the number, which is a drawing of a size of its own, and not the keys that speak three languages before one is chosen. */
const SPACING = `
  .panel * { letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  .panel :is(.plate strong, .key.three, .key.three *) { letter-spacing: normal !important; word-spacing: normal !important; }`;

/** Measures every state of the kiosk in one language. A file for each language, so that they are measured side by side. */
export function measureIn(language: Language): void {
  describe(`in ${language}`, () => {
    test.each(Object.entries(STATES))(
      '%s keeps its measures at every size, high and low, in every theme',
      async (_, reach) => {
        const at = await atTheKiosk();
        withoutPaint();
        reach(at);
        expect([...(await layoutFaults(at, language)), ...(await lookFaults(at, language))]).toEqual([]);
      },
    );
  });
}

async function layoutFaults(at: AtTheKiosk, language: Language): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [layout, { spaced, ...settings }] of Object.entries(LAYOUTS)) {
    const spacing = spaced ? withSpacing() : null;
    Object.assign(at.kiosk.session, { language, ...settings });
    const look = (): readonly string[] => [...placeFaults(settings.lowReach), ...brokenWords()];
    for (const fault of await everyPage(at, look)) found.push(`${layout}: ${fault}`);
    spacing?.remove();
  }
  return found;
}

async function lookFaults(at: AtTheKiosk, language: Language): Promise<readonly string[]> {
  Object.assign(at.kiosk.session, { language, textScale: 1, lowReach: false });
  const found = [...(await everyPage(at, () => wordFaults(language))), ...(await axeFaults())];
  for (const theme of THEMES) {
    at.kiosk.session.theme = theme;
    await painted();
    found.push(...[...colourFaults(theme), ...focusFaults()].map((fault) => `${theme}: ${fault}`));
  }
  return found;
}

/** What is wholly transparent keeps its places, colours and focus, and is not painted: most of the time would go there. */
function withoutPaint(): void {
  document.documentElement.style.opacity = '0';
}

function withSpacing(): HTMLStyleElement {
  const style = document.createElement('style');
  style.textContent = SPACING;
  document.head.append(style);
  return style;
}

async function everyPage({ kiosk }: AtTheKiosk, look: () => readonly string[]): Promise<readonly string[]> {
  await painted();
  const found = [...look()];
  for (let page = 2; document.querySelector('[data-testid="more"]') && page < 20; page++) {
    kiosk.more();
    await painted();
    found.push(...look().map((fault) => `page ${page}: ${fault}`));
  }
  while (kiosk.canGoBack && document.querySelector('.pips') && !document.querySelector('.pips .on:first-child')) {
    kiosk.back();
    await painted();
  }
  return found;
}

/** Waits until the screen rests: a new size makes new pages, and these make it anew. */
async function painted(): Promise<void> {
  await document.fonts.ready;
  let before = '';
  for (let frame = 0; frame < 30; frame++) {
    await new Promise(requestAnimationFrame);
    const now = [...document.querySelectorAll('.panel [data-block], .panel .reach, .panel [data-paging]')]
      .map((part) => part.getBoundingClientRect().top + part.getBoundingClientRect().height)
      .join();
    if (frame > 1 && now === before) return;
    before = now;
  }
}
