import type { Result } from '../../server/basics/result.ts';

/** A byte pipe to one printer: network, USB, a file, or a virtual printer. The driver sees nothing else. */
export interface ByteLink {
  /** Resolves when the bytes have left. Rejects when the device is gone or takes too long (the signal). */
  write(bytes: Uint8Array, signal: AbortSignal): Promise<void>;
  /** What the printer says; ends when the link does. */
  bytes(): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** Opens a link, or rejects with the reason. */
export type OpenLink = (signal: AbortSignal) => Promise<ByteLink>;

/** Where a printer is, as the setting `PRINTER` names it. */
export type PrinterPlace =
  | { readonly kind: 'virtual' }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  /** A character device (`usb:/dev/usb/lp0`): answers can be read. */
  | { readonly kind: 'usb'; readonly path: string }
  /** A plain file: takes bytes, answers nothing. */
  | { readonly kind: 'file'; readonly path: string };

const RAW_PORT = 9100;

/** Reads the setting `PRINTER`. @returns the sentence that says what is wrong with it */
export function printerPlace(setting: string): Result<PrinterPlace, string> {
  if (setting === 'virtual:') return { ok: true, value: { kind: 'virtual' } };
  const path = /^(?<kind>usb|file):(?<path>\/?[^/].*|\/.+)$/.exec(setting)?.groups;
  if (path?.kind === 'usb' || path?.kind === 'file') {
    return { ok: true, value: { kind: path.kind, path: path.path ?? '' } };
  }
  if (setting.startsWith('tcp://') && URL.canParse(setting)) {
    const { hostname, port } = new URL(setting);
    if (hostname !== '') return { ok: true, value: { kind: 'tcp', host: hostname, port: Number(port || RAW_PORT) } };
  }
  return { ok: false, error: `"${setting}" is none of virtual: · tcp://host:9100 · usb:/dev/usb/lp0 · file:path` };
}
