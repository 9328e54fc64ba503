import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { Outage } from '../basics/outage.ts';
import { err, type Result } from '../basics/result.ts';
import type { Fault, Reply, Row } from '../contract/events.ts';
import type { Role } from '../contract/roles.ts';
import type { Actor } from '../domain/ids.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { IdTaken } from '../store/ledger.ts';

/** Who asks: from the sign-in or the device's token, never from a request. */
export interface Caller {
  readonly role: Role;
  readonly actor: Actor;
  /** The session behind it, for people: the hash of its token. */
  readonly session?: string;
}

/** What happens beside the answer: the log, the counters, the end of a connection that only sends nonsense. */
export interface Watch {
  readonly fault: (fault: Fault, cause: unknown) => void;
  readonly refused: (refusal: Refusal) => void;
  /** A request that cannot be answered: no acknowledgement was asked for. */
  readonly ignored: () => void;
}

export type Answering<R extends Row> = (
  request: z.output<R['request']>,
  caller: Caller,
) => Promise<Result<z.output<R['reply']>, Refusal | IdTaken>>;

/**
 * Turns a command into a socket listener: checks who asks and what, runs the command, answers once.
 *
 * Refusals pass through as they are. Whatever is thrown becomes an answer too, so nobody is left waiting; but only an
 * `Outage` ends here. A bug is thrown on, and the process restarts with a clean memory. Nothing a client sends may count
 * as a bug, hence the check of `reply` itself.
 */
export function answer<R extends Row>(row: R, command: Answering<R>, caller: Caller, watch: Watch) {
  return async (request: unknown, reply: Reply<z.output<R['reply']>>): Promise<void> => {
    if (typeof reply !== 'function') {
      watch.ignored();
      return;
    }
    if (!row.roles.includes(caller.role)) {
      reply(fault('forbidden', caller.role));
      return;
    }
    const parsed = row.request.safeParse(request);
    if (!parsed.success) {
      reply(fault('malformed', parsed.error));
      return;
    }
    try {
      reply(passed(await command(parsed.data as z.output<R['request']>, caller)));
    } catch (cause) {
      reply(fault('outage', cause));
      if (!(cause instanceof Outage)) throw cause;
    }
  };

  function passed<T>(result: Result<T, Refusal | IdTaken>): Result<T, Refusal | Fault> {
    if (result.ok) return result;
    if (result.error.code === 'id-taken') return fault('malformed', 'the request id belongs to another request');
    watch.refused(result.error);
    return err(result.error);
  }

  function fault(code: Fault['code'], cause: unknown): Result<never, Fault> {
    const error: Fault = { code, reference: randomUUID().slice(0, 8) };
    watch.fault(error, cause);
    return err(error);
  }
}
