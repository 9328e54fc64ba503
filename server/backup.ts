import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfig } from './config.ts';
import { copyDatabase } from './store/copying.ts';

/** `npm run backup`: a consistent, checked copy of the embedded database, also while the office is open. */
const config = readConfig(process.env);
if (config.databaseUrl !== null) {
  process.stderr.write('the database is PostgreSQL: use pg_dump with its own schedule\n');
  process.exit(1);
}
const folder = join(config.dataDir, 'backups');
await mkdir(folder, { recursive: true, mode: 0o700 });
const name = `office-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.sqlite`;
const unfinished = join(folder, `${name}.part`);
try {
  await copyDatabase(join(config.dataDir, 'office.sqlite'), unfinished);
  await rename(unfinished, join(folder, name));
  process.stdout.write(`${join(folder, name)}\n`);
} catch (cause) {
  await rm(unfinished, { force: true });
  process.stderr.write(`no backup was made: ${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exit(1);
}
