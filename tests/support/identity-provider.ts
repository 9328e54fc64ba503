import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

type Claims = Record<string, unknown>;

/** What is done to the ID token between the provider and the office. */
export interface Twist {
  readonly claims?: (claims: Claims) => Claims;
  /** `none`: no signature; `stranger`: signed with a key that is not the provider's. */
  readonly signature?: 'none' | 'stranger';
}

const KEY_ID = 'office-test';
const CLIENT_SECRET = 'only-for-this-test-only-for-this-test';

/**
 * A certified OpenID provider (npm oidc-provider) in the shape of TARA: whoever comes is `subject`, and the ID token says
 * how sure that is. Between it and the office its tokens can be twisted, as an attacker would.
 */
export class IdentityProvider {
  readonly issuer: string;
  subject = 'EE60001019906';
  acr = 'high';
  twist: Twist = {};
  readonly #server: Server;
  readonly #provider: Provider;
  readonly #key: KeyObject;
  readonly #stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  readonly #cookies = new Map<string, string>();

  private constructor(server: Server, issuer: string, redirectUri: string) {
    this.issuer = issuer;
    this.#server = server;
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    this.#key = privateKey;
    this.#provider = new Provider(issuer, {
      clients: [
        {
          client_id: 'infolett',
          client_secret: CLIENT_SECRET,
          redirect_uris: [redirectUri],
          post_logout_redirect_uris: [new URL('/console/', redirectUri).href],
          response_types: ['code'],
          grant_types: ['authorization_code'],
          token_endpoint_auth_method: 'client_secret_basic',
          id_token_signed_response_alg: 'RS256',
        },
      ],
      jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: KEY_ID, use: 'sig', alg: 'RS256' }] },
      pkce: { required: () => true },
      acrValues: ['low', 'substantial', 'high'],
      cookies: { keys: ['only for this test'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
      findAccount: (_: unknown, accountId: string) => ({ accountId, claims: () => ({ sub: accountId }) }),
    });
  }

  static async start(redirectUri: string): Promise<IdentityProvider> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const provider = new IdentityProvider(server, `http://localhost:${port}`, redirectUri);
    server.on('request', (request, response) => void provider.#answer(request, response));
    return provider;
  }

  get clientSecret(): string {
    return CLIENT_SECRET;
  }

  /** Goes through the provider as a browser would. @returns the address it sends the browser back to */
  async visit(start: string): Promise<URL> {
    this.#cookies.clear(); // a browser that was never here
    let at = new URL(start);
    for (let hops = 0; hops < 10; hops++) {
      if (at.origin !== this.issuer) return at;
      const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(at, { redirect: 'manual', headers: { cookie } });
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        this.#cookies.set(name, value);
      }
      const location = response.headers.get('location');
      if (location === null) throw new Error(`the provider answered ${response.status}: ${await response.text()}`);
      at = new URL(location, at);
    }
    throw new Error('the provider sends the browser in circles');
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    if (path.startsWith('/interaction/')) {
      await this.#letThrough(request, response);
      return;
    }
    if (path === '/token') this.#twistAnswer(response);
    this.#provider.callback()(request, response);
  }

  /** Whoever comes is signed in as `subject` without a form. */
  async #letThrough(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { params } = await this.#provider.interactionDetails(request, response);
    const grant = new this.#provider.Grant({ accountId: this.subject, clientId: params.client_id });
    grant.addOIDCScope('openid');
    const result = { login: { accountId: this.subject, remember: false }, consent: { grantId: await grant.save() } };
    await this.#provider.interactionFinished(request, response, result);
  }

  #twistAnswer(response: ServerResponse): void {
    const end = response.end.bind(response) as (body?: unknown) => ServerResponse;
    response.end = ((body?: unknown) => {
      const answer = JSON.parse(String(body)) as Claims;
      if (typeof answer.id_token === 'string') answer.id_token = this.#twisted(answer.id_token);
      const text = JSON.stringify(answer);
      response.setHeader('content-length', Buffer.byteLength(text));
      return end(text);
    }) as ServerResponse['end'];
  }

  #twisted(token: string): string {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Claims;
    const asTara = { ...claims, acr: this.acr, amr: ['idcard'], profile_attributes: { given_name: 'TEST' } };
    const { claims: change = (same: Claims) => same, signature } = this.twist;
    const header = signature === 'none' ? { alg: 'none' } : { alg: 'RS256', kid: KEY_ID };
    const signed = [header, change(asTara)]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    if (signature === 'none') return `${signed}.`;
    const key = signature === 'stranger' ? this.#stranger : this.#key;
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`;
  }
}
