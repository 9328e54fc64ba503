import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import type { ByteLink, OpenLink } from '../byte-link.ts';

/** A raw network printer, usually on port 9100. One connection, kept open. */
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
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', () => socket.destroy()); // whoever reads or writes hears of it
  }

  async write(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    if (this.#socket.destroyed) throw new Error('the printer closed the connection');
    if (this.#socket.write(bytes)) return;
    await Promise.race([
      once(this.#socket, 'drain', { signal }),
      once(this.#socket, 'close', { signal }).then(() => {
        throw new Error('the printer closed the connection');
      }),
    ]);
  }

  async *bytes(): AsyncIterable<Uint8Array> {
    for await (const chunk of this.#socket) yield chunk as Uint8Array;
  }

  async close(): Promise<void> {
    this.#socket.destroy();
  }
}
