import { randomInt } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstAccount } from './clients.ts';

const root = join(import.meta.dirname, '../..');
/** Guards against hanging only: on a busy machine a start may take long, and slow is not wrong. */
const STARTS_WITHIN_MS = 90_000;
const TRY_EVERY_MS = 20;

/** The office's server as a process of its own: it can be killed like one, and started again on the same data. */
export class OfficeProcess {
  readonly url: string;
  readonly dataDir: string;
  readonly #port: number;
  readonly #settings: Readonly<Record<string, string>>;
  #child: ChildProcess | null = null;
  #printed = '';

  private constructor(port: number, dataDir: string, settings: Readonly<Record<string, string>>) {
    this.#port = port;
    this.dataDir = dataDir;
    this.#settings = settings;
    this.url = `${settings.TLS_CERT === undefined ? 'http' : 'https'}://localhost:${port}`;
  }

  /** A fresh demonstration office on a free port. */
  static async start(settings: Readonly<Record<string, string>> = {}): Promise<OfficeProcess> {
    return OfficeProcess.startPrepared(settings, async () => undefined).then(({ office }) => office);
  }

  /** The same, with something written into its data folder first. */
  static async startPrepared<T>(
    settings: Readonly<Record<string, string>>,
    prepare: (dataDir: string) => Promise<T>,
  ): Promise<{ readonly office: OfficeProcess; readonly prepared: T }> {
    const dataDir = await mkdtemp(join(tmpdir(), 'infolett-'));
    const prepared = await prepare(dataDir);
    const office = new OfficeProcess(await freePort(), dataDir, settings);
    await office.start();
    return { office, prepared };
  }

  /** A port that nobody uses now. */
  static freePort(): Promise<number> {
    return freePort();
  }

  /** On a port and a data folder of the caller's choice. */
  static async startAt(place: {
    readonly port: number;
    readonly dataDir: string;
    readonly settings: Readonly<Record<string, string>>;
  }): Promise<OfficeProcess> {
    const office = new OfficeProcess(place.port, place.dataDir, place.settings);
    await office.start();
    return office;
  }

  /** @param extra settings for this start alone, a failpoint for instance */
  async start(extra: Readonly<Record<string, string>> = {}): Promise<void> {
    this.launch(extra);
    await this.#ready();
  }

  /** Starts the process without waiting until it serves: it may be meant not to. */
  launch(extra: Readonly<Record<string, string>> = {}): void {
    this.#printed = '';
    const child = spawn(process.execPath, [join(root, 'server/main.ts')], {
      env: {
        ...process.env,
        PORT: String(this.#port),
        DATA_DIR: this.dataDir,
        LOG_LEVEL: 'info',
        RESERVE_MIB: '1',
        BACKUP_KEY: join(this.dataDir, 'key', 'backup.key'),
        ...this.#settings,
        ...extra,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const keep = (chunk: Buffer): void => void (this.#printed += chunk.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
  }

  /** Resolves with the exit code once the process is gone; `null` when a signal ended it. */
  async exited(): Promise<number | null> {
    const child = this.#child;
    if (child && this.isRunning) await once(child, 'exit');
    return child?.exitCode ?? null;
  }

  /** Holds the process still, lets it go on, or asks it to stop without waiting. */
  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGTERM'): void {
    this.#child?.kill(signal);
  }

  /** All that it printed since its last start: log lines and addresses. */
  get printed(): string {
    return this.#printed;
  }

  /** The one-time link of the first start; `null` once an account exists. */
  get signInToken(): string | null {
    return /\/console\/#(?<token>\S+)/.exec(this.#printed)?.groups?.token ?? null;
  }

  /** The process's number. @throws Error before the first start */
  get pid(): number {
    const pid = this.#child?.pid;
    if (pid === undefined) throw new Error('the server was never started');
    return pid;
  }

  get isRunning(): boolean {
    return this.#child?.exitCode === null && this.#child.signalCode === null;
  }

  /** Makes the head's account with the one-time link. @returns the session's cookie */
  async signInFirst(username = 'liis', name = 'Liis Mets', passphrase = 'rohelised metsad'): Promise<string> {
    const token = this.signInToken;
    if (token === null) throw new Error('the office has printed no sign-in link');
    return firstAccount(this.url, { token, username, name, passphrase });
  }

  async health(): Promise<{ readonly bootId: string; readonly revision: number; readonly ok: boolean }> {
    const response = await fetch(`${this.url}/healthz`);
    return (await response.json()) as { bootId: string; revision: number; ok: boolean };
  }

  /** Resident memory of the process (MiB); Linux only. */
  get memoryMiB(): number {
    const status = readFileSync(`/proc/${this.#child?.pid ?? 'self'}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
  }

  /** As a power cut would: no goodbye. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
    await rm(this.dataDir, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child || !this.isRunning) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  async #ready(): Promise<void> {
    const deadline = performance.now() + STARTS_WITHIN_MS;
    while (performance.now() < deadline) {
      if (!this.isRunning) throw new Error(`the server ended at once:\n${this.#printed}`);
      if (this.#printed.includes('/display') && (await isReady(this.url))) return;
      await new Promise((resolve) => setTimeout(resolve, TRY_EVERY_MS));
    }
    throw new Error(`the server was not ready in time:\n${this.#printed}`);
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    return false;
  }
}

/** Below the ports that the system gives to clients, so nobody takes it between this look and the server's start. */
const PORTS = { from: 20_000, count: 10_000 } as const;

async function freePort(): Promise<number> {
  for (;;) {
    const port = PORTS.from + randomInt(PORTS.count);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}
