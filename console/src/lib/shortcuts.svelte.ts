import type { Verb } from './verbs.ts';

const KEPT_AS = 'infolett-shortcuts';

export const SHORTCUT_VERBS = [
  'callNext',
  'recall',
  'begin',
  'finish',
  'noShow',
  'park',
  'transfer',
  'triage',
] as const satisfies readonly Verb[];

export type ShortcutVerb = (typeof SHORTCUT_VERBS)[number];

const USUAL: Readonly<Record<ShortcutVerb, string>> = {
  callNext: 'n',
  recall: 'r',
  begin: 'b',
  finish: 'f',
  noShow: 'x',
  park: 'p',
  transfer: 't',
  triage: 'e',
};

/** Keys for the verbs: shown, changeable, and possible to switch off (WCAG 2.1.4). Kept on this device. */
class Shortcuts {
  on = $state(true);
  keys = $state<Record<ShortcutVerb, string>>({ ...USUAL });

  constructor() {
    const kept = localStorage.getItem(KEPT_AS);
    if (kept === null) return;
    try {
      const { on, keys } = JSON.parse(kept) as { on?: boolean; keys?: Partial<Record<ShortcutVerb, string>> };
      this.on = on ?? true;
      this.keys = { ...USUAL, ...keys };
    } catch {
      localStorage.removeItem(KEPT_AS);
    }
  }

  /** Gives a verb another key; whoever had it gets the verb's old one. */
  change(verb: ShortcutVerb, key: string): void {
    const other = SHORTCUT_VERBS.find((one) => this.keys[one] === key);
    const before = this.keys[verb];
    this.keys = { ...this.keys, ...(other ? { [other]: before } : {}), [verb]: key };
    this.#keep();
  }

  switch(on: boolean): void {
    this.on = on;
    this.#keep();
  }

  /** The verb of a key press; none while somebody types or a dialog is open. */
  verbOf(event: KeyboardEvent): ShortcutVerb | null {
    const target = event.target;
    const typing = target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
    const held = event.ctrlKey || event.altKey || event.metaKey;
    if (!this.on || typing || held || event.repeat || document.querySelector('dialog[open]')) return null;
    return SHORTCUT_VERBS.find((verb) => this.keys[verb] === event.key.toLowerCase()) ?? null;
  }

  #keep(): void {
    localStorage.setItem(KEPT_AS, JSON.stringify({ on: this.on, keys: this.keys }));
  }
}

export const shortcuts = new Shortcuts();
