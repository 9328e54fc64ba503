import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import { Outage } from '../basics/outage.ts';
import { Turns } from '../basics/turns.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** Whoever waits longer than this for the connection is refused: most likely it waits for itself. */
const TURN_WITHIN_MS = 5_000;

/**
 * One connection, whose users take turns. npm sqlite3 would happily mix the statements of two callers into one
 * transaction, and a rollback of one would take the other's rows with it.
 */
export class SqliteDriver implements Driver {
  readonly #open: () => Promise<SqliteConnection>;
  readonly #turns = new Turns(TURN_WITHIN_MS);
  #connection: SharedConnection | null = null;

  constructor(open: () => Promise<SqliteConnection>) {
    this.#open = open;
  }

  async init(): Promise<void> {
    this.#connection = new SharedConnection(await this.#open());
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    await this.#turns.enter();
    if (this.#connection) return this.#connection;
    this.#turns.leave();
    throw new Outage('the database is closed');
  }

  /** Reading takes a plain snapshot; writing takes the file's one writing place at once, so it never fails half-way. */
  async beginTransaction(connection: DatabaseConnection, { accessMode }: TransactionSettings): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(accessMode === 'read only' ? 'begin' : 'begin immediate'));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  /**
   * SQLite itself takes a transaction back when the disk is full or broken. Asking again is an error, which would hide
   * the true one.
   *
   * @source SQLite, "Transactions", section 3.1: automatic rollback on SQLITE_FULL, IOERR, NOMEM, BUSY, INTERRUPT
   */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback')).catch((cause: unknown) => {
      if (!String(cause).includes('no transaction is active')) throw cause;
    });
  }

  async releaseConnection(): Promise<void> {
    this.#turns.leave();
  }

  /** Whoever has the connection ends first: a statement cut off in its middle would look like a bug. */
  async destroy(): Promise<void> {
    const connection = this.#connection;
    await this.#turns.enter().catch(() => undefined); // one that never ends keeps nothing open
    this.#connection = null;
    this.#turns.leave();
    await connection?.close();
  }
}

class SharedConnection implements DatabaseConnection {
  readonly #connection: SqliteConnection;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, changes } = await this.#connection.query(query.sql, query.parameters);
    return { rows: rows as Row[], numAffectedRows: BigInt(changes) };
  }

  // eslint-disable-next-line require-yield -- nothing here streams
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('streaming is not offered');
  }

  close(): Promise<void> {
    return this.#connection.close();
  }
}
