import { setImmediate } from 'node:timers/promises';
import { assert } from '../basics/assert.ts';
import type { Failpoint } from '../basics/failpoint.ts';
import { Outage } from '../basics/outage.ts';
import { err, ok, type Result } from '../basics/result.ts';
import { answerTo, apply, turnPage, type Book } from '../domain/book.ts';
import type { Asked, Command } from '../domain/change.ts';
import { later, type Actor, type EpochMs, type RequestId } from '../domain/ids.ts';
import type { JournalLine } from '../domain/journal.ts';
import { localDay } from '../domain/local-time.ts';
import type { Plan } from '../domain/plan.ts';
import type { Refusal } from '../domain/refusal.ts';
import { forgetAnswers } from './answers.ts';
import type { AuditFile } from './audit-file.ts';
import { readBook } from './book-reading.ts';
import type { Database } from './database.ts';
import { saveGroup, type Decided } from './group.ts';

/** What the ledger needs from outside: the clock, what the office offers, fresh ids. */
export interface World {
  readonly now: () => EpochMs;
  readonly plan: () => Plan;
  readonly newId: () => string;
}

export interface Done<Reply> {
  readonly reply: Reply;
  /** The request was answered before; nothing was done again. */
  readonly isRepeat: boolean;
}

/** The id of a request was used before by somebody else, or for something else. */
export interface IdTaken {
  readonly code: 'id-taken';
}

interface Queued extends Decided {
  readonly after: Book;
  readonly settled: PromiseWithResolvers<undefined>;
}

const GROUP_AT_MOST = 500;
const DAY_MS = 24 * 3_600_000;

/**
 * The only writer of the queue. Decides on the newest book, one request after the other, so two desks cannot call the
 * same visitor; commits all that was decided meanwhile as one group, so one flush serves many; then writes the audit
 * file, sends the boards and replies, in this order.
 */
export class Ledger {
  /** Told after each commit, before the replies: sends the boards. */
  onCommitted: (book: Book, lines: readonly JournalLine[]) => void = () => undefined;
  /** Told when the audit file could not be written; the office goes on, the lines are caught up with the next ones. */
  onAuditFault: (cause: unknown) => void = () => undefined;
  /** Told when it was written, with all that it lacked. */
  onAuditWritten: () => void = () => undefined;
  /** Told at each named point on a change's way; test runs end the process there. */
  onPassing: (point: Failpoint) => void = () => undefined;

  readonly #database: Database;
  readonly #audit: AuditFile;
  readonly #world: World;
  /** Includes changes not yet durable. `null`: to be read from the database, at the start and after a failed commit. */
  #newest: Book | null = null;
  #committed: Book | null = null;
  #opening: Promise<void> | null = null;
  #queue: Queued[] = [];
  #flushing: Promise<void> | null = null;
  #forgetsAt = 0 as EpochMs;
  readonly #inFlight = new Map<RequestId, Promise<undefined>>();

  constructor(database: Database, audit: AuditFile, world: World) {
    this.#database = database;
    this.#audit = audit;
    this.#world = world;
  }

  /** What every board is made from. @throws Error before `open` */
  get committed(): Book {
    assert(this.#committed !== null, 'the ledger is open');
    return this.#committed;
  }

  /** Reads the book unless it is in memory. @throws Outage */
  async open(): Promise<void> {
    if (this.#newest) return;
    this.#opening ??= this.#read().finally(() => (this.#opening = null));
    await this.#opening;
  }

  /**
   * Decides at once, resolves when the decision is durable.
   *
   * @param event the request's name: the same id for another event, or from another actor, is `id-taken`
   * @throws Outage when the decision could not be made durable: ask again with the same id
   */
  async carryOut<Request extends Asked, Reply>(
    event: string,
    command: Command<Request, Reply>,
    request: Request,
    actor: Actor,
  ): Promise<Result<Done<Reply>, Refusal | IdTaken>> {
    while (!this.#newest) await this.open();
    const { requestId } = request;
    const now = this.#world.now();
    const plan = this.#world.plan();
    const book = turnPage(this.#newest, localDay(now, plan.office.zone));
    const known = answerTo(book, requestId);
    if (known) {
      if (known.actor !== actor || known.event !== event) return err({ code: 'id-taken' });
      await this.#inFlight.get(requestId);
      return ok({ reply: known.reply as Reply, isRepeat: true });
    }
    const decided = command(book, request, { actor, now, plan, freshId: this.#world.newId() });
    if (!decided.ok) return decided;
    const change = decided.value;
    const after = apply(book, requestId, { actor, event }, change, now);
    this.onPassing('after_decide');
    await this.#commit({ requestId, event, actor, at: now, day: after.day, change, after });
    return ok({ reply: change.reply, isRepeat: false });
  }

  /** Resolves when all that was decided so far is settled. */
  async settle(): Promise<void> {
    await this.#flushing;
  }

  /**
   * The journal has grown by a register's own transaction; the boards' revision follows. Its lines go to the audit file.
   */
  async follow(lines: readonly JournalLine[]): Promise<void> {
    const last = lines.at(-1);
    if (!last) return;
    await this.#toAudit(lines);
    if (this.#committed && last.seq > this.#committed.seq) {
      this.#committed = { ...this.#committed, seq: last.seq };
      this.onCommitted(this.#committed, lines);
    }
  }

  async #read(): Promise<void> {
    const now = this.#world.now();
    const today = localDay(now, this.#world.plan().office.zone);
    const known = this.#committed?.day ?? today;
    const day = known > today ? known : today; // a clock that steps back opens no second day
    this.#newest = this.#committed = await this.#database.read((trx) => readBook(trx, day, now));
  }

  #commit(decided: Omit<Queued, 'settled'>): Promise<undefined> {
    const settled = Promise.withResolvers<undefined>();
    this.#newest = decided.after;
    this.#queue.push({ ...decided, settled });
    this.#inFlight.set(decided.requestId, settled.promise);
    this.#flushing ??= this.#flush();
    return settled.promise;
  }

  async #flush(): Promise<void> {
    while (this.#queue.length > 0) {
      await setImmediate(); // what arrived together is committed together
      const group = this.#queue.splice(0, GROUP_AT_MOST);
      try {
        this.onPassing('before_commit');
        const lines = await this.#save(group);
        this.onPassing('after_commit_before_audit');
        await this.#toAudit(lines);
        this.onPassing('after_audit_before_boards');
        this.#keep(group, lines);
        await this.#forgetAnswers();
      } catch (cause) {
        this.#drop([...group, ...this.#queue.splice(0)], cause);
      }
    }
    this.#flushing = null; // in the same breath as the last look at the queue, or a change could wait there for ever
  }

  #save(group: readonly Queued[]): Promise<readonly JournalLine[]> {
    return this.#database.commit(async (trx) => {
      const lines = await saveGroup(trx, group, this.#database.dialect);
      this.onPassing('in_commit');
      return lines;
    });
  }

  async #toAudit(lines: readonly JournalLine[]): Promise<void> {
    try {
      await this.#audit.append(lines);
      this.onAuditWritten();
    } catch (cause) {
      if (!(cause instanceof Outage)) throw cause;
      this.onAuditFault(cause);
    }
  }

  /** Once a day. Nobody waits for it, and what fails is done the next day. */
  async #forgetAnswers(): Promise<void> {
    const now = this.#world.now();
    if (now < this.#forgetsAt) return;
    this.#forgetsAt = later(now, DAY_MS);
    try {
      await this.#database.commit((trx) => forgetAnswers(trx, now));
    } catch (cause) {
      if (!(cause instanceof Outage)) throw cause;
    }
  }

  #keep(group: readonly Queued[], lines: readonly JournalLine[]): void {
    const last = group.at(-1);
    assert(last !== undefined, 'a group is never empty');
    // A register's later lines may have been told first, when the audit file was slow: a revision never goes back.
    const seq = Math.max(lines.at(-1)?.seq ?? 0, this.#committed?.seq ?? 0);
    this.#committed = { ...last.after, seq };
    this.onCommitted(this.#committed, lines);
    this.onPassing('after_boards_before_reply');
    for (const { requestId, settled } of group) {
      this.#inFlight.delete(requestId);
      settled.resolve(undefined);
    }
  }

  /** What follows a lost change was decided on a book that will never be: all of it goes. */
  #drop(lost: readonly Queued[], cause: unknown): void {
    this.#newest = null;
    for (const { requestId, settled } of lost) {
      this.#inFlight.delete(requestId);
      settled.promise.catch(() => undefined); // a repeat may wait for it too; nobody waiting is no bug
      settled.reject(cause);
    }
  }
}
