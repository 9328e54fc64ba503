import { io, type Socket } from 'socket.io-client';
import type { CallView, DisplayBoard } from '#contract/boards.ts';
import type { ClientToServer, Hello, ServerToClient } from '#contract/events.ts';
import { announced, heard, interrupted, SILENCE, type Announcements } from './announcements.ts';
import { HallSound } from './hall-sound.ts';

/** The office speaks at least every 5 s; after two missed pulses nothing on the screen may be believed. */
const STALE_AFTER_MS = 10_000;
/** Each announcement has the plate for itself at least this long. */
const PLATE_MS = 4_500;
/** A call that nobody followed stays on the plate this long, unless the visitor comes. */
const CALL_SHOWN_MS = 5 * 60_000;
const AGAIN_AFTER_MS = 2_000;

/** The waiting area's view of the office: whole boards in, one announcement after the other out. */
export class Hall {
  board = $state.raw<DisplayBoard | null>(null);
  stale = $state(true);
  /** The office's clock now, and when it last spoke (milliseconds since 1970). */
  now = $state(Date.now());
  lastHeard = $state<number | null>(null);
  /** The call being announced. */
  speaking = $state.raw<CallView | null>(null);
  soundAble = $state(true);
  readonly #sound = new HallSound();
  readonly #socket: Socket<ServerToClient, ClientToServer>;
  readonly #timer: ReturnType<typeof setInterval>;
  #announcements: Announcements = SILENCE;
  #plate: ReturnType<typeof setTimeout> | null = null;
  #aheadMs = 0;
  #heardAt = Number.NEGATIVE_INFINITY;
  #fresh = true;

  constructor() {
    const hello: Hello = { surface: 'display' };
    this.#socket = io({ transports: ['websocket'], auth: hello, reconnectionDelayMax: 3_000 });
    this.#socket.on('connect', () => (this.#fresh = true));
    this.#socket.on('disconnect', () => this.#lost());
    this.#socket.on('connect_error', (cause) => {
      if (cause.message === 'unpaired') void this.#pair();
    });
    this.#socket.on('ended', () => void this.#pair());
    this.#socket.on('pulse', (at) => this.#alive(at));
    this.#socket.on('board', (board) => {
      if (board.surface === 'display') this.#take(board);
    });
    this.#timer = setInterval(() => this.#tick(), 500);
  }

  /** The call on the plate: the one being announced, else the newest that somebody is still awaited for. */
  get shown(): CallView | null {
    if (this.speaking) return this.speaking;
    const newest = this.board?.calls.find(({ current, at }) => current && this.now - at < CALL_SHOWN_MS);
    return newest ?? null;
  }

  async wakeSound(): Promise<void> {
    await this.#sound.wake();
    this.soundAble = this.#sound.able;
  }

  close(): void {
    clearInterval(this.#timer);
    if (this.#plate) clearTimeout(this.#plate);
    this.#socket.disconnect();
  }

  #take(board: DisplayBoard): void {
    this.#alive(board.at);
    const isOlder = this.board?.bootId === board.bootId && board.revision < this.board.revision;
    if (isOlder && !this.#fresh) return;
    this.#fresh = false;
    this.board = board;
    this.#announcements = heard(this.#announcements, board.bootId, board.calls);
    this.#speakNext();
  }

  #speakNext(): void {
    if (this.#plate) return;
    const [next] = this.#announcements.queue;
    this.speaking = next ?? null;
    if (!next) return;
    this.#announcements = announced(this.#announcements);
    if (next.manner === 'spoken') this.#sound.chime();
    this.#plate = setTimeout(() => {
      this.#plate = null;
      this.#speakNext();
    }, PLATE_MS);
  }

  #alive(at: number): void {
    this.#aheadMs = at - Date.now();
    this.#heardAt = performance.now();
    this.lastHeard = at;
    this.now = at;
    this.stale = false;
  }

  #tick(): void {
    this.now = Date.now() + this.#aheadMs;
    this.soundAble = this.#sound.able;
    if (!this.stale && performance.now() - this.#heardAt > STALE_AFTER_MS) this.#lost();
  }

  /** Nothing that was called before may look as if it were called now. */
  #lost(): void {
    this.stale = true;
    this.#announcements = interrupted(this.#announcements);
    if (this.#plate) clearTimeout(this.#plate);
    this.#plate = null;
    this.speaking = null;
  }

  async #pair(): Promise<void> {
    this.#socket.disconnect();
    const response = await fetch('/api/pair', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ surface: 'display' }),
    }).catch(() => null);
    setTimeout(() => this.#socket.connect(), response?.ok ? 0 : AGAIN_AFTER_MS);
  }
}
