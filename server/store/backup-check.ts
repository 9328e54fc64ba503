import { Kysely } from 'kysely';
import { fitsSeal } from '../domain/journal.ts';
import { journalBetween, type Head } from './journal.ts';
import type { Tables } from './schema.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import { SqliteDialect } from './sqlite-dialect.ts';

/**
 * Reads the journal of a copy through, every line against its seal.
 *
 * @returns its end
 * @throws Error when a line is not as it was written
 */
export async function checkCopy(file: string): Promise<Head> {
  const kysely = new Kysely<Tables>({ dialect: new SqliteDialect(() => SqliteConnection.open(file, 'read-only')) });
  try {
    let head: Head = { seq: 0, hash: '' };
    for await (const line of journalBetween(kysely, '', '9999')) {
      const fits = line.seq === head.seq + 1 && line.prevHash === head.hash;
      if (!fits || !fitsSeal(line)) {
        throw new Error(`the copy is not sound: journal line ${line.seq} is not as it was written`);
      }
      head = { seq: line.seq, hash: line.hash };
    }
    return head;
  } finally {
    await kysely.destroy();
  }
}
