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

/** Waiting for one answer (milliseconds), and how often a lost one is asked for again with the same id. */
const ANSWER_WITHIN_MS = 4_000;
const TRIES = 3;
const STALE_AFTER_MS = 12_000;
const AGAIN_AFTER_MS = 2_000;

export type Trouble = Refusal | Fault | { readonly code: 'timeout' };

/** What a request carries besides its id, which is made here, once per press. */
export type Asking<Name extends RequestName> = Omit<Request<Name>, 'requestId'>;

/** The line to the office: the newest board, whether anybody is there, and one act at a time. */
export class Office {
  board = $state.raw<DeskBoard | null>(null);
  content = $state.raw<ConsoleContent | null>(null);
  connected = $state(false);
  /** When the line was last alive, by the office's clock (milliseconds since 1970). */
  lastHeard = $state(0);
  /** The act that waits for its answer. */
  pending = $state<RequestName | null>(null);
  /** Why the last act did not happen, and which it was. */
  trouble = $state.raw<{ readonly act: RequestName; readonly why: Trouble } | null>(null);
  /** The office's clock now. */
  now = $state(Date.now());
  readonly #socket: Socket<ServerToClient, ClientToServer>;
  readonly #timer: ReturnType<typeof setInterval>;
  #aheadMs = 0;
  #heardAt = performance.now();
  #fresh = true;
  #fetching: number | null = null;

  constructor(onEnded: () => void) {
    const hello: Hello = { surface: 'console' };
    this.#socket = io({
      transports: ['websocket'],
      auth: hello,
      ackTimeout: ANSWER_WITHIN_MS,
      reconnectionDelayMax: 3_000,
    });
    this.#socket.on('connect', () => (this.#fresh = true));
    this.#socket.on('disconnect', () => (this.connected = false));
    this.#socket.on('connect_error', (cause) => {
      this.connected = false;
      if (cause.message === 'signed-out') onEnded();
    });
    this.#socket.on('ended', onEnded);
    this.#socket.on('pulse', (at) => this.#heard(at));
    this.#socket.on('board', (board) => {
      if (board.surface === 'desk') this.#take(board);
    });
    this.#timer = setInterval(() => this.#tick(), 1_000);
  }

  /** Asks the office to do something. The same id goes again when an answer is lost, so nothing is done twice. */
  async act<Name extends RequestName>(name: Name, asking: Asking<Name>): Promise<Answer<Name> | null> {
    if (this.pending !== null || !this.connected) return null;
    this.pending = name;
    this.trouble = null;
    const result = await this.#ask(name, { ...asking, requestId: crypto.randomUUID() } as unknown as Request<Name>);
    this.pending = null;
    if (result.ok) return result.value;
    this.trouble = { act: name, why: result.error };
    return null;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#socket.disconnect();
  }

  async #ask<Name extends RequestName>(name: Name, request: Request<Name>): Promise<Result<Answer<Name>, Trouble>> {
    // The event table ties request and answer together; socket.io's types lose that for a generic name.
    const emit = this.#socket.emitWithAck.bind(this.#socket) as unknown as (
      name: Name,
      request: Request<Name>,
    ) => Promise<Result<Answer<Name>, Trouble>>;
    for (let i = 0; i < TRIES; i++) {
      try {
        return await emit(name, request);
      } catch {
        // no answer in time: the next try carries the same id
      }
    }
    return { ok: false, error: { code: 'timeout' } };
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
    if (performance.now() - this.#heardAt > STALE_AFTER_MS) this.connected = false;
  }

  async #fetchContent(version: number): Promise<void> {
    const known =
      this.content?.version === version && this.content.specialists.some(({ id }) => id === this.board?.me.staffId);
    if (known || this.#fetching === version) return;
    this.#fetching = version;
    try {
      const response = await fetch(`/content/console/${version}.json`);
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
