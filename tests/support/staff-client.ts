import { connect, type OfficeSocket } from './clients.ts';

/** A browser of one person: it keeps its cookies as a browser does and speaks to the office's own routes. */
export class StaffClient {
  readonly url: string;
  readonly #cookies = new Map<string, string>();
  readonly #userAgent: string;

  constructor(url: string, userAgent = 'Mozilla/5.0 (X11; Linux x86_64) Chrome/150') {
    this.url = url;
    this.#userAgent = userAgent;
  }

  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Another browser with the same cookies, as a thief would have them. */
  copy(): StaffClient {
    const thief = new StaffClient(this.url);
    for (const [name, value] of this.#cookies) thief.#cookies.set(name, value);
    return thief;
  }

  cookieNamed(name: string): string | undefined {
    return this.#cookies.get(name);
  }

  async ask(
    method: 'GET' | 'POST',
    path: string,
    body?: object,
  ): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }> {
    const response = await fetch(new URL(path, this.url), {
      method,
      redirect: 'manual',
      headers: {
        'user-agent': this.#userAgent,
        ...(this.#cookies.size > 0 ? { cookie: this.cookie } : {}),
        ...(method === 'POST' ? { origin: new URL(this.url).origin, 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
    return {
      status: response.status,
      body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
      headers: response.headers,
    };
  }

  post(path: string, body: object = {}) {
    return this.ask('POST', path, body);
  }

  get(path: string) {
    return this.ask('GET', path);
  }

  /** The person's socket, after its first board. */
  async socket(): Promise<OfficeSocket> {
    return (await connect(this.url, 'console', this.cookie)).socket;
  }

  #keep(line: string): void {
    const [pair = ''] = line.split(';');
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    if (/Max-Age=0\b/.test(line)) this.#cookies.delete(name);
    else this.#cookies.set(name, pair.slice(at + 1));
  }
}

/** What the audit file says, line by line. */
export type JournalRecord = Readonly<Record<string, unknown>> & { readonly kind: string; readonly actor: string };
