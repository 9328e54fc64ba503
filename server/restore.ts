import { copyFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfig } from './config.ts';
import { copyDatabase } from './store/copying.ts';

/**
 * `npm run restore -- FILE`: puts a backup in the place of the database. What stood there is kept beside it, never
 * deleted. Where `audit.jsonl` knows more than the backup, the office refuses to start and says so: it gives no number twice.
 */
const [file] = process.argv.slice(2);
const config = readConfig(process.env);
if (file === undefined || config.databaseUrl !== null) {
  process.stderr.write('which backup? npm run restore -- data/backups/office-….sqlite (embedded database only)\n');
  process.exit(1);
}
const place = join(config.dataDir, 'office.sqlite');
const checked = `${place}.restoring`;
await rm(checked, { force: true });
await copyDatabase(file, checked);
const kept = `${place}.before-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
for (const part of ['', '-wal', '-shm']) await copyFile(`${place}${part}`, `${kept}${part}`).catch(() => undefined);
for (const part of ['-wal', '-shm']) await rm(`${place}${part}`, { force: true });
await rename(checked, place);
process.stdout.write(`restored from ${file}; what was there before is kept as ${kept}\n`);
