import type { Condition } from './status.ts';

/** The four one-byte answers to `DLE EOT 1` to `4`. */
export type StatusBytes = readonly [offline: number, cause: number, error: number, paper: number];
/** The four bytes a printer sends by itself when its condition changes. */
export type AutomaticStatus = readonly [device: number, error: number, paper: number, rest: number];

/**
 * Reads the four answers to the real-time status requests.
 *
 * @source Epson ESC/POS, `DLE EOT n`: bits 1 and 4 of every byte are 1, bits 0 and 7 are 0
 */
export function conditionsOf([offline, cause, error, paper]: StatusBytes): readonly Condition[] {
  return named({
    offline: has(offline, 0x08),
    coverOpen: has(cause, 0x04),
    cutter: has(error, 0x08),
    fault: has(error, 0x20),
    hot: has(error, 0x40),
    low: has(paper, 0x0c),
    out: has(paper, 0x60) || has(cause, 0x20),
  });
}

/** @source Epson ESC/POS, `GS a n` (automatic status back), the four bytes of its message */
export function conditionsOfAutomatic([device, error, paper]: AutomaticStatus): readonly Condition[] {
  return named({
    offline: has(device, 0x08),
    coverOpen: has(device, 0x20),
    cutter: has(error, 0x08),
    fault: has(error, 0x20),
    hot: has(error, 0x40),
    low: has(paper, 0x03),
    out: has(paper, 0x0c),
  });
}

/** One of the four answers to `DLE EOT`; nothing else a printer says has these fixed bits. */
export function isStatusByte(byte: number): boolean {
  return (byte & 0x93) === 0x12;
}

/** The first of the four bytes of an automatic status. */
export function isAutomaticHead(byte: number): boolean {
  return (byte & 0x93) === 0x10;
}

/** A one-byte answer to `GS r`, or one of the last three bytes of an automatic status. */
export function isInOrderByte(byte: number): boolean {
  return (byte & 0x90) === 0;
}

interface Bits {
  readonly offline: boolean;
  readonly coverOpen: boolean;
  readonly cutter: boolean;
  readonly fault: boolean;
  readonly hot: boolean;
  readonly low: boolean;
  readonly out: boolean;
}

/** "Offline" alone, without a cause, is a condition of its own: a panel key, or a host that switched it off. */
function named(bits: Bits): readonly Condition[] {
  const causes: Condition[] = [];
  if (bits.fault) causes.push('fault');
  if (bits.cutter) causes.push('cutter-error');
  if (bits.coverOpen) causes.push('cover-open');
  if (bits.out) causes.push('paper-out');
  if (bits.hot) causes.push('cooling');
  if (causes.length === 0 && bits.offline) causes.push('offline');
  return bits.low && !bits.out ? [...causes, 'paper-low'] : causes;
}

function has(byte: number, bits: number): boolean {
  return (byte & bits) !== 0;
}
