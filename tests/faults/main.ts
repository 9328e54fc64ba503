import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { FAULTS } from './all.ts';
import { Skipped, Trial, type Fault } from './fault.ts';

/**
 * `npm run test:faults`: does everything to the office that the fault list names, on the real server process, and checks
 * the invariants afterwards. `-- --only kill,storm` tries these alone, `-- --share 0.1` a tenth of the repetitions.
 * All chance comes from FAULT_SEED, which is printed.
 */
const { values } = parseArgs({ options: { only: { type: 'string' }, share: { type: 'string', default: '1' } } });
const only = values.only?.split(',');
const chosen = FAULTS.filter(({ name }) => only === undefined || only.includes(name));
const share = Number(values.share);
if (chosen.length === 0 || !(share > 0 && share <= 1)) {
  say(`--only takes ${FAULTS.map(({ name }) => name).join(', ')}; --share a number above 0 up to 1`);
  process.exit(1);
}
const seed = Number(process.env.FAULT_SEED ?? randomInt(2 ** 31));
say(`FAULT_SEED=${seed}`);

/** Two cores, two trials at a time; each has an office of its own. */
const LANES = 2;

const started = performance.now();
const counts = { passed: 0, failed: 0, skipped: 0 };
const together = chosen.filter(({ alone }) => alone !== true);
await Promise.all(Array.from({ length: LANES }, lane));
for (const fault of chosen.filter(({ alone }) => alone === true)) await tryOut(fault);
say('');
if (counts.skipped > 0) say(`${counts.skipped} could not be tried on this machine; the reasons stand above`);
say(`whole run: ${((performance.now() - started) / 60_000).toFixed(1)} min, FAULT_SEED=${seed}`);
say(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed > 0 ? 1 : 0);

async function lane(): Promise<void> {
  for (let fault = together.shift(); fault; fault = together.shift()) await tryOut(fault);
}

async function tryOut(fault: Fault): Promise<void> {
  const faultSeed = seed + FAULTS.indexOf(fault);
  const at = performance.now();
  const outcome = await fault.run(new Trial(faultSeed, share)).then(
    (figures) => ({ mark: '✓', figures }),
    (cause: unknown) => ({
      mark: cause instanceof Skipped ? '–' : '✗',
      figures: [cause instanceof Error ? cause.message : String(cause)],
    }),
  );
  counts[outcome.mark === '✓' ? 'passed' : outcome.mark === '–' ? 'skipped' : 'failed'] += 1;
  const seconds = ((performance.now() - at) / 1000).toFixed(0);
  say(`${outcome.mark} ${fault.name.padEnd(14)} ${seconds.padStart(5)} s  ${fault.of.padEnd(10)} ${fault.says}`);
  for (const figure of outcome.figures) say(`    ${figure.replaceAll('\n', '\n    ')}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
