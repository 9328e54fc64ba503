import type { Configuration } from 'openid-client';
import { Outage } from '../basics/outage.ts';
import { err, ok, type Result } from '../basics/result.ts';
import type { Language } from '../domain/language.ts';
import type { EpochMs, StaffId } from '../domain/ids.ts';
import type { OfficeKeys } from './office-keys.ts';
import { Pending } from './pending.ts';
import { newToken, tokenHash } from './tokens.ts';

/** The package is loaded where an outside sign-in is set up, when it is first used. */
const openId = () => import('openid-client');

export const ASSURANCE = ['low', 'substantial', 'high'] as const;
/** How sure the provider is of who it is, as TARA and GovSSO say it in `acr`. */
export type Assurance = (typeof ASSURANCE)[number];

export interface OutsideSettings {
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecret: string;
  /** `openid`, and for TARA perhaps the methods it offers (`openid idcard mid smartid`). */
  readonly scope: string;
  /** The least assurance that is let in. */
  readonly acr: Assurance;
  /** How the sign-in is called on the screen: `TARA`. */
  readonly name: string;
}

export type OutsideRefusal = {
  readonly code:
    /** The person left the provider's page. */
    | 'outside-cancelled'
    /** The answer does not belong to a sign-in that this browser began, or came too late or twice. */
    | 'outside-stale'
    /** A check failed: signature, issuer, audience, times, nonce. */
    | 'outside-refused'
    /** The assurance is lower than the office asks. */
    | 'outside-weak'
    /** Nobody here is linked to this identity. */
    | 'outside-unknown';
  /** For the log; names no person. */
  readonly why: string;
};

/** Whom the provider let in, for the way out. In memory alone: an ID token names the person. */
const STAYS_AT_MOST = 1_000;

/** Who came back from the provider. */
interface Arrived {
  readonly subjectHash: string;
  /** The token of the session this browser had. */
  readonly before: string | null;
  readonly idToken: string;
}

interface Journey {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** The token of the session this browser had. */
  readonly before: string | null;
}

/** As TARA writes a person: `EE60001019906`. */
const PERSONAL_CODE = /^[a-z]{2}\d{6,}$/i;

const JOURNEY_MS = 10 * 60_000;
const ANSWER_WITHIN_S = 10;
const CLOCKS_DIFFER_S = 10;

/**
 * Sign-in at an outside identity provider by the authorization code flow, shaped for TARA and GovSSO: PKCE, state and
 * nonce for every journey, one answer each; the ID token's signature, issuer, audience, times and assurance are checked.
 *
 * @source OpenID Connect Core 1.0; RFC 7636; RFC 9207; OWASP ASVS 5.0, chapter 10
 */
export class OutsideSignIn {
  readonly settings: OutsideSettings;
  readonly #keys: OfficeKeys;
  readonly #now: () => EpochMs;
  readonly #redirectUri: string;
  readonly #journeys = new Pending<Journey>(JOURNEY_MS);
  /** ID tokens of those who are in, the newest of each. */
  readonly #stays = new Map<StaffId, string>();
  readonly #afterwards: string;
  #configuration: Promise<Configuration> | null = null;

  constructor(
    settings: OutsideSettings,
    parts: { readonly keys: OfficeKeys; readonly now: () => EpochMs; readonly redirectUri: string },
  ) {
    this.settings = settings;
    this.#keys = parts.keys;
    this.#now = parts.now;
    this.#redirectUri = parts.redirectUri;
    this.#afterwards = new URL('/console/', parts.redirectUri).href;
  }

  /**
   * The fingerprint under which a subject is kept: without the office's secret it confirms no guess. Two subjects that differ
   * only in their letters' case are two people.
   *
   * @source OpenID Connect Core 1.0, section 2: `sub` is case-sensitive
   */
  #subjectHash(subject: string): string {
    return this.#keys.fingerprint('outside-subject', `${this.settings.issuer.href}\n${subject}`);
  }

  /** The fingerprint of a subject that a person typed: a personal code with its country is written in capitals. */
  typedSubjectHash = (typed: string): string => {
    const subject = typed.trim();
    return this.#subjectHash(PERSONAL_CODE.test(subject) ? subject.toUpperCase() : subject);
  };

  /** @returns where to send the browser, and what it must bring back. @throws Outage when the provider does not answer */
  async begin(language: Language, before: string | null): Promise<{ readonly url: string; readonly journey: string }> {
    const client = await openId();
    const configuration = await this.#configured();
    const verifier = client.randomPKCECodeVerifier();
    const one: Journey = { state: client.randomState(), nonce: client.randomNonce(), verifier, before };
    const journey = newToken();
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: this.#redirectUri,
      scope: this.settings.scope,
      state: one.state,
      nonce: one.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      acr_values: this.settings.acr,
      ui_locales: language,
    });
    this.#journeys.put(tokenHash(journey), one, this.#now());
    return { url: url.href, journey };
  }

  /**
   * Takes the provider's answer.
   *
   * @param query the query of the address the browser came back to
   * @param journey what it brought back; `null`: nothing
   * @throws Outage when the provider does not answer
   */
  async finish(query: URLSearchParams, journey: string | null): Promise<Result<Arrived, OutsideRefusal>> {
    const one = journey === null ? null : this.#journeys.take(tokenHash(journey), this.#now());
    if (!one) return refused('outside-stale', 'no such journey');
    const failure = query.get('error');
    if (failure === 'user_cancel' || failure === 'access_denied') return refused('outside-cancelled', failure);
    const client = await openId();
    const configuration = await this.#configured();
    const back = new URL(this.#redirectUri);
    back.search = query.toString();
    try {
      const tokens = await client.authorizationCodeGrant(configuration, back, {
        expectedState: one.state,
        expectedNonce: one.nonce,
        pkceCodeVerifier: one.verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) return refused('outside-refused', 'no ID token');
      if (!isAssured(claims.acr, this.settings.acr)) return refused('outside-weak', 'acr');
      return ok({ subjectHash: this.#subjectHash(claims.sub), before: one.before, idToken: tokens.id_token ?? '' });
    } catch (cause) {
      if (isUnreachable(cause)) throw new Outage('the identity provider does not answer', { cause });
      return refused('outside-refused', codeOf(cause));
    }
  }

  /** Somebody came in by the provider and may have a session there. */
  remember(staffId: StaffId, idToken: string): void {
    this.#stays.delete(staffId);
    this.#stays.set(staffId, idToken);
    const [oldest] = this.#stays.keys();
    if (this.#stays.size > STAYS_AT_MOST && oldest !== undefined) this.#stays.delete(oldest);
  }

  /**
   * Where the browser goes to sign out at the provider too, so that the next person at this tablet is not let in by it.
   *
   * @returns `null`: this person did not come by the provider since the start, or it keeps no sessions (TARA)
   * @source OpenID Connect RP-Initiated Logout 1.0, section 2
   */
  async farewell(staffId: StaffId): Promise<string | null> {
    const idToken = this.#stays.get(staffId);
    this.#stays.delete(staffId);
    if (idToken === undefined) return null;
    const [client, configuration] = await Promise.all([openId(), this.#configured()]);
    if (configuration.serverMetadata().end_session_endpoint === undefined) return null;
    const asked = { id_token_hint: idToken, post_logout_redirect_uri: this.#afterwards };
    return client.buildEndSessionUrl(configuration, asked).href;
  }

  #configured(): Promise<Configuration> {
    this.#configuration ??= this.#discovered().catch((cause: unknown) => {
      this.#configuration = null;
      throw new Outage('the identity provider cannot be reached', { cause });
    });
    return this.#configuration;
  }

  async #discovered(): Promise<Configuration> {
    const client = await openId();
    const { issuer, clientId, clientSecret } = this.settings;
    return client.discovery(
      issuer,
      clientId,
      { client_secret: clientSecret, id_token_signed_response_alg: 'RS256', [client.clockTolerance]: CLOCKS_DIFFER_S },
      client.ClientSecretBasic(clientSecret),
      {
        // The signature is checked by the provider's keys even though the token came straight from it over TLS.
        execute: [client.enableNonRepudiationChecks, ...(isLoopback(issuer) ? [withoutTls(client)] : [])],
        timeout: ANSWER_WITHIN_S,
      },
    );
  }
}

function refused(code: OutsideRefusal['code'], why: string): Result<never, OutsideRefusal> {
  return err({ code, why });
}

/** Whether the assurance is at least what the office asks; one that is missing or unknown is none. */
function isAssured(acr: unknown, atLeast: Assurance): boolean {
  const level = ASSURANCE.findIndex((one) => one === acr);
  return level >= ASSURANCE.indexOf(atLeast);
}

function withoutTls(client: Awaited<ReturnType<typeof openId>>): (configuration: Configuration) => void {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so that it is noticed: only on this very machine
  return client.allowInsecureRequests;
}

/** A provider on this very machine needs no TLS: it is a test or a proxy of ours. */
function isLoopback({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

function isUnreachable(cause: unknown): boolean {
  return cause instanceof TypeError && cause.message === 'fetch failed';
}

function codeOf(cause: unknown): string {
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : 'error';
}
