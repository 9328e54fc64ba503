import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { serveVirtualPrinter } from '../../hardware/printer/virtual/tcp-server.ts';
import { VirtualPrinter } from '../../hardware/printer/virtual-printer.ts';
import { OfficeProcess } from '../support/server.ts';
import { prepareOffice, type PreparedOffice, type Wanted } from '../support/staffed-office.ts';
import { replayOf, violationsIn } from './invariants/check.ts';
import type { Course } from './invariants/course.ts';
import { readLog, type LogRecord } from './invariants/log.ts';
import { Witness } from './invariants/seen.ts';
import { WitnessedClient, WitnessedDesk, WitnessedKiosk, type Way } from './witnessed-clients.ts';

const execute = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const LOG_AT_MOST_BYTES = 512 * 1024 * 1024;
const ZONE = 'Europe/Tallinn';
/** A console shows at least so many of a line. */
const SHOWN_AT_LEAST = 50;
const PERSON_HOLD_MS = 15 * 60_000;
/** A bench's devices are paired with limits that no finger reaches. */
const LIMITS = { perMinute: 1_000_000, burst: 100_000 };

interface Choice extends Partial<Omit<Wanted, 'limits'>> {
  readonly settings?: Readonly<Record<string, string>>;
  /** Where the data folder is made; the system's place for temporary files unless said otherwise. */
  readonly parent?: string;
}

/**
 * A real office under trial: its server is a process of its own, its printer a device at the other end of a TCP
 * connection that survives the server, its clients remember what they saw. `check` holds all of it against the log.
 */
export class TriedOffice {
  readonly process: OfficeProcess;
  readonly prepared: PreparedOffice;
  readonly printer: VirtualPrinter;
  readonly witness: Witness;
  readonly #closePrinter: () => Promise<void>;
  readonly #clients: WitnessedClient[] = [];

  private constructor(
    office: OfficeProcess,
    prepared: PreparedOffice,
    printer: { readonly device: VirtualPrinter; readonly close: () => Promise<void> },
    witness: Witness,
  ) {
    this.process = office;
    this.prepared = prepared;
    this.printer = printer.device;
    this.witness = witness;
    this.#closePrinter = printer.close;
  }

  /** Starts an office with so many desks, kiosks and displays, everybody paired and signed in. */
  static async start({ desks = 2, kiosks = 1, displays = 0, settings = {}, parent = tmpdir() }: Choice = {}) {
    const device = new VirtualPrinter();
    const witness = new Witness();
    device.onSlip = ({ text }) => {
      for (const [number] of text.join('\n').matchAll(/\b[A-Z]\d{3,4}\b/g)) witness.saw({ kind: 'paper', number });
    };
    const { port, close } = await serveVirtualPrinter(device);
    const dataDir = await mkdtemp(join(parent, 'infolett-fault-'));
    const prepared = await prepareOffice(dataDir, { desks, kiosks, displays, limits: LIMITS });
    const office = await OfficeProcess.startAt({
      port: await OfficeProcess.freePort(),
      dataDir,
      settings: { PRINTER: `tcp://127.0.0.1:${port}?print=fonts`, LOG_LEVEL: 'warn', ...settings },
    });
    return new TriedOffice(office, prepared, { device, close }, witness);
  }

  kiosk(i = 0, port: number | null = null): WitnessedKiosk {
    return this.#keep(new WitnessedKiosk(this.#way(port), this.prepared.kiosks[i] ?? '', this.witness));
  }

  display(i = 0, port: number | null = null): WitnessedClient {
    return this.#keep(new WitnessedClient(this.#way(port), 'display', this.prepared.displays[i] ?? '', this.witness));
  }

  /** A console whose specialist sits at desk `i`. */
  async desk(i = 0, port: number | null = null): Promise<WitnessedDesk> {
    const { staff, deskIds } = this.prepared;
    const desk = this.#keep(new WitnessedDesk(this.#way(port), staff[i] ?? '', deskIds[i] ?? '', this.witness));
    await desk.connected();
    await desk.sit();
    return desk;
  }

  /** The whole journal as `npm run export-log` prints it. */
  async log(): Promise<readonly LogRecord[]> {
    const everything = ['--from', '2000-01-01', '--to', '2099-12-31'];
    const { stdout } = await execute(process.execPath, [join(root, 'server/export-log.ts'), ...everything], {
      env: { ...process.env, DATA_DIR: this.process.dataDir },
      maxBuffer: LOG_AT_MOST_BYTES,
    });
    return readLog(stdout);
  }

  /** All invariants on the exported log and on what the clients saw. @throws Error with every violation */
  async check({ dayIsOver = false } = {}): Promise<readonly LogRecord[]> {
    const log = await this.log();
    const { sightings: seen, streams } = this.witness;
    const found = violationsIn({ log, seen, streams, zone: ZONE, personHoldMs: PERSON_HOLD_MS, dayIsOver });
    const backwards = this.#clients.reduce((sum, client) => sum + client.backwards, 0);
    const says = [
      ...found.map(({ invariant, says }) => `${invariant}: ${says}`),
      ...(backwards > 0 ? [`a client was sent ${backwards} boards older than one before`] : []),
    ];
    if (says.length > 0) throw new Error(`${says.length} violations:\n${says.slice(0, 20).join('\n')}`);
    return log;
  }

  /** I12: what the running office shows is what the log tells. @throws Error with what differs */
  async checkState(desk: WitnessedDesk): Promise<void> {
    const log = await this.log();
    const { tickets } = replayOf(log, PERSON_HOLD_MS);
    const board = await freshBoard(this, desk);
    if (board.revision !== log.at(-1)?.seq) return; // something happened meanwhile; the next look will compare
    const shown = board.waiting.map(({ number }): string => number);
    // of a long line a console is shown the first ones
    const told = waitingInOrder([...tickets.values()]).slice(0, Math.max(shown.length, SHOWN_AT_LEAST));
    const differ = told.filter((one, i) => one !== shown[i]).concat(shown.slice(told.length));
    if (differ.length > 0)
      throw new Error(`I12: the log and the console differ about ${differ.slice(0, 10).join(', ')}`);
    const atDesks = [...tickets.values()].filter(({ state }) => state === 'called' || state === 'serving');
    const shownAtDesks = board.desks.flatMap(({ number }): string[] => (number === null ? [] : [number]));
    for (const { number } of atDesks) {
      if (!shownAtDesks.includes(number)) throw new Error(`I12: ${number} is at a desk in the log, not on the console`);
    }
  }

  /** Ends clients, server and printer, and deletes the data. */
  async close(): Promise<void> {
    for (const client of this.#clients) client.close();
    this.process.signal('SIGCONT');
    await this.process.kill();
    await this.#closePrinter();
    await rm(this.process.dataDir, { recursive: true, force: true });
  }

  #way(port: number | null): Way {
    return { officeUrl: this.process.url, port };
  }

  #keep<T extends WitnessedClient>(client: T): T {
    this.#clients.push(client);
    return client;
  }
}

/** Starts an office, tries it, and always ends it. */
export async function inOffice<T>(choice: Choice, trial: (office: TriedOffice) => Promise<T>): Promise<T> {
  const office = await TriedOffice.start(choice);
  try {
    return await trial(office);
  } catch (cause) {
    throw new Error(`${String(cause)}\n── the server said ──\n${office.process.printed.slice(-3_000)}`, { cause });
  } finally {
    await office.close();
  }
}

/** The waiting ones as the rule orders them: the earliest promise, then the earlier clock, then the earlier issue. */
function waitingInOrder(courses: readonly Course[]): readonly string[] {
  return courses
    .filter(({ state }) => state === 'waiting')
    .sort((a, b) => a.callBy - b.callBy || a.clock - b.clock || a.order - b.order)
    .map(({ number }) => number);
}

/** A board of a connection made now. */
async function freshBoard(office: TriedOffice, desk: WitnessedDesk) {
  const again = new WitnessedDesk(
    { officeUrl: office.process.url, port: null },
    office.prepared.staff[office.prepared.deskIds.indexOf(desk.deskId as never)] ?? '',
    desk.deskId,
    new Witness(),
  );
  await again.connected();
  const { view } = again;
  again.close();
  return view;
}
