import { closeSync, openSync, read, writeSync } from 'node:fs';

/** What a virtual device of the kernel says it is. */
export interface UhidDevice {
  readonly name: string;
  readonly vendorId: number;
  readonly productId: number;
  /** HID report descriptor. */
  readonly descriptor: readonly number[];
}

const [DESTROY, OUTPUT, CREATE2, INPUT2] = [1, 6, 11, 12];
const EVENT_BYTES = 4_380;
const BUS_USB = 3;

/** A HID device that the kernel takes for real: everything above it is what a real one meets. @source Linux, uhid.h */
export class Uhid {
  /** Output reports it was sent, without the report number 0. */
  readonly outputs: Uint8Array[] = [];
  readonly #fd: number;
  #open = true;

  constructor({ name, vendorId, productId, descriptor }: UhidDevice) {
    this.#fd = openSync('/dev/uhid', 'r+');
    const event = Buffer.alloc(EVENT_BYTES);
    event.writeUInt32LE(CREATE2, 0);
    event.write(name, 4, 'latin1');
    event.writeUInt16LE(descriptor.length, 260);
    event.writeUInt16LE(BUS_USB, 262);
    event.writeUInt32LE(vendorId, 264);
    event.writeUInt32LE(productId, 268);
    event.set(descriptor, 280);
    writeSync(this.#fd, event);
    this.#listen();
  }

  /** Sends one input report. */
  say(report: readonly number[]): void {
    const event = Buffer.alloc(EVENT_BYTES);
    event.writeUInt32LE(INPUT2, 0);
    event.writeUInt16LE(report.length, 4);
    event.set(report, 6);
    writeSync(this.#fd, event);
  }

  /** The unplugging. */
  destroy(): void {
    this.#open = false;
    const event = Buffer.alloc(EVENT_BYTES);
    event.writeUInt32LE(DESTROY, 0);
    writeSync(this.#fd, event);
    closeSync(this.#fd);
  }

  #listen(): void {
    const event = Buffer.alloc(EVENT_BYTES);
    read(this.#fd, event, 0, EVENT_BYTES, null, (cause) => {
      if (cause || !this.#open) return;
      if (event.readUInt32LE(0) === OUTPUT) {
        const size = event.readUInt16LE(4 + 4_096);
        // The kernel keeps the report's number in front where the report has none: it is 0.
        const data = Uint8Array.from(event.subarray(4, 4 + size));
        this.outputs.push(data[0] === 0 ? data.subarray(1) : data);
      }
      this.#listen();
    });
  }
}
