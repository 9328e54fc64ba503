import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { KioskBoard } from '#contract/boards.ts';
import type { KioskContent } from '#contract/content.ts';
import type { KeypadPress } from '#contract/keypad.ts';
import type { Answer, ClientToServer, Fault, Hello, Refusal, Request, ServerToClient } from '#contract/events.ts';
import type { Result } from '#basics/result.ts';
import { fetchSoon } from './fetch-soon.ts';
import { Pairing } from './pairing/pairing.svelte.ts';

/** What a kiosk may ask for. */
export type KioskRequest = 'ticket:issue' | 'help:call' | 'help:cancel' | 'slip:came-out';

/** The line to the office, as the screens need it. */
export interface Line {
  readonly board: KioskBoard | null;
  readonly content: KioskContent | null;
  /** Nothing was heard for so long that no number should be promised. */
  readonly stale: boolean;
  /** The office's clock (epoch milliseconds): a kiosk's own may be wrong. */
  readonly now: number;
  /** What happens at the keypad of this kiosk. */
  onpress: (press: KeypadPress) => void;
  /** Rejects when no answer comes in time; the same request may be sent again. */
  ask<Name extends KioskRequest>(name: Name, request: Request<Name>): Promise<Result<Answer<Name>, Refusal | Fault>>;
}

/** Waiting for one answer (milliseconds). */
const ACK_TIMEOUT_MS = 4_000;
/** A number is asked for three times before the visitor is told, within five seconds, to go to the information desk. */
const NUMBER_WITHIN_MS = 1_600;
/** The office speaks at least every 2 s; two missed pulses mean that the line is dead. */
const STALE_AFTER_MS = 4_500;
const LOOK_EVERY_MS = 500;
/** A network that swallows everything answers nobody: the next try must not wait for long. */
const CONNECT_WITHIN_MS = 4_000;
const AGAIN_AFTER_MS = 2_000;

/** The line over socket.io: whole boards in, requests out, by itself again after every break. */
export class SocketLine implements Line {
  board = $state.raw<KioskBoard | null>(null);
  content = $state.raw<KioskContent | null>(null);
  stale = $state(false);
  now = $state(0);
  onpress: Line['onpress'] = () => undefined;
  /** A new line is there: the office may run a newer version. */
  onLine: () => void = () => undefined;
  /** Runs while the office does not know this kiosk. */
  readonly pairing = new Pairing('kiosk', () => this.#socket.connect());
  readonly #socket: Socket<ServerToClient, ClientToServer>;
  #heardAt = performance.now();
  /** The office's clock minus the time since this page was opened. */
  #offsetMs = 0;
  /** The first board of a connection is always taken: after a restore the office may count from an earlier revision. */
  #fresh = true;
  #fetching: number | null = null;
  readonly #watch: ReturnType<typeof setInterval>;

  constructor() {
    const hello: Hello = { surface: 'kiosk' };
    this.#socket = io({
      transports: ['websocket'],
      auth: hello,
      ackTimeout: ACK_TIMEOUT_MS,
      timeout: CONNECT_WITHIN_MS,
      reconnectionDelay: 500,
      reconnectionDelayMax: 3_000,
    });
    this.#socket.on('connect', () => {
      this.#fresh = true;
      this.onLine();
    });
    // Who was sent away by the office does not come again by itself.
    this.#socket.on('disconnect', (reason) => {
      if (reason === 'io server disconnect') this.#comeAgain();
    });
    this.#socket.on('connect_error', (cause) => {
      if (cause.message === 'unpaired') this.#pair();
      // A refused connection does not come again by itself; one that found nobody does.
      else if (!this.#socket.active) this.#comeAgain();
    });
    this.#socket.on('pulse', (at) => this.#heard(at));
    this.#socket.on('keypad', (press) => this.onpress(press));
    this.#socket.on('ended', () => this.#pair());
    this.#socket.on('board', (board) => {
      if (board.surface === 'kiosk') this.#take(board);
    });
    this.#watch = setInterval(() => this.#tick(), LOOK_EVERY_MS);
  }

  async ask<Name extends KioskRequest>(
    name: Name,
    request: Request<Name>,
  ): Promise<Result<Answer<Name>, Refusal | Fault>> {
    // The event table types request and answer together; socket.io's generics lose that link for a generic name.
    const line = name === 'ticket:issue' ? this.#socket.timeout(NUMBER_WITHIN_MS) : this.#socket;
    const emit = line.emitWithAck.bind(line) as unknown as (
      name: Name,
      request: Request<Name>,
    ) => Promise<Result<Answer<Name>, Refusal | Fault>>;
    return emit(name, request);
  }

  close(): void {
    clearInterval(this.#watch);
    this.pairing.stop();
    this.#socket.disconnect();
  }

  #comeAgain(): void {
    setTimeout(() => this.#socket.connect(), AGAIN_AFTER_MS);
  }

  #heard(at: number): void {
    this.#heardAt = performance.now();
    this.#offsetMs = at - this.#heardAt;
    this.#tick();
  }

  #tick(): void {
    this.now = performance.now() + this.#offsetMs;
    const wasStale = this.stale;
    this.stale = performance.now() - this.#heardAt > STALE_AFTER_MS;
    // a line that fell silent may never say that it ended; a new one takes its place
    if (this.stale && !wasStale && this.#socket.connected) this.#socket.disconnect().connect();
  }

  #take(board: KioskBoard): void {
    this.#heard(board.at);
    const isOlder = this.board?.bootId === board.bootId && board.revision < this.board.revision;
    if (isOlder && !this.#fresh) return;
    this.#fresh = false;
    this.board = board;
    void this.#fetchContent(board.planVersion);
  }

  async #fetchContent(version: number): Promise<void> {
    if (this.content?.version === version || this.#fetching === version) return;
    this.#fetching = version;
    try {
      const response = await fetchSoon(`/content/kiosk/${version}.json`);
      if (!response.ok) throw new Error(`content ${version}: ${response.status}`);
      // Our own server speaks the contract of our own build.
      this.content = (await response.json()) as KioskContent;
    } catch {
      setTimeout(() => void this.#fetchContent(this.board?.planVersion ?? version), AGAIN_AFTER_MS);
    } finally {
      this.#fetching = null;
    }
  }

  /** Asks to be this office's kiosk; a refused socket does not come again by itself. */
  #pair(): void {
    this.#socket.disconnect();
    this.pairing.start();
  }
}
