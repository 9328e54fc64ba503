import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * What the network does to everything that passes:
 * `refuse` nobody listens, open connections end · `reset` every connection is reset · `blackhole` connections open, bytes
 * vanish both ways, and nobody hears of it, not even afterwards · `freeze-up`, `freeze-down`, `freeze-both` bytes stand still and come later,
 * from the client, to the client, or both · `delay` every chunk comes late · `cut` a connection ends after some bytes.
 */
export type Trouble =
  | { readonly kind: 'none' | 'refuse' | 'reset' | 'blackhole' | 'freeze-up' | 'freeze-down' | 'freeze-both' }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'cut'; readonly afterBytes: number };

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  /** Bytes of it were lost: it can only end. */
  torn: boolean;
  /** Bytes that went to the client since the trouble began. */
  passed: number;
}

/** A TCP proxy between a client and the office that can be as bad as a network. */
export class FaultyProxy {
  readonly #target: number;
  readonly #pairs = new Set<Pair>();
  #server: Server | null = null;
  #port = 0;
  #trouble: Trouble = { kind: 'none' };

  private constructor(target: number) {
    this.#target = target;
  }

  /** @param target the office's port on this machine */
  static async open(target: number): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(target);
    await proxy.#listen();
    return proxy;
  }

  get port(): number {
    return this.#port;
  }

  /** Connections that have lost bytes, and whose ends do not know. */
  get torn(): number {
    return [...this.#pairs].filter(({ torn }) => torn).length;
  }

  /** Makes trouble, or ends it. */
  async make(trouble: Trouble): Promise<void> {
    this.#trouble = trouble;
    const { kind } = trouble;
    for (const pair of this.#pairs) {
      pair.passed = 0;
      if (kind === 'refuse') end(pair);
      if (kind === 'reset') reset(pair);
      this.#hold(pair);
    }
    if (kind === 'refuse') await this.#deafen();
    else if (!this.#server) await this.#listen();
  }

  async close(): Promise<void> {
    for (const pair of this.#pairs) end(pair);
    await this.#deafen();
  }

  async #listen(): Promise<void> {
    const server = createServer({ allowHalfOpen: false, noDelay: true }, (client) => this.#welcome(client));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  async #deafen(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  #welcome(client: Socket): void {
    if (this.#trouble.kind === 'reset') {
      client.resetAndDestroy();
      return;
    }
    const server = connect({ port: this.#target, host: '127.0.0.1', noDelay: true });
    const pair: Pair = { client, server, torn: false, passed: 0 };
    this.#pairs.add(pair);
    client.on('data', (chunk) => this.#pass(pair, 'up', chunk));
    server.on('data', (chunk) => this.#pass(pair, 'down', chunk));
    for (const socket of [client, server]) {
      socket.on('error', () => undefined); // `close` follows, and ends the other side
      socket.on('close', () => this.#ended(pair));
    }
    this.#hold(pair);
  }

  #pass(pair: Pair, way: 'up' | 'down', chunk: Buffer): void {
    const trouble = this.#trouble;
    const to = way === 'up' ? pair.server : pair.client;
    if (pair.torn) return;
    switch (trouble.kind) {
      case 'blackhole':
        pair.torn = true;
        return;
      case 'delay':
        setTimeout(() => write(to, chunk), trouble.ms);
        return;
      case 'cut': {
        if (way === 'up') return write(to, chunk);
        const left = Math.max(0, trouble.afterBytes - pair.passed);
        pair.passed += chunk.length;
        write(to, chunk.subarray(0, left));
        if (chunk.length > left) end(pair);
        return;
      }
      default:
        write(to, chunk);
    }
  }

  /** What is frozen is not read, so the sender's buffers fill as behind a real network. */
  #hold({ client, server }: Pair): void {
    const { kind } = this.#trouble;
    if (kind === 'freeze-up' || kind === 'freeze-both') client.pause();
    else client.resume();
    if (kind === 'freeze-down' || kind === 'freeze-both') server.pause();
    else server.resume();
  }

  #ended(pair: Pair): void {
    // behind a silent network neither side hears that the other has gone
    if (pair.torn || this.#trouble.kind === 'blackhole') {
      pair.torn = true;
      return;
    }
    end(pair);
    this.#pairs.delete(pair);
  }
}

function write(to: Socket, chunk: Buffer): void {
  if (chunk.length > 0 && to.writable) to.write(chunk);
}

function end({ client, server }: Pair): void {
  client.destroy();
  server.destroy();
}

function reset({ client, server }: Pair): void {
  client.resetAndDestroy();
  server.resetAndDestroy();
}
