export type { KeypadKey, KeypadPress } from '../../hardware/keypad/keypad-press.ts';
