import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DialectName } from '../../server/store/database.ts';
import type { Place } from '../../server/store/opening.ts';

const DATABASE_URL = process.env.TEST_DATABASE_URL;

/** The databases to test against: SQLite always, PostgreSQL where `TEST_DATABASE_URL` names an empty database of it. */
export const DIALECTS: readonly DialectName[] = DATABASE_URL === undefined ? ['sqlite'] : ['sqlite', 'postgres'];

/** A place for a new office: a folder of its own, and on PostgreSQL a schema of its own. */
export async function newPlace(dialect: DialectName = 'sqlite'): Promise<Place> {
  const dataDir = await mkdtemp(join(tmpdir(), 'infolett-store-'));
  const office = `test_${randomBytes(6).toString('hex')}`;
  const backups = { dir: join(dataDir, 'backups'), keyFile: join(dataDir, 'key', 'backup.key') };
  return { dataDir, databaseUrl: dialect === 'postgres' ? (DATABASE_URL ?? null) : null, office, backups };
}

/** Deletes all of it. */
export async function removePlace({ dataDir, databaseUrl, office }: Place): Promise<void> {
  await rm(dataDir, { recursive: true, force: true });
  if (databaseUrl === null) return;
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(`drop schema if exists "${office}" cascade`);
  await client.end();
}
