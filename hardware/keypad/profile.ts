import { err, ok, type Result } from '#basics/result.ts';
import { checkedKeypadProfile } from './check-profile.ts';
import type { KeypadKey } from './keypad-press.ts';
import arrowKeypad from './profiles/arrow-keypad.json' with { type: 'json' };
import stormAudionav from './profiles/storm-audionav.json' with { type: 'json' };

/** What differs between keypads, as data. Codes are usages of the HID keyboard page (07h), decimal. */
export interface KeypadProfile {
  readonly name: string;
  readonly says: string;
  /** USB ids; `null`: the setting of the keypad names them. */
  readonly vendorId: number | null;
  readonly productId: number | null;
  /** The collection that sends key reports: page 1, usage 6 is a boot keyboard. */
  readonly usagePage: number;
  readonly usage: number;
  /** Which key of ours a code is. */
  readonly keys: readonly { readonly code: number; readonly key: KeypadKey }[];
  /** Codes sent when headphones are plugged in and pulled out; `null`: it cannot tell. */
  readonly jack: { readonly in: number; readonly out: number } | null;
  /** How its light is switched; `null`: it has none of its own. */
  readonly light: KeypadLight | null;
}

/** The light hangs on another collection of the same device; whole output reports, the report's number first. */
export interface KeypadLight {
  readonly usagePage: number;
  readonly on: readonly number[];
  readonly off: readonly number[];
}

const FILES: readonly unknown[] = [stormAudionav, arrowKeypad];

/** All profiles. @throws Error naming the profile and the field, when a profile file is wrong */
export const KEYPAD_PROFILES: readonly KeypadProfile[] = FILES.map((file) => {
  const profile = checkedKeypadProfile(file);
  if (!profile.ok) throw new Error(`Keypad profile: ${profile.error}`);
  return profile.value;
});

export function keypadProfileNamed(name: string): Result<KeypadProfile, string> {
  const found = KEYPAD_PROFILES.find((profile) => profile.name === name);
  if (found) return ok(found);
  return err(`there is no keypad profile "${name}"; there are ${KEYPAD_PROFILES.map((one) => one.name).join(', ')}`);
}
