import type { Result } from '#basics/result.ts';

/** A device as the system lists it: one entry for each top-level collection, several may share a path. */
export interface HidDevice {
  /** Changes with every plugging in: it opens a device, it does not name one. */
  readonly path: string;
  readonly vendorId: number;
  readonly productId: number;
  readonly usagePage: number;
  readonly usage: number;
  readonly product: string;
  /** Often empty. */
  readonly serial: string;
}

/** Why a device could not be opened. `denied`: this program may not; a udev rule is missing. */
export interface HidProblem {
  readonly kind: 'denied' | 'gone' | 'failed';
  readonly reason: string;
}

/** An open device. All waits have an end: a device that is gone ends its reports. */
export interface HidHandle {
  /** Input reports as the device sent them; ends when the device is gone or closed. */
  readonly reports: AsyncIterable<Uint8Array>;
  /** Why it ended. */
  readonly closed: Promise<string>;
  /** An output report; the first byte is the report's number, 0 where it has none. */
  output(bytes: Uint8Array): Promise<void>;
  feature(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/**
 * The only seam to HID devices: keypads, scanners, lights and buttons stand on it, and a virtual device stands in for it at
 * the level of reports.
 */
export interface HidPort {
  /** Tells which devices there are, at once and whenever that changes. @returns ends it */
  watch(changed: (devices: readonly HidDevice[]) => void): () => void;
  open(path: string): Promise<Result<HidHandle, HidProblem>>;
  /** Closes everything. */
  stop(): Promise<void>;
}
