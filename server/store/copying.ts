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
  const copy = await SqliteConnection.open(to, 'read-only');
  try {
    const { rows } = await copy.query('pragma integrity_check', []);
    const [first] = rows as readonly { readonly integrity_check: string }[];
    if (first?.integrity_check !== 'ok')
      throw new Error(`the copy is not sound: ${first?.integrity_check ?? 'no answer'}`);
  } finally {
    await copy.close();
  }
}
