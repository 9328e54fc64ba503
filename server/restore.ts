import { readConfig } from './config.ts';
import { newestBackup } from './store/backups.ts';
import { putBack } from './store/putting-back.ts';

/**
 * `npm run restore -- FILE` (or `-- --newest`): puts a backup in the place of the database, while no server runs. What
 * stood there is kept. At its next start the office puts back what `audit.jsonl` knows beyond the backup.
 */
const [asked] = process.argv.slice(2);
const { dataDir, backups, databaseUrl } = readConfig(process.env);
if (asked === undefined || databaseUrl !== null) {
  process.stderr.write('which backup? npm run restore -- FILE or -- --newest (embedded database only)\n');
  process.exit(1);
}
try {
  const file = asked === '--newest' ? (await newestBackup(backups.dir))?.path : asked;
  if (file === undefined) throw new Error(`there is no backup in ${backups.dir}`);
  const { madeAt, seq, keptIn } = await putBack(dataDir, file, backups.keyFile, Date.now());
  process.stdout.write(
    `restored from ${file}, made ${madeAt} at journal line ${seq}; what stood there is kept in ${keptIn}\n` +
      'start the server: it puts back what audit.jsonl knows beyond the backup, and says what it did\n',
  );
} catch (cause) {
  process.stderr.write(`nothing was restored: ${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exit(1);
}
