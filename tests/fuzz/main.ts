import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';

/** `npm run test:fuzz -- --runs N`: throws N inputs at a fresh office; for a night of them on purpose. */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
  },
});
const started = performance.now();
const { inputs, findings } = await fuzz(Number(values.runs), Number(values.seed));
for (const finding of findings.slice(0, 20)) process.stdout.write(`${JSON.stringify(finding)}\n`);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
process.stdout.write(`${inputs} inputs with seed ${values.seed} in ${seconds} s: ${findings.length} findings\n`);
process.exit(findings.length === 0 ? 0 : 1);
