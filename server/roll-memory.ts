import type { Logger } from 'pino';
import type { RollMemory } from '../hardware/printer/paper-roll.ts';
import type { DeviceId } from './domain/ids.ts';
import type { Database } from './store/database.ts';
import { keepRoll, rollIn, type Roll } from './store/printer-rolls.ts';

/** A full roll of the usual size, until somebody says otherwise (millimetres). */
const USUAL_ROLL: Roll = { lengthMm: 80_000, usedMm: 0 };

/**
 * The roll in a printer, remembered across restarts. One write at a time, always of the newest state: a few millimetres
 * lost with a crash do no harm, and no slip waits for it.
 */
export async function rollMemory(database: Database, printerId: DeviceId, log: Logger): Promise<RollMemory> {
  let newest: Roll | null = null;
  let writing = false;
  const write = async (): Promise<void> => {
    writing = true;
    while (newest !== null) {
      const roll: Roll = newest;
      newest = null;
      await keepRoll(database, printerId, roll).catch((cause: unknown) => {
        log.warn({ cause: String(cause) }, 'how much paper is left could not be written down');
      });
    }
    writing = false;
  };
  return {
    ...((await rollIn(database, printerId)) ?? USUAL_ROLL),
    onChange: (roll) => {
      newest = roll;
      if (!writing) void write();
    },
  };
}
