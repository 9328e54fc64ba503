import { SqliteConnection } from '../../server/store/sqlite-connection.ts';
import { databaseFile } from '../../server/store/sqlite-file.ts';

/** Steps of the tables' form that an earlier version did not have, and what takes each back. */
const TAKEN_BACK: Readonly<Record<string, readonly string[]>> = {
  '020-device-visits': ['alter table device drop column seen_at', 'alter table device drop column paired_by'],
  '022-purge-run': ['drop table purge_run'],
  '031-checks-and-fallback': ['drop table opening_check', 'drop table fallback_number'],
  '060-printer-roll': ['drop table printer_roll'],
  '080-priority-class': ['alter table ticket_details drop column class_id'],
};

/** Gives a closed office's database the form an earlier version left it in. */
export async function makeEarlier(dataDir: string): Promise<void> {
  const database = await SqliteConnection.open(databaseFile(dataDir), 'read-write');
  try {
    for (const [step, statements] of Object.entries(TAKEN_BACK)) {
      for (const statement of statements) await database.exec(statement);
      await database.query('delete from kysely_migration where name = ?', [step]);
    }
  } finally {
    await database.close();
  }
}

/** Gives a closed office's database the mark of a version after this one. */
export async function makeLater(dataDir: string): Promise<void> {
  const database = await SqliteConnection.open(databaseFile(dataDir), 'read-write');
  try {
    await database.query("insert into kysely_migration (name, timestamp) values ('999-of-tomorrow', ?)", [
      '2030-01-01',
    ]);
  } finally {
    await database.close();
  }
}

/** Damages the name of a step in the list of a closed office. */
export async function renameStep(dataDir: string, from: string, to: string): Promise<void> {
  const database = await SqliteConnection.open(databaseFile(dataDir), 'read-write');
  try {
    await database.query('update kysely_migration set name = ? where name = ?', [to, from]);
  } finally {
    await database.close();
  }
}
