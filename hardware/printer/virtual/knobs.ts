/** What can be set on a virtual printer: by hand in the dock, over HTTP and in tests. */
export interface PrinterKnobs {
  paper: 'enough' | 'low' | 'out';
  coverOpen: boolean;
  cutterError: boolean;
  headHot: boolean;
  fault: boolean;
  /** Switched off-line at its panel. */
  offline: boolean;
  unplugged: boolean;
  /** Takes bytes and never answers or prints. */
  silent: boolean;
  /** Prints, but the answer that says so is lost. */
  loseAnswer: boolean;
  /** Says bytes that belong to nothing. */
  noisy: boolean;
  /** Takes jobs and throws them away. */
  discards: boolean;
  /** Prints after recovery what it received while it stood still. */
  keepsHeld: boolean;
  /** Milliseconds from the end of a slip to the answer that says so. */
  slowMs: number;
  /** Bytes it reads in a second; 0: as fast as they come. */
  bytesPerSecond: number;
  /** The paper runs out after so many dots of the next slip; `null`: it does not. */
  outAfterDots: number | null;
  /** The link is cut after so many bytes from now; `null`: it is not. */
  cutAfterBytes: number | null;
  /** A second network client is sent away; otherwise it hangs. */
  refusesSecond: boolean;
  knowsAutomaticStatus: boolean;
  knowsProcessId: boolean;
  knowsInOrder: boolean;
  knowsClear: boolean;
  nearEndSensor: boolean;
  drawerPinHigh: boolean;
  /** Starts in double-byte mode, as clones do. */
  startsDoubleByte: boolean;
}

export const KNOBS: Readonly<PrinterKnobs> = {
  paper: 'enough',
  coverOpen: false,
  cutterError: false,
  headHot: false,
  fault: false,
  offline: false,
  unplugged: false,
  silent: false,
  loseAnswer: false,
  noisy: false,
  discards: false,
  keepsHeld: true,
  slowMs: 0,
  bytesPerSecond: 0,
  outAfterDots: null,
  cutAfterBytes: null,
  refusesSecond: true,
  knowsAutomaticStatus: true,
  knowsProcessId: true,
  knowsInOrder: true,
  knowsClear: true,
  nearEndSensor: true,
  drawerPinHigh: false,
  startsDoubleByte: false,
};

/** Whether paper can come out. */
export function canPrint({ paper, coverOpen, cutterError, headHot, fault, offline, silent }: PrinterKnobs): boolean {
  return paper !== 'out' && !coverOpen && !cutterError && !headHot && !fault && !offline && !silent;
}

/** The answer to `DLE EOT n`. @source Epson ESC/POS, real-time status */
export function statusAnswer(n: number, knobs: PrinterKnobs): number {
  const { paper, coverOpen, cutterError, headHot, fault, drawerPinHigh, nearEndSensor } = knobs;
  const isOut = paper === 'out';
  const base = 0x12;
  switch (n) {
    case 1:
      return base | (drawerPinHigh ? 0x04 : 0) | (canPrint({ ...knobs, silent: false }) ? 0 : 0x08);
    case 2:
      return base | (coverOpen ? 0x04 : 0) | (isOut ? 0x20 : 0) | (cutterError || fault || headHot ? 0x40 : 0);
    case 3:
      return base | (cutterError ? 0x08 : 0) | (fault ? 0x20 : 0) | (headHot ? 0x40 : 0);
    default:
      return base | (paper !== 'enough' && nearEndSensor ? 0x0c : 0) | (isOut ? 0x60 : 0);
  }
}

/** The four bytes of automatic status. @source Epson ESC/POS, `GS a` */
export function automaticStatus(knobs: PrinterKnobs): Uint8Array {
  const { paper, coverOpen, cutterError, headHot, fault, drawerPinHigh, nearEndSensor } = knobs;
  const isOffline = !canPrint({ ...knobs, silent: false });
  return Uint8Array.of(
    0x10 | (drawerPinHigh ? 0x04 : 0) | (isOffline ? 0x08 : 0) | (coverOpen ? 0x20 : 0),
    (cutterError ? 0x08 : 0) | (fault ? 0x20 : 0) | (headHot ? 0x40 : 0),
    (paper !== 'enough' && nearEndSensor ? 0x03 : 0) | (paper === 'out' ? 0x0c : 0),
    0x0f,
  );
}
