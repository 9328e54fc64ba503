import type { Result } from '../basics/result.ts';
import type { Row } from '../contract/events.ts';
import type { EpochMs } from '../domain/ids.ts';
import type { Answering } from './answer.ts';

/** An answer is kept this long for whoever did not get it (milliseconds), and no more of them than this. */
const KEPT_MS = 10 * 60_000;
const KEPT_AT_MOST = 2_000;

interface Kept {
  readonly at: EpochMs;
  readonly answer: Promise<Result<unknown, { readonly code: string }>>;
}

/**
 * What the ledger does for tickets, for requests that do not go through it: the same id from the same asker about the
 * same thing gets the same answer, and nothing is done twice. A failure is not kept: asking again then tries again.
 */
export class Once {
  readonly #now: () => EpochMs;
  readonly #kept = new Map<string, Kept>();

  constructor(now: () => EpochMs) {
    this.#now = now;
  }

  /** All of these. */
  guardAll<C extends object>(commands: C): C {
    const guarded = Object.entries(commands).map(([event, command]) => [
      event,
      this.guard(event, command as Answering<Row>),
    ]);
    // The same names with the same requests and answers; TypeScript cannot follow that through the entries.
    return Object.fromEntries(guarded) as C;
  }

  guard<R extends Row>(event: string, command: Answering<R>): Answering<R> {
    return (request, caller) => {
      const { requestId } = request as { readonly requestId: string };
      const key = `${event} ${caller.actor} ${requestId}`;
      this.#forgetOld();
      const known = this.#kept.get(key);
      if (known) return known.answer as ReturnType<Answering<R>>;
      const answer = command(request, caller);
      this.#kept.set(key, { at: this.#now(), answer });
      answer.catch(() => this.#kept.delete(key));
      return answer;
    };
  }

  #forgetOld(): void {
    for (const [key, { at }] of this.#kept) {
      if (this.#now() - at < KEPT_MS && this.#kept.size < KEPT_AT_MOST) return;
      this.#kept.delete(key);
    }
  }
}
