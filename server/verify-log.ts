import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from './config.ts';
import { auditDiffers } from './store/audit-comparing.ts';
import { lookThrough } from './store/chain-reading.ts';
import { Database } from './store/database.ts';
import { journalFrom, journalHead } from './store/journal.ts';
import { openToRead } from './store/opening.ts';

/**
 * `npm run verify-log`: reads the whole journal and checks that no line was changed, removed, added or swapped, that it
 * still ends where its own head and audit.jsonl say, and that every sealed day is as it was. With heads kept elsewhere
 * (`-- --heads FILE` from `npm run -s export-heads`, or `-- --head SEQ:HASH` from paper) it finds what a person with the
 * whole disk in hand could hide.
 */
const { values } = parseArgs({ options: { heads: { type: 'string' }, head: { type: 'string', multiple: true } } });
const config = readConfig(process.env);
const database = new Database(openToRead(config), config.databaseUrl === null ? 'sqlite' : 'postgres');
try {
  const { lines, broken } = await lookThrough(database, 'beginning');
  if (broken)
    fail(`the journal is broken at line ${broken.seq}: what stands there does not follow from the line before`);
  const head = await database.read(journalHead);
  if (head.seq > lines) fail(`the journal ends at line ${lines}, but had ${head.seq}: the last lines are missing`);
  const differs = await auditDiffers(join(config.dataDir, 'audit.jsonl'), database);
  if (differs !== null) fail(`the journal and audit.jsonl differ at line ${differs}`);
  for (const kept of keptElsewhere()) {
    const [line] = await database.read((trx) => journalFrom(trx, kept.seq, 1));
    if (line?.seq !== kept.seq || !line.hash.startsWith(kept.hash)) {
      fail(`line ${kept.seq} is missing or not the one whose seal was kept`);
    }
  }
  process.stdout.write(`the journal is whole: ${lines} lines, sealed by ${head.hash || 'nothing yet'}\n`);
} finally {
  await database.close();
}

function keptElsewhere(): readonly { readonly seq: number; readonly hash: string }[] {
  const exported = values.heads === undefined ? [] : readFileSync(values.heads, 'utf8').trim().split('\n');
  const typed = (values.head ?? []).map((text) => {
    const [seq = '', hash = ''] = text.replaceAll(' ', '').split(':');
    return { seq: Number(seq), hash: hash.toLowerCase() };
  });
  return [
    ...exported.filter((text) => text !== '').map((text) => JSON.parse(text) as (typeof typed)[number]),
    ...typed,
  ];
}

function fail(what: string): never {
  process.stderr.write(`${what}\n`);
  process.exit(1);
}
