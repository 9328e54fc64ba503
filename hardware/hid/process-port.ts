import { fork, type ChildProcess } from 'node:child_process';
import { err, ok, type Result } from '#basics/result.ts';
import type { FromHid, ToHid } from './hid-messages.ts';
import type { HidDevice, HidHandle, HidPort, HidProblem } from './hid-port.ts';
import { ReportQueue } from './report-queue.ts';

const BACK_OFF_MS = [1_000, 2_000, 5_000, 15_000] as const;
/** A process that lived this long was well; the next end is a new trouble (milliseconds). */
const WELL_AFTER_MS = 60_000;
const OPEN_WITHIN_MS = 5_000;
const ENDS_WITHIN_MS = 2_000;

interface Opening {
  readonly queue: ReportQueue;
  readonly settle: (problem: HidProblem | null) => void;
}

/** The devices of this machine, through a process of their own: whatever happens in it, the office goes on. */
export class ProcessPort implements HidPort {
  readonly #onTrace: (text: string) => void;
  readonly #watchers = new Set<(devices: readonly HidDevice[]) => void>();
  readonly #openings = new Map<number, Opening>();
  #devices: readonly HidDevice[] = [];
  #child: ChildProcess | null = null;
  #ref = 0;
  #ends = 0;
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;

  /** @param onTrace one line for whoever looks for a fault */
  constructor(onTrace: (text: string) => void) {
    this.#onTrace = onTrace;
    this.#start();
  }

  watch(changed: (devices: readonly HidDevice[]) => void): () => void {
    this.#watchers.add(changed);
    changed(this.#devices);
    return () => void this.#watchers.delete(changed);
  }

  open(path: string): Promise<Result<HidHandle, HidProblem>> {
    const ref = (this.#ref += 1);
    const queue = new ReportQueue();
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle({ kind: 'failed', reason: 'no answer in time' }), OPEN_WITHIN_MS);
      const settle = (problem: HidProblem | null): void => {
        clearTimeout(timer);
        if (problem) this.#openings.delete(ref);
        resolve(problem ? err(problem) : ok(this.#handle(ref, queue)));
      };
      this.#openings.set(ref, { queue, settle });
      if (!this.#tell({ kind: 'open', ref, path }))
        settle({ kind: 'failed', reason: 'the device process is not running' });
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    const child = this.#child;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    if (child.connected) child.disconnect();
    // A device that hangs in the system would keep the whole office from stopping in order.
    const timer = setTimeout(() => child.kill('SIGKILL'), ENDS_WITHIN_MS);
    await gone;
    clearTimeout(timer);
  }

  #handle(ref: number, queue: ReportQueue): HidHandle {
    const send = (as: 'output' | 'feature', bytes: Uint8Array): Promise<void> => {
      const sent = this.#openings.has(ref) && this.#tell({ kind: 'send', ref, as, bytes });
      return sent ? Promise.resolve() : Promise.reject(new Error('the device is gone'));
    };
    return {
      reports: queue,
      closed: queue.closed,
      output: (bytes) => send('output', bytes),
      feature: (bytes) => send('feature', bytes),
      close: async () => {
        if (this.#openings.delete(ref)) this.#tell({ kind: 'close', ref });
        queue.end('closed');
      },
    };
  }

  #start(): void {
    const child = fork(new URL('hid-process.ts', import.meta.url), { serialization: 'advanced' });
    this.#child = child;
    const startedAt = performance.now();
    child.on('message', (message) => this.#hear(message as FromHid));
    child.on('error', (cause) => this.#onTrace(`device process: ${cause.message}`));
    child.once('exit', (code, signal) => {
      if (this.#stopped) return;
      if (performance.now() - startedAt > WELL_AFTER_MS) this.#ends = 0;
      this.#ends += 1;
      this.#onTrace(`device process ended: ${String(signal ?? code)}`);
      this.#forgetAll();
      const ms = BACK_OFF_MS[Math.min(this.#ends, BACK_OFF_MS.length) - 1] ?? 1_000;
      this.#timer = setTimeout(() => this.#start(), ms);
    });
  }

  /** The process took every device with it. */
  #forgetAll(): void {
    const reason = 'the device process ended';
    for (const { queue, settle } of [...this.#openings.values()]) {
      settle({ kind: 'failed', reason });
      queue.end(reason);
    }
    this.#openings.clear();
    this.#changed([]);
  }

  #hear(message: FromHid): void {
    if (message.kind === 'devices') return this.#changed(message.devices);
    const opening = this.#openings.get(message.ref);
    switch (message.kind) {
      case 'opened':
        return opening?.settle(null);
      case 'not-opened':
        return opening?.settle(message.problem);
      case 'report':
        return opening?.queue.push(message.bytes);
      case 'lost':
        this.#openings.delete(message.ref);
        return opening?.queue.end(message.reason);
    }
  }

  #changed(devices: readonly HidDevice[]): void {
    this.#devices = devices;
    for (const watcher of this.#watchers) watcher(devices);
  }

  #tell(message: ToHid): boolean {
    return this.#child?.connected === true && this.#child.send(message);
  }
}
