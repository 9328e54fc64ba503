import type { Answer, Fault, Refusal, Request, RequestName } from '#contract/events.ts';
import type { Result } from '#basics/result.ts';
import type { Line } from './line.svelte.ts';
import { newRequestId } from './request-id.ts';

export type Trouble = Refusal | Fault;

/** What a request carries besides its id, which is made here, once per press. */
export type Asking<Name extends RequestName> = Omit<Request<Name>, 'requestId'>;

/** Between two tries to get one answer (milliseconds). */
const AGAIN_AFTER_MS = 1_000;

/** One act at a time, each with an id of its own, asked for until the office has answered: nothing is ever done twice. */
export class Office {
  readonly line: Line;
  /** The act that waits for its answer. */
  pending = $state<RequestName | null>(null);
  /** Its answer was lost once at least; the same request is being sent again. */
  late = $state(false);
  /** Why the last act did not happen, and which it was. */
  trouble = $state.raw<{ readonly act: RequestName; readonly why: Trouble } | null>(null);
  /** Nothing can be asked for now: no connection, or an answer is awaited. */
  readonly inert = $derived.by(() => !this.line.connected || this.pending !== null);
  #closed = false;

  constructor(line: Line) {
    this.line = line;
  }

  /** Asks the office to do something. @returns the answer, or `null` when it did not happen (see `trouble`) */
  async act<Name extends RequestName>(
    name: Name,
    asking: Asking<Name>,
  ): Promise<{ readonly answer: Answer<Name> } | null> {
    if (this.inert) return null;
    this.pending = name;
    this.trouble = null;
    // The id completes what `Omit` took away; TypeScript cannot see that for a generic name.
    const request = { ...asking, requestId: newRequestId() } as unknown as Request<Name>;
    const result = await this.#answered(name, request);
    this.pending = null;
    this.late = false;
    if (result?.ok) return { answer: result.value };
    if (result) this.trouble = { act: name, why: result.error };
    return null;
  }

  /** Looks something up: nothing changes, so nothing else has to wait. @returns `null` when no answer came */
  async look<Name extends RequestName>(
    name: Name,
    asking: Asking<Name>,
  ): Promise<{ readonly found: Answer<Name> } | null> {
    const request = { ...asking, requestId: newRequestId() } as unknown as Request<Name>;
    const reply = await this.line.ask(name, request).catch(() => null);
    return reply?.ok ? { found: reply.value } : null;
  }

  close(): void {
    this.#closed = true;
    this.line.close();
  }

  async #answered<Name extends RequestName>(
    name: Name,
    request: Request<Name>,
  ): Promise<Result<Answer<Name>, Trouble> | null> {
    while (!this.#closed) {
      try {
        return await this.line.ask(name, request);
      } catch {
        // Lost on the way there or back: only the same id can tell, and it does no harm twice.
        this.late = true;
        await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
      }
    }
    return null;
  }
}
