import { readConfig } from './config.ts';
import { fitsSeal } from './domain/journal.ts';
import { journalBetween } from './store/journal.ts';
import { openToRead } from './store/opening.ts';

/** `npm run verify-log`: reads the whole journal and checks that no line was changed, removed, added or swapped. */
const kysely = openToRead(readConfig(process.env));
let seq = 0;
let prevHash = '';
for await (const line of journalBetween(kysely, '', '9999')) {
  const fits = line.seq === seq + 1 && line.prevHash === prevHash && fitsSeal(line);
  if (!fits) {
    process.stderr.write(
      `the journal is broken at line ${seq + 1}: what stands there does not follow from line ${seq}\n`,
    );
    process.exit(1);
  }
  seq = line.seq;
  prevHash = line.hash;
}
await kysely.destroy();
process.stdout.write(`the journal is whole: ${seq} lines, sealed by ${prevHash || 'nothing yet'}\n`);
