import { createECDH, randomBytes, type ECDH } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';

/** `http_ece`, which `web-push` seals with: here it opens, as a browser would. */
const ece = createRequire(import.meta.url)('http_ece') as {
  decrypt(sealed: Buffer, keys: { version: 'aes128gcm'; privateKey: ECDH; authSecret: string }): Buffer;
};

export interface Pushed {
  readonly headers: IncomingMessage['headers'];
  /** What only the phone can read. */
  readonly opened: { readonly title: string; readonly body: string; readonly page: string };
  readonly sealed: Buffer;
}

/** A browser and its push service: an address for messages, and what arrives there, opened with the browser's own key. */
export class PushService {
  readonly arrived: Pushed[] = [];
  /** What it answers; 410 when the browser no longer takes messages. */
  status = 201;
  readonly #browser = createECDH('prime256v1');
  readonly #auth = randomBytes(16).toString('base64url');
  readonly #server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const sealed = Buffer.concat(parts);
      const keys = { version: 'aes128gcm', privateKey: this.#browser, authSecret: this.#auth } as const;
      const opened = JSON.parse(ece.decrypt(sealed, keys).toString('utf8')) as Pushed['opened'];
      this.arrived.push({ headers: request.headers, opened, sealed });
      response.writeHead(this.status).end();
    });
  });

  async start(): Promise<void> {
    this.#browser.generateKeys();
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  /** As a browser hands it to its page. */
  get subscription() {
    const { port } = this.#server.address() as AddressInfo;
    const keys = { p256dh: this.#browser.getPublicKey().toString('base64url'), auth: this.#auth };
    return { endpoint: `http://127.0.0.1:${port}/box/1`, keys };
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
