import { readConfig } from './config.ts';
import { dropOld, makeBackup } from './store/backups.ts';

/**
 * `npm run backup`: a consistent, checked and sealed copy of the embedded database, also while the office is open; then
 * those that have served their time go. `-- --json` tells the outcome as one line of JSON, for the server itself.
 */
const config = readConfig(process.env);
if (config.databaseUrl !== null) {
  process.stderr.write('the database is PostgreSQL: use pg_dump with its own schedule\n');
  process.exit(1);
}
const { dataDir, backups, backupKeepDays } = config;
try {
  const made = await makeBackup(dataDir, backups, Date.now());
  const dropped = await dropOld(backups.dir, backupKeepDays, Date.now());
  const told = process.argv.includes('--json') ? JSON.stringify({ ...made, dropped }) : made.path;
  process.stdout.write(`${told}\n`);
} catch (cause) {
  process.stderr.write(`no backup was made: ${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exit(1);
}
