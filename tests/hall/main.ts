import { parseArgs } from 'node:util';
import { slopeOf } from '../faults/slope.ts';
import { expectedRecordings } from './recordings.ts';
import { soakDisplay, type Weight } from './soak.ts';

/**
 * `npm run soak:display`: eight hours of a display, a call a minute and now and then five at once, in a few minutes. Prints what the page weighed, by how much it grows, and whether every call was shown and said whole exactly once.
 */
const { values } = parseArgs({ options: { calls: { type: 'string', default: '480' } } });
const HOURS = 8;
const EVERY_MS = 60_000;
/** A fresh page takes so much of the day to find its size; the slope is that of what follows. */
const SETTLED_AFTER = 1 / 4;
/** A page that grows by less in a day is not worth a restart. */
const GROWS_AT_MOST_KB_A_DAY = 1_024;

const calls = Number(values.calls);
const day = { calls, everyMs: EVERY_MS, burstEvery: 20, together: 5, parts: 2 * HOURS };
say('calls  heap kB  nodes  listeners');
const { made, shown, spoken, weights } = await soakDisplay(day, (weight) => say(line(weight)));

const isShownOnce = shown.join() === made.map(({ number }) => number).join();
const isSaidOnce = JSON.stringify(spoken) === JSON.stringify(made.map(expectedRecordings));
const steady = weights.slice(Math.floor(weights.length * SETTLED_AFTER));
const growth = slopeOf(steady.map(({ calls: at, heapKB }) => ({ atMs: at, mib: heapKB })));
const aDay = growth * calls;
const nodes = (steady.at(-1)?.nodes ?? 0) - (steady[0]?.nodes ?? 0);
say(`${made.length} calls; shown exactly once, in order: ${isShownOnce}; said whole exactly once: ${isSaidOnce}`);
for (const [i, call] of made.entries()) {
  const [wanted, said] = [expectedRecordings(call).join(' '), spoken[i]?.join(' ')];
  if (wanted !== said) say(`${call.number}: wanted ${wanted}, said ${said ?? 'nothing'}`);
}
say(`heap: slope ${(growth * 1000).toFixed(1)} kB per 1,000 calls, ${aDay.toFixed(0)} kB a day; nodes ${nodes}`);
process.exit(isShownOnce && isSaidOnce && aDay < GROWS_AT_MOST_KB_A_DAY ? 0 : 1);

function line({ calls: at, heapKB, nodes: count, listeners }: Weight): string {
  return [String(at).padStart(5), String(heapKB).padStart(7), String(count).padStart(5), listeners].join('  ');
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
