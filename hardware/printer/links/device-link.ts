import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { ByteLink, OpenLink } from '../byte-link.ts';

/** How often a device that has nothing to say is asked again (milliseconds). */
const READ_AGAIN_MS = 50;
const READ_AT_MOST = 256;

/** A printer at the kernel's USB printer driver (`/dev/usb/lp0`): read without blocking a thread. */
export function usbLink(path: string): OpenLink {
  return async () => new DeviceLink(await open(path, constants.O_RDWR | constants.O_NONBLOCK), true);
}

/** A file that takes what would be printed and answers nothing. */
export function fileLink(path: string): OpenLink {
  return async () => new DeviceLink(await open(path, 'a', 0o600), false);
}

class DeviceLink implements ByteLink {
  readonly #handle: FileHandle;
  readonly #answers: boolean;
  #closed = false;

  constructor(handle: FileHandle, answers: boolean) {
    this.#handle = handle;
    this.#answers = answers;
  }

  async write(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    let at = 0;
    while (at < bytes.length) {
      signal.throwIfAborted();
      try {
        at += (await this.#handle.write(bytes, at)).bytesWritten;
      } catch (cause) {
        if (!isBusy(cause)) throw cause;
        await pause();
      }
    }
  }

  async *bytes(): AsyncIterable<Uint8Array> {
    const buffer = new Uint8Array(READ_AT_MOST);
    while (!this.#closed) {
      const { bytesRead } = this.#answers ? await this.#read(buffer) : { bytesRead: 0 };
      if (bytesRead > 0) yield buffer.slice(0, bytesRead);
      else await pause();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#handle.close();
  }

  async #read(buffer: Uint8Array): Promise<{ readonly bytesRead: number }> {
    try {
      return await this.#handle.read(buffer, 0, buffer.length, null);
    } catch (cause) {
      if (this.#closed || isBusy(cause)) return { bytesRead: 0 };
      throw cause;
    }
  }
}

function isBusy(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'EAGAIN';
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, READ_AGAIN_MS));
}
