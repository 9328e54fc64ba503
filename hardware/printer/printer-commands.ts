/**
 * Commands that are written byte by byte here, because npm `escpos` has them wrong or not at all.
 *
 * @source Epson ESC/POS command reference; the letters in front of each are its name there
 */

/** `FS .`: clones start in double-byte mode, which reads high bytes as Chinese. */
export const DOUBLE_BYTE_OFF = Uint8Array.of(0x1c, 0x2e);
/** `ESC @`: modes as after switching on. */
export const RESET = Uint8Array.of(0x1b, 0x40);
/** `GS a n`: tells by itself when its condition changes. */
export const AUTOMATIC_STATUS_ON = Uint8Array.of(0x1d, 0x61, 0xff);
export const AUTOMATIC_STATUS_OFF = Uint8Array.of(0x1d, 0x61, 0x00);
/** `DLE ENQ 2`: leave a recoverable error and drop what was being printed. */
export const LEAVE_ERROR = Uint8Array.of(0x10, 0x05, 2);
/** `DLE DC4 8`: drops everything received and not yet printed; answered by 37h 25h 00h. */
export const CLEAR_BUFFER = Uint8Array.of(0x10, 0x14, 8, 1, 3, 0x14, 1, 6, 2, 8);
/**
 * `GS r 1` asks for the paper sensors *in order*: unlike real-time status, which is answered at once even in the middle of
 * a slip, it is answered when the printer reaches it. So its one byte means: everything before it is done.
 */
export const ANSWER_IN_ORDER = Uint8Array.of(0x1d, 0x72, 1);
/** Ends a picture cut short: 8 KB of nothing is more than one raster command holds; then modes as at the start. */
export const FLUSH_HALF_COMMAND = Uint8Array.from([...new Uint8Array(8 * 1024), ...RESET]);

/** `DLE EOT n`: 1 offline, 2 cause of being offline, 3 error, 4 paper. Answered at once, one byte each. */
export function statusRequest(n: 1 | 2 | 3 | 4): Uint8Array {
  return Uint8Array.of(0x10, 0x04, n);
}

/** `GS I n`: firmware (41h), maker (42h), model (43h), serial number (44h). Answered by 5Fh … 00h. */
export function informationRequest(which: 'firmware' | 'maker' | 'model' | 'serial'): Uint8Array {
  const n = { firmware: 0x41, maker: 0x42, model: 0x43, serial: 0x44 }[which];
  return Uint8Array.of(0x1d, 0x49, n);
}

/** `GS ( H` fn 48: answered with the same id when all data before it is printed. @param id four signs of 20h to 7Eh */
export function processIdRequest(id: string): Uint8Array {
  return Uint8Array.from([0x1d, 0x28, 0x48, 6, 0, 0x30, 0x30, ...Buffer.from(id, 'latin1')]);
}

/** `ESC t n`, or Star's `ESC GS t n`. */
export function tableSelection(select: 'ESC t' | 'ESC GS t', number: number): Uint8Array {
  return select === 'ESC t' ? Uint8Array.of(0x1b, 0x74, number) : Uint8Array.of(0x1b, 0x1d, 0x74, number);
}

/** `ESC E n`. The package's own bold also sends italics off, which is no command of these printers. */
export function bold(on: boolean): Uint8Array {
  return Uint8Array.of(0x1b, 0x45, on ? 1 : 0);
}

/** `GS V 66 n`: feeds the last line to the cutter and cuts, leaving one point, so the slip does not fall. */
export function feedAndCut(feedDots: number): Uint8Array {
  return Uint8Array.of(0x1d, 0x56, 0x42, feedDots);
}

/** `ESC J n`: feeds; for printers without a cutter. @param dots up to 255 */
export function feedDots(dots: number): Uint8Array {
  return Uint8Array.of(0x1b, 0x4a, dots);
}

/** `GS ( k`: a QR code, model 2, error correction M, drawn by the printer. @param data printable characters, UTF-8 */
export function qrCommands(data: string, moduleDots: number): Uint8Array {
  const bytes = Buffer.from(data, 'utf8');
  const stored = bytes.length + 3;
  return Uint8Array.from([
    ...[0x1d, 0x28, 0x6b, 4, 0, 0x31, 0x41, 0x32, 0],
    ...[0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x43, moduleDots],
    ...[0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x45, 0x31],
    ...[0x1d, 0x28, 0x6b, stored & 0xff, stored >> 8, 0x31, 0x50, 0x30, ...bytes],
    ...[0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x51, 0x30],
  ]);
}
