import { Outage } from '../../server/basics/outage.ts';
import { Turns } from '../../server/basics/turns.ts';
import type { ByteLink, OpenLink } from './byte-link.ts';
import { Replies, type PrinterReply } from './replies.ts';
import { conditionsOf } from './escpos-status.ts';
import { obstacleOf, worstOf, type Condition, type PrinterStatus, type PrintOutcome } from './status.ts';

/** All waits have an end (milliseconds). */
const CONNECT_MS = 3_000;
const STATUS_MS = 500;
const CLEAR_MS = 1_000;
const JOB_MS = 20_000;
const JOB_MS_PER_KB = 1_000;
const LOOK_AGAIN_MS = 500;
const POLL_MS = 2_000;
const TURN_MS = 120_000;
const BACK_OFF_MS = [1_000, 2_000, 4_000, 8_000, 15_000];

/** `GS r 1`: unlike real-time status it is answered in order, so its answer means: everything before it is done. */
const IN_ORDER = Uint8Array.of(0x1d, 0x72, 1);
/** Drops everything received and not yet printed. @source Epson ESC/POS, `DLE DC4` (fn = 8); answered by 37h 25h 00h */
const CLEAR = Uint8Array.of(0x10, 0x14, 8, 1, 3, 0x14, 1, 6, 2, 8);
/** Fills up a picture cut short, then starts afresh. */
const RESYNC = Uint8Array.from([...new Uint8Array(8 * 1024), 0x1b, 0x40]);
/** Automatic status would be mixed into in-order answers: off. */
const AUTOMATIC_STATUS_OFF = Uint8Array.of(0x1d, 0x61, 0);

export interface Surroundings {
  readonly openLink: OpenLink;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told on every change. */
  readonly onStatus: (status: PrinterStatus) => void;
  /** A device that answers nothing (a file): jobs are `assumed` printed. */
  readonly answers: boolean;
}

type Waiting = { readonly wants: PrinterReply['kind']; readonly got: (reply: PrinterReply) => void };

/**
 * One ticket printer. Says what it is, prints one slip at a time and knows what became of it. Never prints anything
 * twice: a job once sent is not sent again, and what a stopped printer still holds is cleared before it can come out.
 */
export class TicketPrinter {
  readonly #around: Surroundings;
  readonly #turns = new Turns(TURN_MS);
  readonly #replies = new Replies();
  #status: PrinterStatus;
  #link: ByteLink | null = null;
  #waiting: Waiting | null = null;
  /** A job ended without proof: what the printer may still hold is cleared first. */
  #mayHoldOld = false;
  #failures = 0;
  #timer: NodeJS.Timeout | null = null;
  #stopped = true;

  constructor(around: Surroundings) {
    this.#around = around;
    const since = around.now();
    this.#status = {
      link: 'down',
      condition: 'disconnected',
      all: [],
      ready: false,
      since,
      lastError: null,
      identity: { maker: '', model: '', firmware: '', serial: '', profile: '', capabilities: null },
      pending: null,
      waiting: 0,
      rollUsedMm: 0,
    };
  }

  get status(): PrinterStatus {
    return this.#status;
  }

  /** Connects and keeps looking. Never rejects. */
  start(): void {
    this.#stopped = false;
    void this.#look();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#drop('stopped');
  }

  /** Prints one slip and waits for what becomes of it. Never repeats. A turn that does not come is `not-answering`. */
  async print(bytes: Uint8Array): Promise<PrintOutcome> {
    try {
      return await this.#turns.take(() => this.#printNow(bytes));
    } catch (cause) {
      if (cause instanceof Outage) return { state: 'not-printed', reason: 'not-answering' };
      throw cause;
    }
  }

  /** Drops what the printer holds. @returns whether it said so */
  async clear(): Promise<boolean> {
    return this.#turns.take(() => this.#clearNow());
  }

  async #printNow(bytes: Uint8Array): Promise<PrintOutcome> {
    const before = await this.#refresh();
    const obstacle = obstacleOf([before]);
    if (obstacle) return { state: 'not-printed', reason: obstacle };
    if (this.#mayHoldOld && !(await this.#clearNow())) return { state: 'not-printed', reason: 'not-answering' };
    const link = this.#link;
    if (!link) return { state: 'not-printed', reason: 'disconnected' };
    const deadline = AbortSignal.timeout(JOB_MS + Math.ceil(bytes.length / 1024) * JOB_MS_PER_KB);
    const confirmed = this.#around.answers ? this.#next('in-order', deadline) : null;
    try {
      await link.write(bytes, deadline);
      if (!confirmed) return { state: 'printed', how: 'assumed' };
      await link.write(IN_ORDER, deadline);
    } catch {
      this.#mayHoldOld = true;
      await this.#drop('write failed');
      return { state: 'unknown', reason: deadline.aborted ? 'no-answer' : 'link-lost' };
    }
    return this.#awaitEnd(confirmed, deadline);
  }

  /** Waits for the in-order answer, looking in between whether the printer has stopped. */
  async #awaitEnd(confirmed: Promise<PrinterReply | null>, deadline: AbortSignal): Promise<PrintOutcome> {
    let done: PrinterReply | null | undefined;
    const end = confirmed.then((reply) => (done = reply));
    while (!deadline.aborted) {
      await Promise.race([end, pause(LOOK_AGAIN_MS)]);
      if (done) return { state: 'printed', how: 'in-order' };
      if (done === null || !this.#link) break;
      const condition = worstOf(await this.#ask());
      this.#become(condition);
      const obstacle = obstacleOf([condition]);
      if (!obstacle) continue;
      await pause(0);
      if (await settled(end)) return { state: 'printed', how: 'in-order' };
      const cleared = await this.#clearNow();
      this.#mayHoldOld = !cleared;
      return cleared ? { state: 'not-printed', reason: obstacle } : { state: 'unknown', reason: 'no-answer' };
    }
    this.#mayHoldOld = true;
    return { state: 'unknown', reason: this.#link ? 'no-answer' : 'link-lost' };
  }

  async #look(): Promise<void> {
    if (this.#stopped) return;
    await this.#turns.take(() => this.#refresh());
    this.#failures = this.#link ? 0 : this.#failures + 1;
    const wait = this.#link ? POLL_MS : (BACK_OFF_MS[Math.min(this.#failures, BACK_OFF_MS.length) - 1] ?? POLL_MS);
    this.#timer = setTimeout(() => void this.#look(), wait);
  }

  /** Finds out what the printer is now, connecting first if need be. */
  async #refresh(): Promise<Condition> {
    if (!this.#link && !(await this.#connect())) return this.#become('disconnected');
    if (!this.#around.answers) return this.#become('ok');
    return this.#become(worstOf(await this.#ask()));
  }

  async #connect(): Promise<boolean> {
    try {
      const signal = AbortSignal.timeout(CONNECT_MS);
      const link = await this.#around.openLink(signal);
      this.#link = link;
      this.#replies.reset();
      void this.#listen(link);
      if (this.#around.answers) await link.write(AUTOMATIC_STATUS_OFF, signal);
      if (this.#mayHoldOld) await link.write(RESYNC, signal);
      return true;
    } catch (cause) {
      await this.#drop(cause instanceof Error ? cause.message : String(cause));
      return false;
    }
  }

  async #listen(link: ByteLink): Promise<void> {
    try {
      for await (const chunk of link.bytes()) for (const reply of this.#replies.take(chunk)) this.#hear(reply);
    } catch {
      // the end of the link is what matters, whatever ended it
    }
    if (this.#link === link) await this.#drop('the printer closed the connection');
  }

  #hear(reply: PrinterReply): void {
    if (this.#waiting?.wants === reply.kind) this.#waiting.got(reply);
    else if (this.#inOrder && reply.kind === 'in-order') this.#inOrder(reply);
  }

  #inOrder: ((reply: PrinterReply) => void) | null = null;

  /** The conditions the printer reports; silence is one. */
  async #ask(): Promise<readonly Condition[]> {
    const bytes: number[] = [];
    for (const n of [1, 2, 3, 4]) {
      const signal = AbortSignal.timeout(STATUS_MS);
      const answer = this.#next('status', signal);
      try {
        await this.#link?.write(Uint8Array.of(0x10, 0x04, n), signal);
      } catch (cause) {
        await this.#drop(cause instanceof Error ? cause.message : String(cause));
        return ['disconnected'];
      }
      const reply = await answer;
      if (!this.#link) return ['disconnected'];
      if (reply?.kind !== 'status') return ['not-answering'];
      bytes.push(reply.byte);
    }
    const [offline = 0, cause = 0, error = 0, paper = 0] = bytes;
    return conditionsOf([offline, cause, error, paper]);
  }

  async #clearNow(): Promise<boolean> {
    if (!this.#link) return false;
    if (!this.#around.answers) return true;
    const signal = AbortSignal.timeout(CLEAR_MS);
    const cleared = this.#next('cleared', signal);
    try {
      await this.#link.write(CLEAR, signal);
    } catch {
      return false;
    }
    const done = (await cleared) !== null;
    if (done) this.#mayHoldOld = false;
    return done;
  }

  /** The next reply of a kind, or `null` when the time is over or the link gone. */
  #next(wants: PrinterReply['kind'], signal: AbortSignal): Promise<PrinterReply | null> {
    return new Promise((resolve) => {
      const over = (): void => finish(null);
      const finish = (reply: PrinterReply | null): void => {
        signal.removeEventListener('abort', over);
        this.#given.delete(over);
        if (wants === 'in-order') this.#inOrder = null;
        else this.#waiting = null;
        resolve(reply);
      };
      signal.addEventListener('abort', over);
      this.#given.add(over);
      if (wants === 'in-order') this.#inOrder = finish;
      else this.#waiting = { wants, got: finish };
    });
  }

  /** Whoever waits for an answer that cannot come any more. */
  readonly #given = new Set<() => void>();

  async #drop(reason: string): Promise<void> {
    const link = this.#link;
    this.#link = null;
    for (const over of [...this.#given]) over();
    this.#become('disconnected', reason);
    await link?.close().catch(() => undefined);
  }

  #become(condition: Condition, lastError: string | null = null): Condition {
    const link = this.#link ? 'up' : 'down';
    if (condition === this.#status.condition && link === this.#status.link) return condition;
    const all = condition === 'ok' ? [] : [condition];
    const ready = obstacleOf(all) === null;
    this.#status = { ...this.#status, link, condition, all, ready, since: this.#around.now(), lastError };
    this.#around.onStatus(this.#status);
    return condition;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Whether a promise has an answer already. */
async function settled(reply: Promise<PrinterReply | null>): Promise<boolean> {
  return (await Promise.race([reply, Promise.resolve(null)])) !== null;
}
