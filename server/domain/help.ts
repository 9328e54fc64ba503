import type { DeviceId, EpochMs, HelpId, StaffId } from './ids.ts';
import type { Language } from './language.ts';

/** A visitor at a kiosk asked for a person. Needs no ticket. */
export interface HelpCall {
  readonly id: HelpId;
  readonly deviceId: DeviceId;
  readonly language: Language;
  readonly since: EpochMs;
  /** Who is coming; the call stays on the boards until it is ended. */
  readonly answeredBy: StaffId | null;
}
