import type { DeviceId } from '../domain/ids.ts';
import type { Database } from './database.ts';

/** The roll in a printer (millimetres). */
export interface Roll {
  readonly lengthMm: number;
  readonly usedMm: number;
}

/** What is known of the roll in a printer; `null`: nothing was printed there yet. */
export async function rollIn(database: Database, printerId: DeviceId): Promise<Roll | null> {
  const row = await database.read((trx) =>
    trx.selectFrom('printer_roll').selectAll().where('printer_id', '=', printerId).executeTakeFirst(),
  );
  return row ? { lengthMm: row.length_mm, usedMm: row.used_mm } : null;
}

/** Keeps it for the next start. */
export async function keepRoll(database: Database, printerId: DeviceId, roll: Roll): Promise<void> {
  const values = { length_mm: roll.lengthMm, used_mm: roll.usedMm };
  await database.commit((trx) =>
    trx
      .insertInto('printer_roll')
      .values({ printer_id: printerId, ...values })
      .onConflict((same) => same.column('printer_id').doUpdateSet(values))
      .execute(),
  );
}
