import { execFile } from 'node:child_process';
import type { Logger } from 'pino';

/** Asked for three times within the time the supervisor gives: one lost ping ends nobody. */
const PINGS_PER_TIME = 3;

/**
 * Tells systemd that the office serves, that it is alive, and that it stops. Alive is told from the event loop itself, so
 * a process that hangs falls silent and is started anew. Elsewhere nothing is told.
 */
export class Supervisor {
  readonly #socket: string | undefined;
  readonly #everyMs: number | null;
  readonly #log: Logger;
  #timer: NodeJS.Timeout | null = null;
  #hasFailed = false;

  constructor(environment: NodeJS.ProcessEnv, log: Logger) {
    this.#socket = environment.NOTIFY_SOCKET;
    const usec = Number(environment.WATCHDOG_USEC);
    this.#everyMs = usec > 0 ? usec / 1000 / PINGS_PER_TIME : null;
    this.#log = log;
  }

  ready(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#tell('--ready', '--status=serving');
    if (this.#everyMs !== null) this.#timer = setInterval(() => this.#tell('WATCHDOG=1'), this.#everyMs);
  }

  /** The office cannot open yet, and the process waits: it is alive all the same. */
  waiting(status: string): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#tell('--ready', `--status=${status.slice(0, 200)}`);
    if (this.#everyMs !== null) this.#timer = setInterval(() => this.#tell('WATCHDOG=1'), this.#everyMs);
  }

  stopping(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#tell('--stopping');
  }

  #tell(...words: readonly string[]): void {
    if (this.#socket === undefined) return;
    execFile('systemd-notify', words, (failed) => {
      if (failed && !this.#hasFailed) this.#log.warn({ cause: failed.message }, 'systemd could not be told');
      this.#hasFailed = failed !== null;
    });
  }
}
