import { contractReference } from './contract/events.ts';

/** `npm run -s events`: every request there is, with its roles and JSON schemas, for tools and tests. */
process.stdout.write(`${JSON.stringify(contractReference(), null, 2)}\n`);
