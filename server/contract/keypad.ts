export type { HidStatus } from '../../hardware/hid/hold-machine.ts';
export type { KeypadKey, KeypadPress } from '../../hardware/keypad/keypad-press.ts';
