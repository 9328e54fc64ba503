import { parseArgs } from 'node:util';
import { readConfig } from './config.ts';
import { canonicalJson } from './domain/chain.ts';
import { dayAfter, instantOf } from './domain/local-time.ts';
import { auditRecord } from './store/audit-file.ts';
import { journalBetween } from './store/journal.ts';
import { openToRead } from './store/opening.ts';

/** `npm run -s export-log -- --from DATE --to DATE`: the journal of these local days, both included, one JSON object a line. */
const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } });
const config = readConfig(process.env);
const from = checkedDay('from', values.from);
const to = checkedDay('to', values.to);
const kysely = openToRead(config);
const since = new Date(instantOf(from, '00:00', config.zone)).toISOString();
const until = new Date(instantOf(dayAfter(to), '00:00', config.zone)).toISOString();
for await (const line of journalBetween(kysely, since, until)) {
  process.stdout.write(`${canonicalJson(auditRecord(line))}\n`);
}
await kysely.destroy();

function checkedDay(name: string, text: string | undefined): string {
  if (text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  process.stderr.write(`--${name} must be a day such as 2026-11-24\n`);
  process.exit(1);
}
