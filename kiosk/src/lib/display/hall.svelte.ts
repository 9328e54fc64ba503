import { io, type Socket } from 'socket.io-client';
import type { CallView, DisplayBoard } from '#contract/boards.ts';
import type { ClientToServer, Hello, ServerToClient } from '#contract/events.ts';
import { begun, ended, heard, interrupted, SILENCE, type Announcements } from './announcements.ts';
import { Pairing } from '../pairing/pairing.svelte.ts';
import { HallSound } from './hall-sound.ts';
import { Reports, type Measured } from './reports.ts';

/** What the screen of the waiting area is drawn from. */
export interface HallView {
  readonly board: DisplayBoard | null;
  /** Nothing on the board may be believed now. */
  readonly stale: boolean;
  /** The office's clock, and when it last spoke (epoch milliseconds). */
  readonly now: number;
  readonly lastHeard: number | null;
  /** The call being announced. */
  readonly speaking: CallView | null;
  /** The call on the plate: the one being announced, else the newest that somebody is still awaited for. */
  readonly shown: CallView | null;
  readonly soundAble: boolean;
  wakeSound(): Promise<void>;
  /** The screen tells how large it is drawn, and how far it can be read. */
  measured(size: Measured): void;
}

/** The office speaks at least every 2 s; after so many missed pulses nothing on the screen may be believed. */
const STALE_AFTER_MS = 10_000;
/** Each announcement has the plate for itself at least this long; longer where nothing is heard. */
const PLATE_MS = 5_000;
const PLATE_UNHEARD_MS = 10_000;
/** Visitors who are fetched, or need longer to see it, whoever else is called meanwhile. */
const PLATE_LONG_MS = 15_000;
/** A call that nobody followed stays on the plate this long, unless the visitor comes. */
const CALL_SHOWN_MS = 5 * 60_000;
const AGAIN_AFTER_MS = 2_000;
/** A network that swallows everything answers nobody: the next try must not wait for long. */
const CONNECT_WITHIN_MS = 4_000;
const AGAIN_AT_FIRST_MS = 300;
/** A page is not loaded anew before it has been open this long: whatever goes wrong there must not go round in circles. */
const OPEN_AT_LEAST_MS = 60_000;

/** The waiting area's view of the office: whole boards in, one announcement after the other out. */
export class Hall implements HallView {
  board = $state.raw<DisplayBoard | null>(null);
  stale = $state(true);
  now = $state(Date.now());
  lastHeard = $state<number | null>(null);
  soundAble = $state(true);
  /** A new line is there: the office may run a newer version. */
  onLine: () => void = () => undefined;
  /** Runs while the office does not know this display. */
  readonly pairing = new Pairing('display', () => this.#socket.connect());
  readonly #sound = new HallSound();
  readonly #socket: Socket<ServerToClient, ClientToServer>;
  readonly #reports: Reports;
  readonly #timer: ReturnType<typeof setInterval>;
  #announcements = $state.raw<Announcements>(SILENCE);
  /** The announcement has had its time on the plate; the voice may take longer. */
  #plateServed = $state(false);
  /** Staff, or the opening, asked for a sound test; it waits for a free moment. */
  #testWanted = false;
  #testing = $state(false);
  /** The browser allows sound only because somebody touched this page: a page loaded anew would have to be touched again. */
  #soundByTouch = $state(false);
  /** The office's clock minus the time since this page was opened. */
  #offsetMs = 0;
  /** When the office last spoke, or a new line was opened: by the page's clock, and by the machine's. */
  #lastSign = { page: Number.NEGATIVE_INFINITY, machine: Number.NEGATIVE_INFINITY };
  /** The line was lost since the last board: the next is taken whatever its revision, and only then believed. */
  #afterGap = true;

  /** @param area the part of the waiting area its address names */
  constructor(area: string | null = null) {
    const hello: Hello = area === null ? { surface: 'display' } : { surface: 'display', area };
    this.#socket = io({
      transports: ['websocket'],
      auth: hello,
      timeout: CONNECT_WITHIN_MS,
      reconnectionDelay: AGAIN_AT_FIRST_MS,
      reconnectionDelayMax: 3_000,
    });
    this.#reports = new Reports((report) => {
      if (this.#socket.connected) this.#socket.emit('display:report', report, () => undefined);
    });
    this.#socket.on('connect', () => {
      this.#afterGap = true;
      this.#noteSign();
      this.#reports.forget();
      this.onLine();
    });
    this.#socket.on('disconnect', (reason) => {
      this.#lost();
      // Who was sent away by the office does not come again by itself.
      if (reason === 'io server disconnect') this.#comeAgain();
    });
    this.#socket.on('connect_error', (cause) => {
      if (cause.message === 'unpaired') this.#pair();
      // A refused connection does not come again by itself; one that found nobody does.
      else if (!this.#socket.active) this.#comeAgain();
    });
    this.#socket.on('ended', () => this.#pair());
    this.#socket.on('pulse', (at) => this.#alive(at));
    this.#socket.on('board', (board) => {
      if (board.surface === 'display') this.#take(board);
    });
    this.#timer = setInterval(() => this.#tick(), 500);
    this.#sound.load();
  }

  get speaking(): CallView | null {
    return this.#announcements.current;
  }

  get shown(): CallView | null {
    const { speaking } = this;
    if (speaking) return this.#plateServed && !this.#isAwaited(speaking) ? null : speaking;
    const awaited = ({ current, at }: CallView): boolean => current && this.now - at < CALL_SHOWN_MS;
    return this.board?.calls.find(awaited) ?? null;
  }

  /** A visitor who is at the desk needs no plate any more, even while the voice still ends its sentence. */
  #isAwaited({ order }: CallView): boolean {
    return this.board?.calls.some((call) => call.order === order && call.current) ?? false;
  }

  async wakeSound(): Promise<void> {
    this.#soundByTouch ||= this.#sound.state === 'blocked';
    await this.#sound.wake();
    this.soundAble = this.#sound.state === 'able';
  }

  /** Nothing is lost when the page is loaded anew now: nobody is being told anything, and the voice comes back by itself. */
  get mayStartAnew(): boolean {
    const { current, queue } = this.#announcements;
    const isBusy = current !== null || queue.length > 0 || this.#testing;
    const wouldFallSilent = this.#soundByTouch && this.board?.opening.open === true;
    return !isBusy && !wouldFallSilent && this.now - this.#offsetMs > OPEN_AT_LEAST_MS;
  }

  close(): void {
    clearInterval(this.#timer);
    this.pairing.stop();
    this.#socket.disconnect();
  }

  #take(board: DisplayBoard): void {
    const isOlder = this.board?.bootId === board.bootId && board.revision < this.board.revision;
    if (isOlder && !this.#afterGap) return;
    const before = this.board;
    const isOpening = before !== null && !before.opening.open && board.opening.open;
    const isAsked = before?.bootId === board.bootId && board.sound.tests > before.sound.tests;
    this.#testWanted ||= isOpening || isAsked;
    this.#sound.setLoudness(board.sound.percent);
    this.#announcements = heard(this.#announcements, board.calls, this.#afterGap);
    this.#afterGap = false;
    this.board = board;
    this.#alive(board.at);
    this.#announceNext();
  }

  measured(size: Measured): void {
    this.#reports.measured = size;
    this.#report();
  }

  #announceNext(): void {
    if (this.#testing) return;
    if (this.#testWanted && !this.#announcements.current) {
      void this.#testSound();
      return;
    }
    const before = this.#announcements;
    this.#announcements = begun(before);
    const { current } = this.#announcements;
    if (!current || before.current) return;
    this.#plateServed = false;
    this.#report();
    const seen = new Promise<void>((resolve) => setTimeout(resolve, this.#plateMs(current))).then(() => {
      if (this.#announcements.current === current) this.#plateServed = true;
    });
    const isWanted = (): boolean => this.#announcements.current === current;
    void Promise.all([seen, this.#sound.announce(current, isWanted)]).then(() => {
      // The line may have been lost meanwhile, and the plate may be somebody else's.
      if (!isWanted()) return;
      this.#announcements = ended(this.#announcements);
      this.#announceNext();
    });
  }

  #plateMs({ manner, long }: CallView): number {
    if (long || manner !== 'spoken') return PLATE_LONG_MS;
    return !this.#sound.heard && this.#announcements.queue.length === 0 ? PLATE_UNHEARD_MS : PLATE_MS;
  }

  async #testSound(): Promise<void> {
    this.#testWanted = false;
    this.#testing = true;
    const found = await this.#sound.test();
    this.#testing = false;
    this.#reports.test = { at: Math.round(this.now), ...found };
    this.#report();
    this.#announceNext();
  }

  #report(): void {
    const { current, queue } = this.#announcements;
    this.#reports.tell({
      shown: this.stale ? null : (this.shown?.order ?? null),
      speaking: current?.order ?? null,
      queued: queue.length,
      sound: this.#sound.state,
    });
  }

  #alive(at: number): void {
    this.#noteSign();
    this.#offsetMs = at - this.#lastSign.page;
    this.lastHeard = at;
    this.now = at;
    if (!this.#afterGap) this.stale = false;
  }

  #tick(): void {
    if (this.lastHeard !== null) this.now = performance.now() + this.#offsetMs;
    this.soundAble = this.#sound.state === 'able';
    this.#report();
    if (this.#silentMs() <= STALE_AFTER_MS || !(this.#socket.connected || !this.stale)) return;
    if (!this.stale) this.#lost();
    // What a silent line still holds back is old: boards of a new line only are believed.
    this.#socket.disconnect().connect();
  }

  /** Since the last sign of life. While a machine sleeps the clock of its pages may stand still, but not its own. */
  #silentMs(): number {
    return Math.max(performance.now() - this.#lastSign.page, Date.now() - this.#lastSign.machine);
  }

  #noteSign(): void {
    this.#lastSign = { page: performance.now(), machine: Date.now() };
  }

  #comeAgain(): void {
    setTimeout(() => this.#socket.connect(), AGAIN_AFTER_MS);
  }

  /** Nothing that was called before may look as if it were called now. */
  #lost(): void {
    this.stale = true;
    this.#afterGap = true;
    this.#announcements = interrupted(this.#announcements);
  }

  /** Asks to be this office's display; a refused socket does not come again by itself. */
  #pair(): void {
    this.#socket.disconnect();
    this.pairing.start();
  }
}
