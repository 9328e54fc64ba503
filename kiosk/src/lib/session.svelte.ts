import type { Language } from '#contract/language.ts';
import { wordsOf } from './i18n.svelte.ts';
import type { Translate } from './i18n.svelte.ts';

/** Steps of the text size; the largest doubles it (WCAG 2.2, 1.4.4). */
export const TEXT_SCALES = [1, 1.3, 1.6, 2] as const;
export type TextScale = (typeof TEXT_SCALES)[number];

export const THEMES = ['light', 'white-on-black', 'black-on-white', 'low-glare'] as const;
export type Theme = (typeof THEMES)[number];

/** Steps of the volume (decibels below full); a visitor finds the middle one. */
export const VOLUMES_DB = [-24, -18, -12, -6, 0] as const;
/** Steps of the rate of speech; 1 is as recorded. */
export const RATES = [0.8, 1, 1.25, 1.5, 2] as const;
const AS_FOUND = { volume: 2, rate: 1 } as const;

/** How one visitor reads the kiosk, or listens to it. All of it is forgotten at the end of the visit (EN 301 549, 5.2). */
export class Session {
  readonly #home: Language;
  language = $state<Language>('et');
  textScale = $state<TextScale>(1);
  theme = $state<Theme>('light');
  lowReach = $state(false);
  /** The kiosk reads itself aloud. */
  speech = $state(false);
  /** Which of `VOLUMES_DB`, `RATES`. */
  volume = $state<number>(AS_FOUND.volume);
  rate = $state<number>(AS_FOUND.rate);
  /** The last attempt to be heard did not succeed: there is no sound, or it is forbidden. */
  soundFails = $state(false);
  /** `null`: nothing chosen; whoever reads large text on the screen gets it on paper too. */
  #largePrint = $state<boolean | null>(null);

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

  /** How the paper ticket is to be printed. */
  get largePrint(): boolean {
    return this.#largePrint ?? this.textScale >= 1.5;
  }

  set largePrint(large: boolean) {
    this.#largePrint = large;
  }

  get isAsFound(): boolean {
    const looks = this.textScale === 1 && this.theme === 'light' && !this.lowReach;
    return this.language === this.#home && looks && !this.speech && this.#largePrint === null;
  }

  /** The next step, and after the loudest the softest: one key is enough. */
  turnVolume(): void {
    this.volume = (this.volume + 1) % VOLUMES_DB.length;
  }

  turnRate(): void {
    this.rate = (this.rate + 1) % RATES.length;
  }

  forget(): void {
    this.language = this.#home;
    this.textScale = 1;
    this.theme = 'light';
    this.lowReach = false;
    this.speech = false;
    this.volume = AS_FOUND.volume;
    this.rate = AS_FOUND.rate;
    this.soundFails = false;
    this.#largePrint = null;
  }
}
