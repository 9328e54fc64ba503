import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Bitmap } from './bitmap.ts';
import type { ByteLink, OpenLink } from './byte-link.ts';
import { PaperDecoder } from './paper-decoder.ts';

/** What can be set on it, by hand in the dock, over HTTP and in tests. */
export interface PrinterKnobs {
  paper: 'enough' | 'low' | 'out';
  coverOpen: boolean;
  cutterError: boolean;
  headHot: boolean;
  fault: boolean;
  unplugged: boolean;
  /** Takes bytes and never answers. */
  silent: boolean;
  /** Prints, but the in-order answer is lost. */
  loseAnswer: boolean;
  /** Milliseconds a slip takes. */
  slowMs: number;
  /** The paper runs out after so many dots of the next slip; `null`: it does not. */
  outAfterDots: number | null;
  /** The link is cut after so many bytes of the next job; `null`: it is not. */
  cutAfterBytes: number | null;
}

export const KNOBS: Readonly<PrinterKnobs> = {
  paper: 'enough',
  coverOpen: false,
  cutterError: false,
  headHot: false,
  fault: false,
  unplugged: false,
  silent: false,
  loseAnswer: false,
  slowMs: 0,
  outAfterDots: null,
  cutAfterBytes: null,
};

/** A slip that came out. */
export interface PrintedSlip {
  readonly picture: Bitmap;
  /** What was printed in the printer's own letters. */
  readonly text: readonly string[];
  readonly bytes: Uint8Array;
  readonly at: number;
}

const SLIPS_KEPT = 50;
const DOTS_ACROSS = 576;

/**
 * A printer made of memory, at the end of the byte pipe: the real driver is in every test. Like a real one it keeps what
 * it received while it stands still, and prints it after recovery unless the buffer is cleared.
 */
export class VirtualPrinter {
  readonly slips: PrintedSlip[] = [];
  /** Told after each slip. */
  onSlip: (slip: PrintedSlip) => void = () => undefined;
  #knobs: PrinterKnobs = { ...KNOBS };
  #link: VirtualLink | null = null;
  #held: number[] = [];
  #jobBytes = 0;
  readonly #decoder = new PaperDecoder(DOTS_ACROSS);

  get knobs(): Readonly<PrinterKnobs> {
    return this.#knobs;
  }

  /** Turns a knob; a printer that can print again prints what it held. */
  set(knobs: Partial<PrinterKnobs>): void {
    this.#knobs = { ...this.#knobs, ...knobs };
    if (this.#knobs.unplugged) this.#link?.cut();
    this.#work();
  }

  open: OpenLink = () => {
    if (this.#knobs.unplugged) return Promise.reject(new Error('no such device'));
    this.#link?.cut();
    this.#link = new VirtualLink((bytes) => this.receive(bytes));
    return Promise.resolve(this.#link);
  };

  /** The same printer at a TCP port, as a network printer stands: one client at a time. */
  async listen(port = 0): Promise<{ readonly port: number; readonly server: Server }> {
    const server = createServer((socket) => this.#serve(socket));
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return { port: (server.address() as AddressInfo).port, server };
  }

  /** Bytes from whoever is connected. */
  receive(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (this.#knobs.cutAfterBytes !== null && this.#jobBytes >= this.#knobs.cutAfterBytes) {
        this.#knobs = { ...this.#knobs, cutAfterBytes: null };
        this.#jobBytes = 0;
        this.#link?.cut();
        return;
      }
      this.#held.push(byte);
      if (!this.#realTime()) this.#jobBytes += 1;
    }
    this.#work();
  }

  /** Real-time commands act at once, wherever they stand. @returns whether the newest bytes were one */
  #realTime(): boolean {
    const held = this.#held;
    const end = held.length;
    if (held[end - 3] === 0x10 && held[end - 2] === 0x04 && (held[end - 1] ?? 0) >= 1 && (held[end - 1] ?? 0) <= 4) {
      const [n] = held.splice(end - 3, 3).slice(2);
      this.#say(this.#statusByte(n ?? 1));
      return true;
    }
    if (end >= 10 && held[end - 10] === 0x10 && held[end - 9] === 0x14 && held[end - 8] === 8) {
      this.#held = [];
      this.#jobBytes = 0;
      this.#decoder.reset();
      this.#say(0x37, 0x25, 0x00);
      return true;
    }
    return false;
  }

  #work(): void {
    while (this.#held.length > 0 && this.#canPrint()) {
      const outcome = this.#decoder.step(this.#held);
      if (outcome.kind === 'more') return;
      this.#held.splice(0, outcome.used);
      if (outcome.kind === 'cut') this.#cut();
      if (outcome.kind === 'in-order') this.#answerInOrder();
      const { outAfterDots } = this.#knobs;
      if (outAfterDots !== null && this.#decoder.height >= outAfterDots) {
        this.#knobs = { ...this.#knobs, paper: 'out', outAfterDots: null };
      }
    }
  }

  #answerInOrder(): void {
    this.#jobBytes = 0;
    if (this.#knobs.loseAnswer) return;
    const { slowMs } = this.#knobs;
    const link = this.#link;
    if (slowMs === 0) this.#say(0);
    else setTimeout(() => link === this.#link && this.#say(0), slowMs);
  }

  #cut(): void {
    const slip = { ...this.#decoder.take(), at: Date.now() };
    if (slip.picture.height === 0 && slip.text.length === 0) return;
    this.slips.push(slip);
    if (this.slips.length > SLIPS_KEPT) this.slips.shift();
    this.onSlip(slip);
  }

  #canPrint(): boolean {
    const { paper, coverOpen, cutterError, headHot, fault, silent } = this.#knobs;
    return paper !== 'out' && !coverOpen && !cutterError && !headHot && !fault && !silent;
  }

  #statusByte(n: number): number {
    const { paper, coverOpen, cutterError, headHot, fault } = this.#knobs;
    const offline = paper === 'out' || coverOpen || cutterError || headHot || fault;
    const base = 0x12;
    if (n === 1) return base | (offline ? 0x08 : 0);
    if (n === 2)
      return (
        base | (coverOpen ? 0x04 : 0) | (paper === 'out' ? 0x20 : 0) | (cutterError || fault || headHot ? 0x40 : 0)
      );
    if (n === 3) return base | (cutterError ? 0x08 : 0) | (fault ? 0x20 : 0) | (headHot ? 0x40 : 0);
    return base | (paper === 'enough' ? 0 : 0x0c) | (paper === 'out' ? 0x60 : 0);
  }

  #say(...bytes: number[]): void {
    if (!this.#knobs.silent) this.#link?.say(Uint8Array.from(bytes));
  }

  #serve(socket: Socket): void {
    if (this.#link?.isOpen === true || this.#knobs.unplugged) {
      socket.destroy();
      return;
    }
    const link = new VirtualLink((bytes) => this.receive(bytes));
    this.#link = link;
    socket.on('data', (chunk) => void link.write(chunk).catch(() => undefined));
    socket.on('close', () => link.cut());
    socket.on('error', () => socket.destroy());
    void (async () => {
      for await (const bytes of link.bytes()) socket.write(bytes);
      socket.destroy();
    })();
  }
}

class VirtualLink implements ByteLink {
  readonly #receive: (bytes: Uint8Array) => void;
  readonly #said: Uint8Array[] = [];
  #wake: () => void = () => undefined;
  #open = true;

  constructor(receive: (bytes: Uint8Array) => void) {
    this.#receive = receive;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (!this.#open) throw new Error('device is gone');
    this.#receive(bytes);
    if (!this.isOpen) throw new Error('device is gone');
  }

  async *bytes(): AsyncIterable<Uint8Array> {
    while (this.#open || this.#said.length > 0) {
      const next = this.#said.shift();
      if (next) yield next;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  say(bytes: Uint8Array): void {
    this.#said.push(bytes);
    this.#wake();
  }

  cut(): void {
    this.#open = false;
    this.#wake();
  }

  close(): Promise<void> {
    this.cut();
    return Promise.resolve();
  }
}
