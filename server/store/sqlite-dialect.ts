import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  type QueryCompiler,
} from 'kysely';
import type { SqliteConnection } from './sqlite-connection.ts';
import { SqliteDriver } from './sqlite-driver.ts';

/** Kysely over npm sqlite3. Kysely has a dialect for other SQLite drivers only. */
export class SqliteDialect implements Dialect {
  readonly #open: () => Promise<SqliteConnection>;

  constructor(open: () => Promise<SqliteConnection>) {
    this.#open = open;
  }

  createDriver(): Driver {
    return new SqliteDriver(this.#open);
  }

  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler();
  }

  createAdapter(): DialectAdapter {
    return new PatientAdapter();
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new SqliteIntrospector(db);
  }
}

class PatientAdapter extends SqliteAdapter {
  /** A new form of the tables is there whole or not at all, whenever the process ends: SQLite takes tables back like rows. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }

  /** Kysely's own lock for SQLite waits for ever when a transaction asks for the database inside itself; our turns end. */
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}
