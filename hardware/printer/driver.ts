import { createHash } from 'node:crypto';
import { encodeJob, type EncodedJob } from './encode-job.ts';
import { CONNECT_MS } from './machine/limits.ts';
import { newMachine, type Effect, type Input, type Machine, type Timer, type Traits } from './machine/machine.ts';
import { next } from './machine/next.ts';
import { pendingOf, statusOf } from './machine/status-of.ts';
import type { PrintJob } from './paper.ts';
import { PaperRoll } from './paper-roll.ts';
import { ProcessIds } from './process-ids.ts';
import { Replies } from './replies.ts';
import { reasonOf, Session } from './session.ts';
import type { PrinterStatus, PrintOutcome } from './status.ts';
import { testSheet, type TestSheet } from './test-sheets.ts';
import type { Attempt, Surroundings, TicketPrinter } from './ticket-printer.ts';
import { Timers } from './timers.ts';
import { voidAndCut } from './void-bar.ts';

/** Does what the machine says: opens, writes, waits and tells. Decides nothing itself. */
export class Driver implements TicketPrinter {
  readonly #around: Surroundings;
  readonly #replies = new Replies();
  readonly #processIds = new ProcessIds();
  readonly #timers = new Timers<Timer>((timer) => this.#take({ kind: 'time', timer }));
  readonly #asked = new Map<string, { readonly job: EncodedJob; readonly tell: (outcome: PrintOutcome) => void }>();
  readonly #roll: PaperRoll;
  readonly #inputs: Input[] = [];
  #busy = false;
  #machine: Machine;
  #session: Session | null = null;
  #closing: Promise<void> = Promise.resolve();
  #opening: AbortController | null = null;
  #status: PrinterStatus;
  #pendingSince = 0;
  #sheets = 0;

  constructor(around: Surroundings) {
    this.#around = around;
    this.#roll = new PaperRoll(around.roll);
    this.#machine = newMachine(traitsOf(around));
    this.#status = this.#statusNow(around.now());
  }

  start(): void {
    this.#take({ kind: 'start' });
  }

  async stop(): Promise<void> {
    this.#take({ kind: 'stop' });
    await this.#closing;
  }

  print(job: PrintJob): Promise<PrintOutcome> {
    return this.#print(encodeJob(job, this.#around.profile, this.#around.printAs));
  }

  testSheet(kind: TestSheet): Promise<PrintOutcome> {
    this.#sheets += 1;
    return this.#print(testSheet(kind, `${kind}-${this.#sheets}`, this.#around.profile));
  }

  clear(): void {
    this.#trace('cleared by hand');
    this.#take({ kind: 'clear' });
  }

  newRoll(lengthMm: number): void {
    this.#roll.renew(lengthMm);
    this.#tellStatus();
  }

  status(): PrinterStatus {
    return this.#status;
  }

  #print(job: EncodedJob): Promise<PrintOutcome> {
    const { id, chunks, bytes } = job;
    return new Promise((tell) => {
      const processId = this.#processIds.next();
      this.#asked.set(processId, { job, tell });
      this.#trace(`job ${id}: ${bytes} bytes, sha256 ${hashOf(chunks)}`);
      this.#take({ kind: 'job', job: { id, chunks, bytes, processId, since: performance.now() } });
    });
  }

  /** One input at a time: an effect may bring the next one at once. */
  #take(input: Input): void {
    this.#inputs.push(input);
    if (this.#busy) return;
    this.#busy = true;
    for (let taken = this.#inputs.shift(); taken; taken = this.#inputs.shift()) {
      const before = this.#machine;
      const { machine, effects } = next(before, taken, performance.now());
      this.#machine = machine;
      if (machine.state.kind !== before.state.kind) this.#trace(`${before.state.kind} → ${machine.state.kind}`);
      if (before.heard.includes('paper-out') && isWellAgain(machine)) this.#roll.renew();
      for (const effect of effects) this.#do(effect);
    }
    this.#busy = false;
    this.#tellStatus();
  }

  #do(effect: Effect): void {
    switch (effect.kind) {
      case 'open':
        return this.#open();
      case 'close':
        return this.#close();
      case 'write':
        return this.#session?.write(effect.bytes);
      case 'write-job':
        return this.#session?.write(effect.bytes, () => this.#take({ kind: 'written' }));
      case 'wait':
        return this.#timers.set(effect.timer, effect.ms);
      case 'no-wait':
        return effect.timers.forEach((timer) => this.#timers.forget(timer));
      case 'forget-timers':
        return this.#timers.forgetAll();
      case 'journal':
        return void this.#journal(attemptOf(effect.job));
      case 'settle':
        return this.#settle(attemptOf(effect.job), effect.outcome);
      case 'expect':
        return this.#replies.expect(effect);
    }
  }

  #open(): void {
    const opening = new AbortController();
    this.#opening = opening;
    const timer = setTimeout(() => opening.abort(new Error('no connection in time')), CONNECT_MS);
    void this.#closing
      .then(() => this.#around.openLink(opening.signal))
      .finally(() => clearTimeout(timer))
      .then(
        (link) => {
          if (this.#opening !== opening) return link.close();
          this.#replies.reset();
          this.#session = new Session(link, (bytes) => this.#hear(bytes), this.#lost);
          return this.#take({ kind: 'opened' });
        },
        (cause: unknown) => {
          if (this.#opening === opening) this.#take({ kind: 'open-failed', reason: reasonOf(cause) });
        },
      );
  }

  readonly #lost = (reason: string): void => {
    this.#trace(`link lost: ${reason}`);
    this.#take({ kind: 'link-lost', reason });
  };

  #close(): void {
    this.#opening?.abort();
    this.#opening = null;
    const session = this.#session;
    this.#session = null;
    if (session) this.#closing = session.close();
  }

  #hear(bytes: Uint8Array): void {
    for (const reply of this.#replies.take(bytes)) {
      if (reply.kind === 'noise') this.#trace(`noise ${reply.byte.toString(16)}`);
      this.#take({ kind: 'reply', reply });
    }
  }

  async #journal(attempt: Attempt): Promise<void> {
    try {
      await this.#around.journal.begun(attempt);
      this.#take({ kind: 'journaled', id: attempt.jobId });
    } catch (cause) {
      this.#trace(`job ${attempt.jobId} not journaled: ${reasonOf(cause)}`);
      this.#take({ kind: 'not-journaled', id: attempt.jobId });
    }
  }

  #settle(attempt: Attempt, outcome: PrintOutcome): void {
    const asked = this.#asked.get(attempt.processId);
    if (!asked) return;
    this.#asked.delete(attempt.processId);
    if (outcome.state !== 'not-printed') this.#roll.use(asked.job.paperMm);
    this.#trace(
      `job ${attempt.jobId}: ${outcome.state}, ${outcome.state === 'printed' ? outcome.how : outcome.reason}`,
    );
    this.#around.journal.ended(attempt, outcome);
    this.#around.onOutcome(attempt.jobId, outcome);
    asked.tell(outcome);
  }

  #tellStatus(): void {
    const { since } = this.#status;
    const same = JSON.stringify(this.#statusNow(since)) === JSON.stringify(this.#status);
    if (same) return;
    const now = this.#around.now();
    const next = this.#statusNow(since);
    const isNews = next.link !== this.#status.link || next.condition !== this.#status.condition;
    this.#status = isNews ? { ...next, since: now } : next;
    this.#around.onStatus(this.#status);
  }

  #statusNow(since: number): PrinterStatus {
    const pending = pendingOf(this.#machine);
    if (!pending) this.#pendingSince = 0;
    else this.#pendingSince ||= this.#around.now();
    const low = this.#roll.isLow && !this.#machine.heard.includes('paper-out') ? (['paper-low'] as const) : [];
    return {
      ...statusOf(this.#machine, low),
      since,
      pending: pending && { ...pending, since: this.#pendingSince },
      rollUsedMm: this.#roll.usedMm,
      rollLengthMm: this.#roll.lengthMm,
    };
  }

  #trace(text: string): void {
    this.#around.onTrace({ at: this.#around.now(), text });
  }
}

function traitsOf({ answers, profile }: Surroundings): Traits {
  const { asksProcessId, asksIdentity, nativeQr, name } = profile;
  return { answers, asksProcessId, asksIdentity, nativeQr, profile: name, cutOff: voidAndCut(profile) };
}

function attemptOf({ id, processId, bytes }: { id: string; processId: string; bytes: number }): Attempt {
  return { jobId: id, processId, bytes };
}

/** Paper is in again, said by the printer itself: a lost link says nothing about paper. */
function isWellAgain({ heard, state }: Machine): boolean {
  return !heard.includes('paper-out') && state.kind !== 'disconnected' && state.kind !== 'stopped';
}

function hashOf(chunks: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex').slice(0, 12);
}
