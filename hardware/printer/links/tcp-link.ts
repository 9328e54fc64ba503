import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { ByteLink, OpenLink } from '../byte-link.ts';

const CLOSED_BY_PRINTER = 'the printer closed the connection';

/** A raw network printer, usually on port 9100. One connection, kept open; many models take no second one. */
export function tcpLink(host: string, port: number): OpenLink {
  return async (signal) => {
    const socket = connect({ host, port, noDelay: true, keepAlive: true });
    try {
      await once(socket, 'connect', { signal });
    } catch (cause) {
      socket.destroy();
      throw cause;
    }
    return new TcpLink(socket);
  };
}

class TcpLink implements ByteLink {
  readonly closed: Promise<string>;
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => {
      socket.once('error', (cause) => resolve(cause.message));
      socket.once('end', () => resolve(CLOSED_BY_PRINTER));
      socket.once('close', () => resolve(CLOSED_BY_PRINTER));
    });
    socket.on('error', () => socket.destroy());
  }

  /** Resolves when the kernel took the bytes: more would only lie in memory. */
  async write(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#socket.destroyed) throw new Error(CLOSED_BY_PRINTER);
    await new Promise<void>((resolve, reject) => {
      const abort = (): void => reject(new Error('the printer takes no bytes'));
      signal.addEventListener('abort', abort, { once: true });
      this.#socket.write(bytes, (cause) => {
        signal.removeEventListener('abort', abort);
        if (cause) reject(cause);
        else resolve();
      });
    });
  }

  async *bytes(): AsyncIterable<Uint8Array> {
    for await (const chunk of this.#socket) yield chunk as Uint8Array;
  }

  async close(): Promise<void> {
    this.#socket.destroy();
  }
}
