import type { Answer } from '../contract/events.ts';
import type { Actor, DeviceId } from '../domain/ids.ts';
import type { KeypadSetting } from '../store/keypads.ts';

/** The keypad as the live office needs it; it may stand at another computer. */
export interface KeypadPort {
  readonly look: () => Answer<'keypad:look'>;
  /** Resolves when it is saved, journaled and in force; `false`: there is no such profile. */
  readonly set: (setting: KeypadSetting, actor: Actor) => Promise<boolean>;
  /** Whether headphones are in the keypad that stands at this kiosk; `null`: it has none, or nobody knows. */
  readonly jackAt: (kioskId: DeviceId) => 'in' | 'out' | null;
}
