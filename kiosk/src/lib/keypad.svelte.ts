import type { KeypadKey, KeypadPress } from '#contract/keypad.ts';
import { tick } from 'svelte';
import { keypadKey, OnePress } from './keys.ts';
import type { Kiosk } from './kiosk.svelte.ts';
import { RATES, VOLUMES_DB } from './session.svelte.ts';
import { select, step } from './walk.ts';

/** The voice, as the keys need it. */
export interface Speaker {
  readonly repeat: () => void;
  readonly instruct: () => void;
  readonly confirm: (text: string) => void;
  readonly quiet: () => void;
}

/**
 * What the keys of an accessible keypad do. The first press of whatever key makes the kiosk speak; after that *up* and
 * *down* move, *select* presses, *left* goes back, *right* repeats, *help* explains.
 */
export class Keypad {
  readonly #kiosk: Kiosk;
  readonly #panel: () => HTMLElement | undefined;
  readonly #presses = new OnePress();
  /** The keys were used last, not a finger: the focus must show. */
  used = $state(false);

  constructor(kiosk: Kiosk, panel: () => HTMLElement | undefined) {
    this.#kiosk = kiosk;
    this.#panel = panel;
  }

  /** From the keypad driver, through the office. */
  pressed(press: KeypadPress): void {
    if ('jack' in press) this.#jack(press.jack === 'in');
    else if (this.#presses.isNew(press.key, 'office', performance.now())) void this.#press(press.key);
  }

  /** From a keyboard. A visitor who moves by *Tab* needs no voice, so *Enter* alone does not start one. */
  typed(event: KeyboardEvent): void {
    const key = keypadKey(event);
    if (key === null || (event.key === 'Enter' && !this.#kiosk.session.speech)) return;
    event.preventDefault();
    if (this.#presses.isNew(key, 'keyboard', performance.now())) void this.#press(key);
  }

  /**
   * Headphones begin speech; pulling them out ends it, for it would go on aloud. How the jack is comes again with every
   * connection to the office: only a change means something.
   */
  #jack(isIn: boolean): void {
    if (this.#kiosk.headphones === isIn) return;
    this.#kiosk.headphones = isIn;
    if (this.#kiosk.session.speech !== isIn) this.#kiosk.listen(isIn);
  }

  async #press(key: KeypadKey): Promise<void> {
    const { session, speaker, idle } = this.#kiosk;
    const wasWarned = idle.secondsLeft !== null;
    this.used = true;
    this.#kiosk.hear();
    this.#kiosk.touched();
    speaker?.quiet();
    if (!session.speech) this.#kiosk.listen(true);
    else if (wasWarned) speaker?.repeat();
    else {
      await tick();
      this.#act(key);
    }
  }

  #act(key: KeypadKey): void {
    const { session, speaker } = this.#kiosk;
    const panel = this.#panel();
    if (!panel) return;
    switch (key) {
      case 'up':
        return step(panel, -1);
      case 'down':
        return step(panel, 1);
      case 'left':
        return this.#kiosk.canGoBack ? this.#kiosk.back() : speaker?.repeat();
      case 'right':
        return speaker?.repeat();
      case 'select':
        if (!select(panel)) speaker?.repeat();
        return;
      case 'help':
        return speaker?.instruct();
      case 'volume':
        session.turnVolume();
        return speaker?.confirm(session.t('access.volume', { step: session.volume + 1, steps: VOLUMES_DB.length }));
      case 'rate':
        session.turnRate();
        return speaker?.confirm(session.t('access.rate', { step: session.rate + 1, steps: RATES.length }));
    }
  }
}
