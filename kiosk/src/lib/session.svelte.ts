import type { Language } from '#contract/language.ts';
import { wordsOf } from './i18n.svelte.ts';
import type { Translate } from './i18n.svelte.ts';

/** Steps of the text size; the largest doubles it (WCAG 2.2, 1.4.4). */
export const TEXT_SCALES = [1, 1.3, 1.6, 2] as const;
export type TextScale = (typeof TEXT_SCALES)[number];

export const THEMES = ['light', 'white-on-black', 'black-on-white', 'low-glare'] as const;
export type Theme = (typeof THEMES)[number];

/** How one visitor reads the kiosk. All of it is forgotten at the end of the visit (EN 301 549, 5.2). */
export class Session {
  readonly #home: Language;
  language = $state<Language>('et');
  textScale = $state<TextScale>(1);
  theme = $state<Theme>('light');
  lowReach = $state(false);

  readonly #t = $derived(wordsOf(this.language));

  /** @param home the language of the start screen: Estonian, unless the device's address says otherwise */
  constructor(home: Language = 'et') {
    this.#home = home;
    this.language = home;
  }

  /** Read it in the markup each time, so that a change of language reaches every word. */
  get t(): Translate {
    return this.#t;
  }

  /** Choices stand one below the other: at 150 % and more, and in low reach. */
  get isNarrow(): boolean {
    return this.lowReach || this.textScale >= 1.5;
  }

  get isAsFound(): boolean {
    return this.language === this.#home && this.textScale === 1 && this.theme === 'light' && !this.lowReach;
  }

  forget(): void {
    this.language = this.#home;
    this.textScale = 1;
    this.theme = 'light';
    this.lowReach = false;
  }
}
