import type { PhoneBoard } from '#contract/boards.ts';
import type { Language } from '#contract/language.ts';
import { requestId } from '../random-uuid.ts';

/** What the page is drawn from: the ticket's own board, or that there is none any more. */
export type OwnBoard = PhoneBoard | { readonly surface: 'phone'; readonly state: 'gone' };

export interface OwnTicketView {
  readonly board: OwnBoard | null;
  /** Of the ticket, also when it is no more. */
  readonly language: Language | null;
  /** Nothing on the board may be believed now. */
  readonly stale: boolean;
  /** When the office last spoke, by its own clock (epoch milliseconds). */
  readonly lastHeard: number | null;
  /** The visitor asked for a signal at the call. */
  readonly signal: boolean;
  withdraw(): Promise<boolean>;
  wantSignal(): void;
}

/** The server speaks at least every 15 s. */
const STALE_AFTER_MS = 35_000;
/** A line that broke may come back before anybody need know. */
const BROKEN_AFTER_MS = 5_000;
const AGAIN_AFTER_MS = 5_000;
/** Long and short, felt through a pocket (milliseconds on, off, on …). */
const VIBRATION = [300, 150, 300, 150, 600];
/** Three tones up (hertz). */
const TONES = [523, 659, 784];

/** One visitor's ticket, followed by server-sent events. */
export class OwnTicket implements OwnTicketView {
  board = $state.raw<OwnBoard | null>(null);
  language = $state<Language | null>(null);
  stale = $state(false);
  lastHeard = $state<number | null>(null);
  signal = $state(false);
  readonly #token: string;
  readonly #timer: ReturnType<typeof setInterval>;
  /** One press, one request: sent again, it is the same. */
  readonly #withdrawal = requestId();
  #source: EventSource | null = null;
  #audio: AudioContext | null = null;
  #heardAt = performance.now();
  #brokenAt: number | null = null;

  constructor(token: string) {
    this.#token = token;
    this.#open();
    this.#timer = setInterval(() => this.#tick(), 1_000);
  }

  /** Leaves the queue. @returns whether the office agreed */
  async withdraw(): Promise<boolean> {
    const response = await fetch(`/api/ticket/${this.#token}/withdraw`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ requestId: this.#withdrawal }),
    }).catch(() => null);
    return response?.ok ?? false;
  }

  /** A browser allows sound and vibration only after a touch. */
  wantSignal(): void {
    this.signal = true;
    this.#audio ??= new AudioContext();
    void this.#audio.resume();
    this.#ring();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#source?.close();
    void this.#audio?.close();
  }

  #open(): void {
    const source = new EventSource(`/api/ticket/${this.#token}/board`);
    source.onmessage = ({ data }) => this.#take(JSON.parse(String(data)) as OwnBoard);
    source.onerror = () => {
      this.#brokenAt ??= performance.now();
      // The browser comes again by itself after a break, but not after an answer that was no stream.
      if (source.readyState === EventSource.CLOSED) void this.#ask();
    };
    this.#source = source;
  }

  /** Why there was no stream: the ticket is no more, or the office cannot answer now. */
  async #ask(): Promise<void> {
    const asking = new AbortController();
    const response = await fetch(`/api/ticket/${this.#token}/board`, { signal: asking.signal }).catch(() => null);
    asking.abort();
    if (response?.status === 404) this.board = { surface: 'phone', state: 'gone' };
    else setTimeout(() => this.#open(), AGAIN_AFTER_MS);
  }

  #take(board: OwnBoard): void {
    const was = this.board;
    this.#heardAt = performance.now();
    this.#brokenAt = null;
    this.stale = false;
    this.board = board;
    if (board.state === 'gone') {
      this.#source?.close();
      return;
    }
    this.lastHeard = board.at;
    this.language = board.language;
    const isNewCall = board.state === 'called' && (was?.state !== 'called' || was.calledAt !== board.calledAt);
    if (isNewCall && this.signal) this.#ring();
  }

  #tick(): void {
    const now = performance.now();
    const broken = this.#brokenAt !== null && now - this.#brokenAt > BROKEN_AFTER_MS;
    this.stale = broken || now - this.#heardAt > STALE_AFTER_MS;
  }

  #ring(): void {
    if ('vibrate' in navigator) navigator.vibrate(VIBRATION);
    const audio = this.#audio;
    if (!audio) return;
    TONES.forEach((frequency, i) => {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      const start = audio.currentTime + i * 0.25;
      tone.frequency.value = frequency;
      volume.gain.setValueAtTime(0.0001, start);
      volume.gain.exponentialRampToValueAtTime(0.4, start + 0.03);
      volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.4);
      tone.connect(volume).connect(audio.destination);
      tone.start(start);
      tone.stop(start + 0.4);
    });
  }
}
