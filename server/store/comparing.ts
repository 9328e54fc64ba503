import type { AuditFile } from './audit-file.ts';
import type { Database } from './database.ts';
import { Damage } from './inspection.ts';
import { journalFrom, journalHead } from './journal.ts';

/** The database and the audit file belong to different pasts: a person must say which is true. */
export class AnotherPast extends Error {}

/**
 * Brings the audit file up to the journal.
 *
 * @throws Damage when the journal ends before the audit file: acknowledged changes are missing
 * @throws AnotherPast when the two tell different stories
 */
export async function compare(database: Database, audit: AuditFile): Promise<void> {
  const { seq, hash } = audit.head;
  const head = await database.read(journalHead);
  if (head.seq < seq) {
    throw new Damage('behind', `the database ends at journal line ${head.seq}, audit.jsonl at ${seq}`);
  }
  const [same] = seq === 0 ? [] : await database.read((trx) => journalFrom(trx, seq, 1));
  if (seq > 0 && same?.hash !== hash) {
    throw new AnotherPast(
      `journal line ${seq} of the database is not the one in audit.jsonl: one of them belongs to another office or ` +
        'another past. Nothing was started. Keep both and find out which is true',
    );
  }
  await audit.catchUp(head.seq);
}
