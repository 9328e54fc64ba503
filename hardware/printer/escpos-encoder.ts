import Printer from 'escpos/printer.js';
import type { Bitmap } from './bitmap.ts';
import { rasterCommands } from './raster.ts';

/**
 * The only file that knows npm `escpos`, used as an encoder of bytes into a list of our own: start, pictures, cut. Its
 * adapters, QR codes, barcodes, drawer pulses, `close` and `flush` are never called.
 */
export function encodeSlip(picture: Bitmap): Buffer {
  const written: Buffer[] = [];
  const printer = new Printer(sink, {});
  printer.hardware('init');
  printer.print(DOUBLE_BYTE_OFF);
  printer.print(rasterCommands(picture));
  printer.print(FEED_AND_CUT);
  written.push(printer.buffer.flush());
  return Buffer.concat(written);
}

/** Clones start in double-byte mode, which reads high bytes as Chinese. */
const DOUBLE_BYTE_OFF = Buffer.of(0x1c, 0x2e);
/** `GS V 66 n`: feeds the last line to the cutter and cuts, leaving one point, so the slip does not fall. */
const FEED_AND_CUT = Buffer.of(0x1d, 0x56, 0x42, 24);

/** An adapter that goes nowhere: nothing is written through the package. */
const sink = {
  open: (): void => undefined,
  write: (): void => undefined,
  close: (): void => undefined,
};
