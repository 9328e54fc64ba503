import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { ByteLink, OpenLink } from '../byte-link.ts';

/** How often a device that is busy or has nothing to say is asked again (milliseconds). */
const ASK_AGAIN_MS = 20;
const READ_AT_MOST = 256;

/** A printer at the kernel's USB printer driver (`/dev/usb/lp0`): read without blocking a thread. */
export function usbLink(path: string): OpenLink {
  return async () => {
    try {
      return new DeviceLink(await open(path, constants.O_RDWR | constants.O_NONBLOCK), true);
    } catch (cause) {
      throw new Error(openingProblem(path, cause), { cause });
    }
  };
}

/** A file that takes what would be printed and answers nothing. */
export function fileLink(path: string): OpenLink {
  return async () => new DeviceLink(await open(path, 'a', 0o600), false);
}

/** Why a device could not be opened, and what to do about it. */
export function openingProblem(path: string, cause: unknown): string {
  switch (codeOf(cause)) {
    case 'EACCES':
    case 'EPERM':
      return `no permission for ${path}: install the udev rule 70-infolett-printer.rules and join its group (docs/printer.md)`;
    case 'ENOENT':
    case 'ENODEV':
    case 'ENXIO':
      return `no printer at ${path}: it is unplugged or switched off`;
    case 'EBUSY':
      return `${path} is in use by another program`;
    default:
      return cause instanceof Error ? cause.message : String(cause);
  }
}

class DeviceLink implements ByteLink {
  readonly closed: Promise<string>;
  readonly #handle: FileHandle;
  readonly #answers: boolean;
  #isClosed = false;
  #end: (reason: string) => void = () => undefined;

  constructor(handle: FileHandle, answers: boolean) {
    this.#handle = handle;
    this.#answers = answers;
    this.closed = new Promise((resolve) => (this.#end = resolve));
  }

  async write(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    let at = 0;
    while (at < bytes.length) {
      signal.throwIfAborted();
      try {
        at += (await this.#handle.write(bytes, at)).bytesWritten;
      } catch (cause) {
        if (codeOf(cause) !== 'EAGAIN') throw cause;
        await pause();
      }
    }
  }

  async *bytes(): AsyncIterable<Uint8Array> {
    if (!this.#answers) {
      await this.closed;
      return;
    }
    const buffer = new Uint8Array(READ_AT_MOST);
    while (!this.#isClosed) {
      const length = await this.#read(buffer);
      if (length > 0) yield buffer.slice(0, length);
      else await pause();
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#end('closed');
    await this.#handle.close();
  }

  /** @returns 0 when there is nothing to read now */
  async #read(buffer: Uint8Array): Promise<number> {
    try {
      return (await this.#handle.read(buffer, 0, buffer.length, null)).bytesRead;
    } catch (cause) {
      if (codeOf(cause) === 'EAGAIN') return 0;
      if (!this.#isClosed) this.#end(openingProblem('the device', cause));
      this.#isClosed = true;
      return 0;
    }
  }
}

function codeOf(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
}
