import type { Verb } from './verbs.ts';

/** What a single key can do. */
export const SHORTCUTS = [
  'callNext',
  'recall',
  'begin',
  'finish',
  'noShow',
  'park',
  'transfer',
  'triage',
  'note',
  'undo',
  'find',
  'pageDesk',
  'pageTriage',
  'pageOverview',
  'pageOffice',
] as const satisfies readonly (Verb | 'undo' | 'find' | 'pageDesk' | 'pageTriage' | 'pageOverview' | 'pageOffice')[];

export type Shortcut = (typeof SHORTCUTS)[number];
export type Keys = Readonly<Record<Shortcut, string>>;

export const USUAL_KEYS: Keys = {
  callNext: 'n',
  recall: 'r',
  begin: 'b',
  finish: 'f',
  noShow: 'x',
  park: 'p',
  transfer: 't',
  triage: 'e',
  note: 'm',
  undo: 'z',
  find: '/',
  pageDesk: '1',
  pageTriage: '2',
  pageOverview: '3',
  pageOffice: '4',
};

/** A key press as the browser tells it; `code` names the place on the keyboard. */
export interface Pressed {
  readonly key: string;
  readonly code: string;
}

/** Gives a shortcut another key; whichever had that key gets the old one. */
export function withKey(keys: Keys, shortcut: Shortcut, key: string): Keys {
  const other = SHORTCUTS.find((one) => keys[one] === key);
  return { ...keys, ...(other ? { [other]: keys[shortcut] } : {}), [shortcut]: key };
}

/** What a press means. With a Cyrillic keyboard layout the place of the key counts: `т` is where `n` is. */
export function shortcutOf(keys: Keys, { key, code }: Pressed): Shortcut | null {
  const typed = key.toLowerCase();
  const placed = /\p{Script=Cyrillic}/u.test(typed) ? /^Key(?<letter>[A-Z])$/.exec(code)?.groups?.letter : undefined;
  return SHORTCUTS.find((one) => keys[one] === (placed?.toLowerCase() ?? typed)) ?? null;
}

/** Whether this key can be a shortcut: one visible sign. */
export function canBeShortcut(key: string): boolean {
  return key.length === 1 && key.trim() !== '';
}

/** What was kept on this device, as far as it is still good. */
export function keysFrom(kept: unknown): Keys {
  if (typeof kept !== 'object' || kept === null) return USUAL_KEYS;
  const known = Object.entries(kept).filter(
    (entry): entry is [Shortcut, string] =>
      SHORTCUTS.some((one) => one === entry[0]) && typeof entry[1] === 'string' && canBeShortcut(entry[1]),
  );
  return { ...USUAL_KEYS, ...Object.fromEntries(known) };
}
