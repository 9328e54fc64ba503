import type { PhoneBoard } from '#contract/boards.ts';

/** The server speaks at least every 15 s. */
const STALE_AFTER_MS = 35_000;

export type OwnBoard = PhoneBoard | { readonly surface: 'phone'; readonly state: 'gone' };

/** One visitor's ticket, followed by server-sent events; the browser reconnects by itself. */
export class OwnTicket {
  board = $state.raw<OwnBoard | null>(null);
  stale = $state(false);
  lastHeard = $state<number | null>(null);
  readonly #token: string;
  readonly #source: EventSource;
  readonly #timer: ReturnType<typeof setInterval>;
  #heardAt = performance.now();

  constructor(token: string) {
    this.#token = token;
    this.#source = new EventSource(`/api/ticket/${token}/board`);
    this.#source.onmessage = ({ data }) => this.#take(JSON.parse(String(data)) as OwnBoard);
    this.#source.onerror = () => {
      // closed for good means that the server does not know this ticket
      if (this.#source.readyState === EventSource.CLOSED) this.board = { surface: 'phone', state: 'gone' };
    };
    this.#timer = setInterval(() => (this.stale = performance.now() - this.#heardAt > STALE_AFTER_MS), 1_000);
  }

  /** Leaves the queue. The same press sent again is the same request. @returns whether the office agreed */
  async withdraw(): Promise<boolean> {
    const response = await fetch(`/api/ticket/${this.#token}/withdraw`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ requestId: crypto.randomUUID() }),
    }).catch(() => null);
    return response?.ok ?? false;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#source.close();
  }

  #take(board: OwnBoard): void {
    this.#heardAt = performance.now();
    this.stale = false;
    const wasCalled = this.board?.state === 'called';
    this.board = board;
    if (board.state === 'gone') this.#source.close();
    else this.lastHeard = board.at;
    if (board.state === 'called' && !wasCalled && 'vibrate' in navigator) navigator.vibrate([300, 150, 300, 150, 600]);
  }
}
