import { Kysely, sql, type Transaction } from 'kysely';
import { Outage } from '../basics/outage.ts';
import { orOutage } from './outages.ts';
import type { Tables } from './schema.ts';

/** A transaction that may write. */
export type Writing = Transaction<Tables>;
/** A transaction that sees one moment and writes nothing. */
export type Reading = Transaction<Tables>;

export type DialectName = 'sqlite' | 'postgres';

/**
 * The office's database. `commit` is for the ledger, `write` for registers; both take the writer's turn, so the journal
 * has one end and one writer at a time.
 */
export class Database {
  /** Told after each change of a register. */
  onWritten: () => void = () => undefined;
  /** Told how each commit ended: `null`, or what was in its way. */
  onCommit: (fault: Outage | null) => void = () => undefined;
  readonly dialect: DialectName;
  readonly #kysely: Kysely<Tables>;
  #owner = 0;
  #isClosed = false;

  constructor(kysely: Kysely<Tables>, dialect: DialectName) {
    this.#kysely = kysely;
    this.dialect = dialect;
  }

  /** Becomes the one process that may write; a former owner's next write is an `Outage`. */
  async own(): Promise<void> {
    const { owner } = await orOutage(
      this.#kysely
        .updateTable('journal_head')
        .set(({ eb }) => ({ owner: eb('owner', '+', 1) }))
        .returning('owner')
        .executeTakeFirstOrThrow(),
    );
    this.#owner = Number(owner);
  }

  /** A change of a register (documents, leaflets, staff …), with its journal entries in the same transaction. */
  async write<T>(work: (trx: Writing) => Promise<T>): Promise<T> {
    const result = await this.commit(work);
    this.onWritten();
    return result;
  }

  /** Commits when `work` resolves; rolls back and rethrows when it rejects. One at a time: the journal has one end. */
  async commit<T>(work: (trx: Writing) => Promise<T>): Promise<T> {
    this.#isOpen();
    try {
      const result = await orOutage(
        this.#kysely.transaction().execute(async (trx) => {
          await takeWritersTurn(trx, this.#owner);
          return work(trx);
        }),
      );
      this.onCommit(null);
      return result;
    } catch (cause) {
      if (cause instanceof Outage) this.onCommit(cause);
      throw cause;
    }
  }

  /** One snapshot. */
  async read<T>(work: (trx: Reading) => Promise<T>): Promise<T> {
    this.#isOpen();
    return orOutage(
      this.#kysely.transaction().setAccessMode('read only').setIsolationLevel('repeatable read').execute(work),
    );
  }

  /**
   * Leaves nothing of deleted rows in the write-ahead log; `secure_delete` has overwritten them in the file itself. What a
   * reader beside the office still holds back goes with the next run.
   */
  async wipeDeleted(): Promise<void> {
    if (this.dialect === 'sqlite') await orOutage(sql`pragma wal_checkpoint(truncate)`.execute(this.#kysely));
  }

  /** What is being read or written is finished first; whoever comes later meets an outage. */
  close(): Promise<void> {
    this.#isClosed = true;
    return this.#kysely.destroy();
  }

  #isOpen(): void {
    if (this.#isClosed) throw new Outage('the database is closed');
  }
}

/** Locks the one row of the journal's head: on PostgreSQL that is what `begin immediate` is on SQLite. */
async function takeWritersTurn(trx: Writing, owner: number): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable('journal_head')
    .set({ id: 1 })
    .where('owner', '=', owner)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new Outage('another process owns this office now');
}
