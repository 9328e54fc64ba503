/** A byte pipe to one printer: network, USB, a file, or a virtual printer. The driver sees nothing else. */
export interface ByteLink {
  /** Resolves when the bytes have left. Rejects when the device is gone or the signal says it takes too long. */
  write(bytes: Uint8Array, signal: AbortSignal): Promise<void>;
  /** What the printer says; ends when the link does. */
  bytes(): AsyncIterable<Uint8Array>;
  /** Resolves when the link is gone, with the reason. */
  readonly closed: Promise<string>;
  close(): Promise<void>;
}

/** Opens a link, or rejects with the reason. */
export type OpenLink = (signal: AbortSignal) => Promise<ByteLink>;
