import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Failpoint } from '../../../server/basics/failpoint.ts';
import { Outage } from '../../../server/basics/outage.ts';
import { takeDesk } from '../../../server/commands/desks.ts';
import type { Book } from '../../../server/domain/book.ts';
import type { Asked, Command } from '../../../server/domain/change.ts';
import type { Actor, DeskId, EpochMs, RequestId } from '../../../server/domain/ids.ts';
import type { JournalLine } from '../../../server/domain/journal.ts';
import { journalFrom } from '../../../server/store/journal.ts';
import { Ledger } from '../../../server/store/ledger.ts';
import { openStore, type Store } from '../../../server/store/opening.ts';
import { PLAN, staffAt } from '../../support/ledgers.ts';

/** Where commits cost no disk: a thousand runs are about order, not about flushing. */
const MEMORY = '/dev/shm';
const FOLDER = existsSync(MEMORY) ? MEMORY : tmpdir();
const LINES_AT_MOST = 100_000;

/** The real ledger over a real SQLite file that can crash at any named point: the files as they are then are what remains. */
export class RealOffice {
  now: number;
  #dataDir: string;
  #store: Store | null = null;
  #ledger: Ledger | null = null;

  private constructor(dataDir: string, now: number) {
    this.#dataDir = dataDir;
    this.now = now;
  }

  /** An empty office with a specialist at each of the first desks, as a folder to start runs from. */
  static async template(desks: number, now: number): Promise<string> {
    const office = new RealOffice(newFolder(), now);
    await office.#open();
    for (let desk = 0; desk < desks; desk++) {
      await office.ask(takeDesk, { deskId: String(desk) as DeskId, takeOver: false }, staffAt(desk));
    }
    await office.#close();
    return office.#dataDir;
  }

  /** @param spoil what happens to the files before the office opens them */
  static async from(template: string, now: number, spoil?: (dataDir: string) => void): Promise<RealOffice> {
    const office = new RealOffice(newFolder(), now);
    try {
      copyFolder(template, office.#dataDir);
      spoil?.(office.#dataDir);
      await office.#open();
      return office;
    } catch (cause) {
      rmSync(office.#dataDir, { recursive: true });
      throw cause;
    }
  }

  /** The files as they are now, as a crash would leave them, in a folder of their own. */
  image(): string {
    const folder = newFolder();
    copyFolder(this.#dataDir, folder);
    return folder;
  }

  /** Whether the last opening had to restore the database. */
  get wasRestored(): boolean {
    return (this.#store?.restored ?? null) !== null;
  }

  get book(): Book {
    return this.#open_.committed;
  }

  /** @param requestId the same id is the same request */
  async ask<R extends Asked, T>(
    command: Command<R, T>,
    request: Omit<R, 'requestId'>,
    actor: Actor,
    requestId: string = randomUUID(),
  ) {
    return this.#open_.carryOut(command.name, command, { ...request, requestId: requestId as RequestId } as R, actor);
  }

  /** Does the work while the power goes at that point: everything after it never happens, and the office starts anew. */
  async crashDuring(point: Failpoint, work: () => Promise<unknown>): Promise<void> {
    const image = newFolder();
    this.#open_.onPassing = (passed) => {
      if (passed === point && !hasFiles(image)) copyFolder(this.#dataDir, image);
    };
    await work();
    if (!hasFiles(image)) copyFolder(this.#dataDir, image); // refused: the point was never reached
    await this.#close();
    rmSync(this.#dataDir, { recursive: true });
    this.#dataDir = image;
    await this.#open();
  }

  /** Does the work while the disk fails at that point. @returns whether the work was told so */
  async failDuring(point: 'before_commit' | 'in_commit', work: () => Promise<unknown>): Promise<boolean> {
    this.#open_.onPassing = (passed) => {
      if (passed === point) throw new Outage('the disk is full');
    };
    try {
      await work();
      return false;
    } catch (cause) {
      if (!(cause instanceof Outage)) throw cause;
      return true;
    } finally {
      this.#open_.onPassing = () => undefined;
      await this.#open_.open();
    }
  }

  async restart(): Promise<void> {
    await this.#close();
    await this.#open();
  }

  lines(): Promise<readonly JournalLine[]> {
    if (!this.#store) throw new Error('the office is closed');
    return this.#store.database.read((trx) => journalFrom(trx, 1, LINES_AT_MOST));
  }

  async remove(): Promise<void> {
    await this.#close();
    rmSync(this.#dataDir, { recursive: true });
  }

  get #open_(): Ledger {
    if (!this.#ledger) throw new Error('the office is closed');
    return this.#ledger;
  }

  async #open(): Promise<void> {
    this.#store = await openStore({
      dataDir: this.#dataDir,
      databaseUrl: null,
      office: 'office',
      zone: PLAN.office.zone,
      now: () => this.now as EpochMs,
    });
    const world = { now: () => this.now as EpochMs, plan: () => PLAN, newId: randomUUID };
    this.#ledger = new Ledger(this.#store.database, this.#store.audit, world);
    await this.#ledger.open();
  }

  async #close(): Promise<void> {
    await this.#ledger?.settle();
    await this.#store?.close();
    this.#store = this.#ledger = null;
  }
}

function newFolder(): string {
  return mkdtempSync(join(FOLDER, 'infolett-model-'));
}

function hasFiles(folder: string): boolean {
  return readdirSync(folder).length > 0;
}

/** The files as a crash leaves them: what SQLite shares between processes is made anew. */
function copyFolder(from: string, to: string): void {
  for (const name of readdirSync(from)) {
    if (!name.endsWith('-shm') && !name.startsWith('office.lock'))
      cpSync(join(from, name), join(to, name), { recursive: true });
  }
}
