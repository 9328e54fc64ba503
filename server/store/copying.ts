import { chmod } from 'node:fs/promises';
import { SqliteConnection } from './sqlite-connection.ts';

/**
 * Copies the embedded database to a new file, consistent at one moment, and reads the copy through.
 *
 * @throws Error when the copy is not sound
 */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const source = await SqliteConnection.open(from, 'read-only');
  try {
    await source.query('vacuum into ?', [to]);
  } finally {
    await source.close();
  }
  await chmod(to, 0o600);
  await checkSoundness(to);
}

/** Lets SQLite read a file through: pages, indexes, rules. @throws Error when it is not sound */
export async function checkSoundness(file: string): Promise<void> {
  const connection = await SqliteConnection.open(file, 'read-only');
  try {
    const { rows } = await connection.query('pragma integrity_check(1)', []);
    const [first] = rows as readonly { readonly integrity_check: string }[];
    if (first?.integrity_check !== 'ok') {
      throw new Error(`the copy is not sound: ${first?.integrity_check ?? 'no answer'}`);
    }
  } finally {
    await connection.close();
  }
}
