import { io, type Socket } from 'socket.io-client';
import type { DeskBoard } from '#contract/boards.ts';
import type { ConsoleContent } from '#contract/content.ts';
import type {
  Answer,
  ClientToServer,
  Fault,
  Hello,
  Refusal,
  Request,
  RequestName,
  ServerToClient,
} from '#contract/events.ts';
import type { Result } from '#basics/result.ts';

/** The line to the office, as the console uses it: the newest board, whether anybody is there, and a way to ask. */
export interface Line {
  readonly board: DeskBoard | null;
  readonly content: ConsoleContent | null;
  readonly connected: boolean;
  /** When the line was last alive, by the office's clock (milliseconds since 1970). */
  readonly lastHeard: number;
  /** The office's clock now. */
  readonly now: number;
  /** Sends one request. @throws Error when no answer came in time; what became of it is then unknown */
  readonly ask: <Name extends RequestName>(
    name: Name,
    request: Request<Name>,
  ) => Promise<Result<Answer<Name>, Refusal | Fault>>;
  readonly close: () => void;
}

/** Waiting for one answer (milliseconds). */
const ANSWER_WITHIN_MS = 4_000;
/** A pulse comes every two seconds: after some missed ones the line counts as cut. */
const STALE_AFTER_MS = 6_000;
const AGAIN_AFTER_MS = 2_000;
/** A network that swallows everything never says no. */
const CONTENT_WITHIN_MS = 10_000;
/** A network that swallows everything answers nobody: the next try must not wait for long. */
const CONNECT_WITHIN_MS = 4_000;

export class SocketLine implements Line {
  board = $state.raw<DeskBoard | null>(null);
  content = $state.raw<ConsoleContent | null>(null);
  connected = $state(false);
  lastHeard = $state(0);
  now = $state(Date.now());
  readonly #socket: Socket<ServerToClient, ClientToServer>;
  readonly #timer: ReturnType<typeof setInterval>;
  #aheadMs = 0;
  #heardAt = performance.now();
  /** The first board of a connection is always taken: "older" counts only within one connection. */
  #fresh = true;
  #fetching: number | null = null;
  #over = false;

  /** @param onEnded the session is over or locked, or there is none */
  constructor(onEnded: () => void) {
    const hello: Hello = { surface: 'console' };
    this.#socket = io({
      transports: ['websocket'],
      auth: hello,
      ackTimeout: ANSWER_WITHIN_MS,
      timeout: CONNECT_WITHIN_MS,
      reconnectionDelayMax: 3_000,
    });
    this.#socket.on('connect', () => (this.#fresh = true));
    this.#socket.on('disconnect', (reason) => {
      this.connected = false;
      // Who was sent away by the office does not come again by itself.
      if (reason === 'io server disconnect' && !this.#over) this.#comeAgain();
    });
    this.#socket.on('connect_error', (cause) => {
      this.connected = false;
      if (cause.message === 'signed-out' || cause.message === 'locked') onEnded();
      // A refused connection does not come again by itself; one that found nobody does.
      else if (!this.#socket.active) this.#comeAgain();
    });
    this.#socket.on('ended', () => {
      this.#over = true;
      onEnded();
    });
    this.#socket.on('pulse', (at) => this.#heard(at));
    this.#socket.on('board', (board) => {
      if (board.surface === 'desk') this.#take(board);
    });
    this.#timer = setInterval(() => this.#tick(), 1_000);
  }

  ask<Name extends RequestName>(name: Name, request: Request<Name>): Promise<Result<Answer<Name>, Refusal | Fault>> {
    // The event table ties request and answer together; socket.io's types lose that for a generic name.
    const emit = this.#socket.emitWithAck.bind(this.#socket) as unknown as (
      name: Name,
      request: Request<Name>,
    ) => Promise<Result<Answer<Name>, Refusal | Fault>>;
    return emit(name, request);
  }

  close(): void {
    this.#over = true;
    clearInterval(this.#timer);
    this.#socket.disconnect();
  }

  #comeAgain(): void {
    setTimeout(() => {
      if (!this.#over) this.#socket.connect();
    }, AGAIN_AFTER_MS);
  }

  #take(board: DeskBoard): void {
    this.#heard(board.at);
    const isOlder = this.board?.bootId === board.bootId && board.revision < this.board.revision;
    if (isOlder && !this.#fresh) return;
    this.#fresh = false;
    this.board = board;
    void this.#fetchContent(board.planVersion);
  }

  #heard(at: number): void {
    this.#aheadMs = at - Date.now();
    this.#heardAt = performance.now();
    this.lastHeard = at;
    this.connected = true;
    this.now = at;
  }

  #tick(): void {
    this.now = Date.now() + this.#aheadMs;
    if (!this.connected || performance.now() - this.#heardAt <= STALE_AFTER_MS) return;
    this.connected = false;
    // a line that fell silent may never say that it ended; a new one takes its place
    if (this.#socket.connected) this.#socket.disconnect().connect();
  }

  async #fetchContent(version: number): Promise<void> {
    const known =
      this.content?.version === version && this.content.specialists.some(({ id }) => id === this.board?.me.staffId);
    if (known || this.#fetching === version) return;
    this.#fetching = version;
    try {
      const response = await fetch(`/content/console/${version}.json`, {
        signal: AbortSignal.timeout(CONTENT_WITHIN_MS),
      });
      if (!response.ok) throw new Error(`content: ${response.status}`);
      // Our own server speaks the contract of our own build.
      this.content = (await response.json()) as ConsoleContent;
    } catch {
      setTimeout(() => void this.#fetchContent(this.board?.planVersion ?? version), AGAIN_AFTER_MS);
    } finally {
      this.#fetching = null;
    }
  }
}
