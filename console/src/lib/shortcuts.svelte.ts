import { keysFrom, shortcutOf, USUAL_KEYS, withKey, type Keys, type Shortcut } from './shortcut-keys.ts';

const KEPT_AS = 'infolett-shortcuts';

/** Keys for the verbs: shown, changeable, and possible to switch off (WCAG 2.1.4). Kept on this device. */
class Shortcuts {
  on = $state(true);
  keys = $state.raw<Keys>(USUAL_KEYS);

  constructor() {
    const { on, keys } = kept();
    this.on = on !== false;
    this.keys = keysFrom(keys);
  }

  /** The key to show on a button; none while shortcuts are off. */
  keyOf(shortcut: Shortcut): string | undefined {
    return this.on ? this.keys[shortcut] : undefined;
  }

  change(shortcut: Shortcut, key: string): void {
    this.keys = withKey(this.keys, shortcut, key);
    this.#keep();
  }

  restore(): void {
    this.keys = USUAL_KEYS;
    this.#keep();
  }

  switch(on: boolean): void {
    this.on = on;
    this.#keep();
  }

  /** What a key press means; nothing while somebody types or a dialog is open. */
  of(event: KeyboardEvent): Shortcut | null {
    const { target } = event;
    const typing = target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
    const held = event.ctrlKey || event.altKey || event.metaKey;
    if (!this.on || typing || held || event.repeat || document.querySelector('dialog[open]')) return null;
    return shortcutOf(this.keys, event);
  }

  #keep(): void {
    localStorage.setItem(KEPT_AS, JSON.stringify({ on: this.on, keys: this.keys }));
  }
}

export const shortcuts = new Shortcuts();

function kept(): { readonly on?: unknown; readonly keys?: unknown } {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEPT_AS) ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
