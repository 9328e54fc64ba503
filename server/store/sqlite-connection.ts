import sqlite3 from 'sqlite3';

/** How many prepared statements are kept by their text. */
const STATEMENTS_KEPT = 200;

export interface Rows {
  readonly rows: readonly unknown[];
  /** Rows inserted, changed or deleted; 0 for a question. */
  readonly changes: number;
}

/** Promises around npm sqlite3: the one place that knows its callbacks. Statements are prepared once and kept. */
export class SqliteConnection {
  readonly #database: sqlite3.Database;
  readonly #statements = new Map<string, sqlite3.Statement>();

  private constructor(database: sqlite3.Database) {
    this.#database = database;
  }

  /** @throws the driver's error, whose `code` is SQLite's name for it (`SQLITE_CANTOPEN` …) */
  static open(file: string, mode: 'read-write' | 'read-only'): Promise<SqliteConnection> {
    const flags = mode === 'read-only' ? sqlite3.OPEN_READONLY : sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE;
    return new Promise((resolve, reject) => {
      const database = new sqlite3.Database(file, flags, (error) => {
        if (error) reject(error);
        else resolve(new SqliteConnection(database));
      });
    });
  }

  /** Runs statements that take no parameters and give no rows. */
  exec(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#database.exec(text, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  }

  query(text: string, parameters: readonly unknown[]): Promise<Rows> {
    return givesRows(text) ? this.#all(text, parameters) : this.#run(text, parameters);
  }

  async close(): Promise<void> {
    for (const statement of this.#statements.values()) await new Promise((done) => statement.finalize(done));
    this.#statements.clear();
    await new Promise<void>((resolve, reject) => {
      this.#database.close((error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  }

  async #all(text: string, parameters: readonly unknown[]): Promise<Rows> {
    const statement = await this.#prepared(text);
    return new Promise((resolve, reject) => {
      statement.all(parameters, (error: Error | null, rows: unknown[]) => {
        if (error) reject(error);
        else resolve({ rows, changes: 0 });
      });
    });
  }

  async #run(text: string, parameters: readonly unknown[]): Promise<Rows> {
    const statement = await this.#prepared(text);
    return new Promise((resolve, reject) => {
      statement.run(parameters, function (this: sqlite3.RunResult, error: Error | null) {
        if (error) reject(error);
        else resolve({ rows: [], changes: this.changes });
      });
    });
  }

  /** The statement of this text; of too many, the one unused the longest goes. */
  async #prepared(text: string): Promise<sqlite3.Statement> {
    const statement = this.#statements.get(text) ?? (await this.#prepare(text));
    this.#statements.delete(text);
    this.#statements.set(text, statement);
    const [oldest] = this.#statements;
    if (this.#statements.size > STATEMENTS_KEPT && oldest) {
      this.#statements.delete(oldest[0]);
      oldest[1].finalize();
    }
    return statement;
  }

  /** Waits for the outcome: a statement that cannot be prepared answers nobody, and throws past everybody. */
  #prepare(text: string): Promise<sqlite3.Statement> {
    return new Promise((resolve, reject) => {
      this.#database.prepare(text, function (this: sqlite3.Statement, error: Error | null) {
        if (error) reject(error);
        else resolve(this);
      });
    });
  }
}

function givesRows(text: string): boolean {
  return /^\s*(select|pragma|with|values|explain)\b/i.test(text) || /\breturning\b/i.test(text);
}
