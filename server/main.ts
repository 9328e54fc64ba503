import module from 'node:module';
import { join } from 'node:path';

/** The least Node that runs TypeScript as it is. `npm start` uses the packaged Node 24; a bare `node` may be older. */
const LEAST = [22, 18] as const;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < LEAST[0] || (major === LEAST[0] && minor < LEAST[1])) {
  process.stderr.write(
    `Infolett needs Node ${LEAST.join('.')} or newer, this is ${process.versions.node}. Start it with "npm start".\n`,
  );
  process.exit(1);
}
// Most of a start is reading our own modules: what was read once is kept, and a start after a kill takes half the time. Where
// nothing can be kept, Node says nothing and reads them again.
module.enableCompileCache(
  process.env.CACHE_DIRECTORY ?? join(import.meta.dirname, '../node_modules/.cache/infolett-compiled'),
);
// The database's native code is loaded only now: compiled for a newer Node it would crash an older one without a word.
const { run } = await import('./run.ts');
await run(process.env, process.argv.slice(2));
// Node itself would keep it at an orderly end only.
module.flushCompileCache();
