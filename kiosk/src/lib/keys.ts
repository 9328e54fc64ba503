import type { KeypadKey } from '#contract/keypad.ts';

/**
 * Keys of a keyboard that do what those of the accessible keypad do. `1` and `2` are what the usual adapters of two
 * switches send: next and select.
 */
const KEYS: Readonly<Record<string, KeypadKey>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Enter: 'select',
  F1: 'help',
  Help: 'help',
  F2: 'rate',
  F3: 'volume',
  1: 'down',
  2: 'select',
};

/** @returns `null` for a key that means nothing here: it is left to the browser, and never breaks a visit */
export function keypadKey(event: KeyboardEvent): KeypadKey | null {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return null;
  return KEYS[event.key] ?? null;
}

/** The two ways of one press of a keypad, as a keyboard and through the office, come within this time (milliseconds). */
const SAME_WITHIN_MS = 150;

/** Hears every press once: a keypad at the kiosk's own computer is a keyboard too. */
export class OnePress {
  #last: { readonly key: KeypadKey; readonly from: 'keyboard' | 'office'; readonly at: number } | null = null;

  isNew(key: KeypadKey, from: 'keyboard' | 'office', at: number): boolean {
    const last = this.#last;
    const isSame = last?.key === key && last.from !== from && at - last.at < SAME_WITHIN_MS;
    this.#last = isSame ? null : { key, from, at };
    return !isSame;
  }
}
