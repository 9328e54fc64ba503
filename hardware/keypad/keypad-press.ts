/** The keys of an accessible keypad, by what they do. A keypad need not have all: five keys and help are enough. */
export const KEYPAD_KEYS = ['up', 'down', 'left', 'right', 'select', 'help', 'volume', 'rate'] as const;

export type KeypadKey = (typeof KEYPAD_KEYS)[number];

/** One thing that happened at a keypad: a key went down, or headphones were plugged in or pulled out. */
export type KeypadPress = { readonly key: KeypadKey } | { readonly jack: 'in' | 'out' };
