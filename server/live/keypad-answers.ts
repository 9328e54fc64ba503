import type { DeviceDoor } from '../accounts/device-door.ts';
import { err, ok } from '../basics/result.ts';
import type { Commands } from './commands.ts';
import type { KeypadPort } from './keypad-port.ts';

export type KeypadAnswers = Pick<Commands, 'keypad:look' | 'keypad:set'>;

/** The answers to requests about the keypad. */
export function keypadAnswers(keypad: KeypadPort, door: Pick<DeviceDoor, 'list'>): KeypadAnswers {
  return {
    'keypad:look': () => Promise.resolve(ok(keypad.look())),
    'keypad:set': async ({ kioskId, profile, usbIds }, { actor }) => {
      const isKiosk =
        kioskId === null || (await door.list()).some(({ id, kind }) => id === kioskId && kind === 'kiosk');
      const isSet = isKiosk && (await keypad.set({ kioskId, profile, usbIds }, actor));
      return isSet ? ok(null) : err({ code: 'unknown-device' });
    },
  };
}
