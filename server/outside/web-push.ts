import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import webPush from 'web-push';
import { phoneMessage } from '../../locales/phone-message.ts';
import type { MessagePort, PhoneMessage, Sent, Sealing } from '../live/phone-messages.ts';

const SEND_WITHIN_MS = 10_000;
/** A browser's push service keeps a message at most this long (seconds): an old call must not ring. */
const KEPT_S: Readonly<Record<PhoneMessage['kind'], number>> = { near: 300, called: 90 };
const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];
/** The push services of the browsers; hosts under these names too. */
export const PUSH_SERVICES: readonly string[] = [
  'fcm.googleapis.com',
  'push.services.mozilla.com',
  'notify.windows.com',
  'push.apple.com',
];

interface Keys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/**
 * Messages to phones over the push services of their browsers. What is in a message only the phone can open; the service sees
 * that the office has something to say to an address it gave out itself, and when.
 *
 * The address comes from a browser, so it is believed only where it names a push service the office knows: the server would
 * otherwise fetch whatever a stranger asks it to.
 *
 * @source RFC 8030 (Web Push), RFC 8291 (encryption), RFC 8292 (VAPID)
 */
export class WebPush implements MessagePort {
  readonly #path: string;
  readonly #services: readonly string[];
  readonly #subject: () => string;
  #keys: Promise<Keys> | null = null;

  /** @param publicUrl who sends: push services want a way to reach somebody */
  constructor(dataDir: string, services: readonly string[], publicUrl: () => string) {
    this.#path = join(dataDir, 'push.keys.json');
    this.#services = services;
    this.#subject = () => (publicUrl().startsWith('https:') ? publicUrl() : 'mailto:infolett@office.invalid');
  }

  async publicKey(): Promise<string> {
    return (await this.#ownKeys()).publicKey;
  }

  knows(endpoint: string): boolean {
    const url = URL.parse(endpoint);
    if (!url) return false;
    const isListed = this.#services.some((name) => url.hostname === name || url.hostname.endsWith(`.${name}`));
    return isListed && (url.protocol === 'https:' || LOOPBACK.includes(url.hostname));
  }

  async send(to: Sealing, message: PhoneMessage): Promise<Sent> {
    const words = phoneMessage(message.kind, message.language);
    try {
      const { headers, body, endpoint } = webPush.generateRequestDetails(
        to,
        JSON.stringify({ ...words, page: message.page }),
        {
          vapidDetails: { subject: this.#subject(), ...(await this.#ownKeys()) },
          TTL: KEPT_S[message.kind],
          urgency: 'high',
          topic: 'turn',
        },
      );
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
        body: new Uint8Array(body),
        redirect: 'error',
        signal: AbortSignal.timeout(SEND_WITHIN_MS),
      });
      if (response.status === 404 || response.status === 410) return 'gone';
      return response.ok ? 'sent' : 'failed';
    } catch {
      return 'failed';
    }
  }

  /** Made at the first need, and kept: a browser's subscription is bound to them. */
  #ownKeys(): Promise<Keys> {
    this.#keys ??= this.#readKeys().catch(() => this.#makeKeys());
    return this.#keys;
  }

  async #readKeys(): Promise<Keys> {
    return JSON.parse(await readFile(this.#path, 'utf8')) as Keys;
  }

  async #makeKeys(): Promise<Keys> {
    const keys = webPush.generateVAPIDKeys();
    await writeFile(this.#path, JSON.stringify(keys), { mode: 0o600, flag: 'wx' });
    return keys;
  }
}
