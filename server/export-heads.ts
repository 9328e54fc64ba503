import { readConfig } from './config.ts';
import { Database } from './store/database.ts';
import { dayHeads } from './store/day-heads.ts';
import { openToRead } from './store/opening.ts';

const HEADS_AT_MOST = 100_000;

/** `npm run -s export-heads`: the sealed end of every day, one JSON object a line, to be kept on another machine. */
const config = readConfig(process.env);
const database = new Database(openToRead(config), config.databaseUrl === null ? 'sqlite' : 'postgres');
const heads = await database.read((trx) => dayHeads(trx, HEADS_AT_MOST));
for (const head of heads.toReversed()) process.stdout.write(`${JSON.stringify(head)}\n`);
await database.close();
