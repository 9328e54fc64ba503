import type { Bitmap } from './bitmap.ts';
import type { ByteLink, OpenLink } from './byte-link.ts';
import { Firmware } from './virtual/firmware.ts';
import { automaticStatus, canPrint, KNOBS, statusAnswer, type PrinterKnobs } from './virtual/knobs.ts';
import { ROMS } from './virtual/rom.ts';
import { VirtualLink } from './virtual/virtual-link.ts';

export { KNOBS, type PrinterKnobs } from './virtual/knobs.ts';

/** A piece of paper that was cut off. */
export interface PrintedSlip {
  /** Counts from 1. */
  readonly id: number;
  readonly picture: Bitmap;
  /** What was printed in the printer's own letters, row by row. */
  readonly text: readonly string[];
  /** What the QR codes say that the printer drew itself. */
  readonly codes: readonly string[];
  readonly bytes: Uint8Array;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface VirtualModel {
  readonly rom: keyof typeof ROMS;
  /** Dots across the paper. */
  readonly dots: number;
}

const SLIPS_KEPT = 50;
const INFORMATION: Readonly<Record<number, string>> = {
  0x41: '1.00',
  0x42: 'Infolett',
  0x43: 'Virtual',
  0x44: 'V0000001',
};
const DLE = 0x10;
const CLEAR = Buffer.of(DLE, 0x14, 8, 1, 3, 0x14, 1, 6, 2, 8);

/**
 * A printer made of memory, at the end of the byte pipe: the real driver is in every test. Like a real one it keeps what
 * it received while it stands still and prints it after recovery, acts on real-time commands wherever they stand, and
 * what is on paper stays on paper.
 */
export class VirtualPrinter {
  readonly slips: PrintedSlip[] = [];
  /** Told after each slip. */
  onSlip: (slip: PrintedSlip) => void = () => undefined;
  readonly #firmware: Firmware;
  #knobs: PrinterKnobs = { ...KNOBS };
  #link: VirtualLink | null = null;
  #automaticStatus = false;
  /** Received and not yet executed. */
  #held: Buffer = Buffer.alloc(0);
  /** The newest bytes, in which real-time commands are looked for. */
  #newest: Buffer = Buffer.alloc(0);
  #executed: Uint8Array[] = [];
  #cuts = 0;
  /** A slip came out since the last answer that says so. */
  #slipBefore = false;

  constructor({ rom, dots }: VirtualModel = { rom: 'epson', dots: 576 }) {
    this.#firmware = new Firmware(dots, ROMS[rom], KNOBS.startsDoubleByte);
  }

  get knobs(): Readonly<PrinterKnobs> {
    return this.#knobs;
  }

  /** Whether somebody is connected. */
  get isLinked(): boolean {
    return this.#link?.isOpen === true;
  }

  /** Turns knobs; a printer that can print again prints what it held. */
  set(knobs: Partial<PrinterKnobs>): void {
    const before = this.#knobs;
    this.#knobs = { ...before, ...knobs };
    if (knobs.startsDoubleByte !== undefined) this.#firmware.reset(knobs.startsDoubleByte);
    if (this.#knobs.unplugged) this.#link?.cut();
    if (!canPrint(before) && canPrint(this.#knobs) && !this.#knobs.keepsHeld) this.#forget();
    if (this.#automaticStatus && !sameBytes(automaticStatus(before), automaticStatus(this.#knobs))) this.#sayStatus();
    this.#work();
  }

  /** Switched off and on: memory and modes are gone, paper is not. */
  powerCycle(): void {
    this.#link?.cut();
    this.#forget();
    this.#firmware.reset();
    this.#automaticStatus = false;
  }

  readonly open: OpenLink = async () => {
    if (this.#knobs.unplugged) throw new Error('no such device');
    this.#link?.cut();
    return this.attach();
  };

  /** Says these bytes to whoever is connected, whatever they mean. */
  say(bytes: Uint8Array): void {
    this.#link?.say(bytes);
  }

  /** A new cable to this printer. */
  attach(): ByteLink & { cut(): void } {
    const readingMs = (bytes: number): number => {
      const { bytesPerSecond } = this.#knobs;
      return bytesPerSecond === 0 ? 0 : (bytes / bytesPerSecond) * 1_000;
    };
    const link = new VirtualLink((bytes) => this.#receive(bytes, link), readingMs);
    this.#link = link;
    return link;
  }

  #receive(bytes: Uint8Array, link: VirtualLink): void {
    const { cutAfterBytes } = this.#knobs;
    if (cutAfterBytes === null) return this.#take(bytes);
    const isCut = bytes.length > cutAfterBytes;
    this.#knobs = { ...this.#knobs, cutAfterBytes: isCut ? null : cutAfterBytes - bytes.length };
    this.#take(bytes.subarray(0, cutAfterBytes));
    if (isCut) link.cut();
  }

  /** Real-time commands act at once, wherever they stand, and stay in the buffer too. */
  #take(bytes: Uint8Array): void {
    const window = Buffer.concat([this.#newest, bytes]);
    const known = this.#newest.length;
    this.#newest = Buffer.from(window.subarray(-(CLEAR.length - 1)));
    let keptFrom = known;
    for (let at = window.indexOf(DLE); at !== -1; at = window.indexOf(DLE, at + 1)) {
      const end = realTimeEnd(window, at);
      if (end > known && this.#realTime(window.subarray(at, end))) keptFrom = end;
    }
    if (this.#knobs.discards) return;
    this.#held = Buffer.concat([this.#held, window.subarray(keptFrom)]);
    this.#work();
  }

  /** @returns whether the buffer was cleared */
  #realTime(command: Uint8Array): boolean {
    const [, second, n = 0] = command;
    if (second === 0x04) this.#say(statusAnswer(n, this.#knobs));
    if (second === 0x05) return this.#leaveError(n);
    if (second !== 0x14 || !this.#knobs.knowsClear) return false;
    this.#forget();
    this.#say(0x37, 0x25, 0x00);
    return true;
  }

  /** A cutter that only stuck for a moment comes free. @returns whether the buffer was cleared */
  #leaveError(n: number): boolean {
    if (!this.#knobs.cutterError) return false;
    if (n === 2) this.#forget();
    this.set({ cutterError: false });
    return n === 2;
  }

  #forget(): void {
    this.#held = Buffer.alloc(0);
    this.#newest = Buffer.alloc(0);
    this.#executed = [];
    this.#firmware.reset();
  }

  #work(): void {
    while (this.#held.length > 0 && canPrint(this.#knobs)) {
      const step = this.#firmware.step(this.#held);
      if (step.kind === 'more') return;
      this.#executed.push(this.#held.subarray(0, step.used));
      this.#held = this.#held.subarray(step.used);
      if (step.kind === 'cut') this.#cut();
      else if (step.kind === 'in-order' && this.#knobs.knowsInOrder) this.#sayDone(0);
      else if (step.kind === 'process-id' && this.#knobs.knowsProcessId) this.#sayDone(0x37, 0x22, ...step.id, 0);
      else if (step.kind === 'information') this.#sayInformation(step.n);
      else if (step.kind === 'automatic-status') this.#turnAutomaticStatus(step.n !== 0);
      this.#useUpPaper();
    }
  }

  #useUpPaper(): void {
    const { outAfterDots } = this.#knobs;
    if (outAfterDots === null || this.#firmware.sheet.height < outAfterDots) return;
    this.set({ paper: 'out', outAfterDots: null });
  }

  #cut(): void {
    const paper = this.#firmware.sheet.take();
    const bytes = Buffer.concat(this.#executed);
    this.#executed = [];
    if (paper.picture.height === 0) return;
    this.#cuts += 1;
    this.#slipBefore = true;
    const slip = { ...paper, id: this.#cuts, bytes, at: Date.now() };
    this.slips.push(slip);
    if (this.slips.length > SLIPS_KEPT) this.slips.shift();
    this.onSlip(slip);
  }

  #turnAutomaticStatus(on: boolean): void {
    this.#automaticStatus = on && this.#knobs.knowsAutomaticStatus;
    if (this.#automaticStatus) this.#sayStatus();
  }

  #sayInformation(n: number): void {
    const text = INFORMATION[n];
    if (text !== undefined) this.#say(0x5f, ...Buffer.from(text, 'latin1'), 0);
  }

  #sayStatus(): void {
    this.#say(...automaticStatus(this.#knobs));
  }

  /** Everything before is on paper. Whoever is connected by then hears it. */
  #sayDone(...bytes: number[]): void {
    const { loseAnswer, slowMs } = this.#knobs;
    const isProbe = !this.#slipBefore;
    this.#slipBefore = false;
    if (loseAnswer && !isProbe) return;
    if (slowMs === 0 || isProbe) this.#say(...bytes);
    else setTimeout(() => this.#say(...bytes), slowMs);
  }

  #say(...bytes: number[]): void {
    if (this.#knobs.silent) return;
    const noise = this.#knobs.noisy ? [0x9b, 0x81] : [];
    this.#link?.say(Uint8Array.from([...noise, ...bytes]));
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** Where the real-time command ends that begins here; -1: none does, or it is not complete. */
function realTimeEnd(bytes: Buffer, at: number): number {
  const [, second, n = 0] = bytes.subarray(at, at + 3);
  const isShort = (second === 0x04 && n >= 1 && n <= 4) || (second === 0x05 && (n === 1 || n === 2));
  if (isShort) return at + 3;
  return CLEAR.equals(bytes.subarray(at, at + CLEAR.length)) ? at + CLEAR.length : -1;
}
