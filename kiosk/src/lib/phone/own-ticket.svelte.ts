import type { BringList, PhoneBoard } from '#contract/boards.ts';
import type { Language } from '#contract/language.ts';
import type { Fault, Refusal, RefusalCode } from '#contract/events.ts';
import type { Result } from '#basics/result.ts';
import { fetchSoon } from '../fetch-soon.ts';
import { requestId } from '../random-uuid.ts';
import { canBeTold, forgetAddress, pushAddress } from './messages.ts';
import { forgetPhoneKey, holdsOthers, phoneKey } from './phone-key.ts';
import { Signal } from './signal.ts';

/** What the page is drawn from: the ticket's own board, or that there is none any more. */
export type OwnBoard = PhoneBoard | { readonly surface: 'phone'; readonly state: 'gone' };

/** Why an act did not happen: the office's own code, or that it could not be asked. */
export type NotDone = RefusalCode | 'unreachable';

export interface OwnTicketView {
  readonly board: OwnBoard | null;
  /** Of the ticket, also when it is no more. */
  readonly language: Language | null;
  /** Nothing on the board may be believed now. */
  readonly stale: boolean;
  /** When the office last spoke, by its own clock (epoch milliseconds). */
  readonly lastHeard: number | null;
  /** Whether this phone may act for the ticket; `null` while it is not known. */
  readonly holds: boolean | null;
  /** What the visitor needs, for the phone that holds the ticket. */
  readonly bring: BringList;
  /** The visitor asked for a signal at the call. */
  readonly signal: boolean;
  /** Messages come also when the page is closed. */
  readonly messages: boolean;
  /** Leaves the queue. @returns `null` when it is done */
  withdraw(): Promise<NotDone | null>;
  /** Lets the next visitor go first. @returns `null` when it is done */
  moreTime(): Promise<NotDone | null>;
  wantSignal(language: Language): Promise<void>;
}

/** The server speaks at least every 15 s. */
const STALE_AFTER_MS = 35_000;
/** A line this silent is dead, whatever the browser believes: a phone that changes its network hears of no end. */
const SILENT_AFTER_MS = 20_000;
/** A line that broke may come back before anybody need know. */
const BROKEN_AFTER_MS = 5_000;
const AGAIN_AFTER_MS = 5_000;
/** These say nothing about whose the ticket is: one was asked too often, or the office is in trouble. */
const ASKED_LATER: readonly string[] = ['too-many-requests', 'outage'];
type Act = 'hold' | 'withdraw' | 'more-time' | 'follow';

/** One visitor's ticket, followed by server-sent events. */
export class OwnTicket implements OwnTicketView {
  board = $state.raw<OwnBoard | null>(null);
  language = $state<Language | null>(null);
  stale = $state(false);
  lastHeard = $state<number | null>(null);
  holds = $state<boolean | null>(null);
  bring = $state.raw<BringList>([]);
  signal = $state(false);
  messages = $state(false);
  readonly #token: string;
  readonly #key: string;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #signal = new Signal();
  /** One press, one request: until it is answered, it is sent again as the same. */
  readonly #asked: Partial<Record<Act, string | undefined>> = {};
  /** The office's key for messages; `null`: none are offered. Known once the office has heard which phone this is. */
  readonly #officeKey: Promise<string | null>;
  #keyIs: (key: string | null) => void = () => undefined;
  #offersNone = false;
  #source: EventSource | null = null;
  #heardAt = performance.now();
  #openedAt = performance.now();
  #brokenAt: number | null = null;

  constructor(token: string) {
    this.#token = token;
    this.#key = phoneKey(token);
    this.#officeKey = new Promise((resolve) => (this.#keyIs = resolve));
    this.#open();
    void this.#hold();
    this.#timer = setInterval(() => this.#tick(), 1_000);
    document.addEventListener('visibilitychange', this.#awoke);
    addEventListener('online', this.#awoke);
  }

  withdraw(): Promise<NotDone | null> {
    return this.#do('withdraw');
  }

  moreTime(): Promise<NotDone | null> {
    return this.#do('more-time');
  }

  /**
   * A browser allows sound, vibration and messages only after a touch. Whoever touches before the office has answered is
   * not asked to touch again.
   */
  async wantSignal(language: Language): Promise<void> {
    this.signal = true;
    this.#signal.allow();
    if (this.#offersNone || !canBeTold()) return;
    const address = await pushAddress(this.#officeKey);
    if (address) this.messages = (await this.#do('follow', { language, ...address })) === null;
  }

  close(): void {
    clearInterval(this.#timer);
    document.removeEventListener('visibilitychange', this.#awoke);
    removeEventListener('online', this.#awoke);
    this.#source?.close();
    this.#signal.close();
  }

  /** Tells the office which phone this is, until it has heard. */
  async #hold(): Promise<void> {
    const answer = await this.#ask<{ holds: boolean; pushKey: string | null; bring: BringList }>('hold', {});
    if (answer === null || (!answer.ok && ASKED_LATER.includes(answer.error.code))) {
      if (this.board?.state !== 'gone') setTimeout(() => void this.#hold(), AGAIN_AFTER_MS);
      return;
    }
    this.holds = answer.ok && answer.value.holds;
    this.bring = answer.ok ? answer.value.bring : [];
    const officeKey = answer.ok ? answer.value.pushKey : null;
    this.#offersNone = officeKey === null;
    this.#keyIs(officeKey);
  }

  async #do(act: Act, more: object = {}): Promise<NotDone | null> {
    const answer = await this.#ask(act, more);
    if (answer === null) return 'unreachable';
    if (answer.ok) return null;
    const { code } = answer.error;
    return code === 'malformed' || code === 'forbidden' || code === 'outage' ? 'unreachable' : code;
  }

  /** @returns the office's answer; `null` when there was none */
  async #ask<T>(act: Act, more: object): Promise<Result<T, Refusal | Fault> | null> {
    const id = (this.#asked[act] ??= requestId());
    try {
      const response = await fetchSoon(`/api/ticket/${this.#token}/${act}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ requestId: id, key: this.#key, ...more }),
      });
      if (response.status === 404) {
        this.#gone();
        return null;
      }
      // Our own server speaks the contract of our own build; what stands before it may answer in other words.
      const answer = (await response.json()) as Partial<Result<T, Refusal | Fault>>;
      if (answer.ok === undefined) return null;
      this.#asked[act] = undefined;
      return answer as Result<T, Refusal | Fault>;
    } catch {
      return null;
    }
  }

  /** A phone that slept, or has a network again: what it shows is old, and its line may be dead. */
  readonly #awoke = (): void => {
    if (document.visibilityState !== 'visible' || this.board?.state === 'gone') return;
    this.#open();
    this.#signal.awoke();
  };

  #open(): void {
    this.#source?.close();
    this.#openedAt = performance.now();
    const source = new EventSource(`/api/ticket/${this.#token}/board`);
    source.onmessage = ({ data }) => this.#take(JSON.parse(String(data)) as OwnBoard);
    source.onerror = () => {
      this.#brokenAt ??= performance.now();
      // The browser comes again by itself after a break, but not after an answer that was no stream.
      if (source.readyState === EventSource.CLOSED) void this.#why();
    };
    this.#source = source;
  }

  /** Why there was no stream: the ticket is no more, or the office cannot answer now. */
  async #why(): Promise<void> {
    const response = await fetchSoon(`/api/ticket/${this.#token}/board`).catch(() => null);
    // Where it is a stream after all, another one is opened.
    void response?.body?.cancel();
    if (response?.status === 404) this.#gone();
    else setTimeout(() => this.#open(), AGAIN_AFTER_MS);
  }

  #take(board: OwnBoard): void {
    const was = this.board;
    this.#heardAt = performance.now();
    this.#brokenAt = null;
    this.stale = false;
    this.board = board;
    if (board.state === 'gone') {
      this.#gone();
      return;
    }
    this.lastHeard = board.at;
    this.language = board.language;
    const isNewCall = board.state === 'called' && (was?.state !== 'called' || was.calledAt !== board.calledAt);
    if (isNewCall && this.signal) this.#signal.ring();
  }

  #tick(): void {
    const now = performance.now();
    const broken = this.#brokenAt !== null && now - this.#brokenAt > BROKEN_AFTER_MS;
    this.stale = broken || now - this.#heardAt > STALE_AFTER_MS;
    const silentMs = now - Math.max(this.#heardAt, this.#openedAt);
    if (silentMs > SILENT_AFTER_MS && this.board?.state !== 'gone') this.#open();
  }

  /** Nothing of it stays on this phone. */
  #gone(): void {
    this.board = { surface: 'phone', state: 'gone' };
    this.#source?.close();
    forgetPhoneKey(this.#token);
    // One address serves all tickets of this phone: a parent may hold two.
    if (!holdsOthers()) void forgetAddress();
  }
}
