import { randomInt, randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Chance } from '../support/chance.ts';
import { FaultyProxy, type Trouble } from './faulty-proxy.ts';
import { slopeOf, type Sample } from './slope.ts';
import { TriedOffice } from './tried-office.ts';
import type { WitnessedClient, WitnessedDesk, WitnessedKiosk } from './witnessed-clients.ts';

/**
 * `npm run soak -- --minutes 20`: a whole office under load with something breaking all the time. Ends with zero
 * violations or with what was violated, and prints how memory went. All chance comes from FAULT_SEED.
 */
const { values } = parseArgs({ options: { minutes: { type: 'string', default: '20' } } });
const minutes = Number(values.minutes);
if (!(minutes > 0)) {
  say('--minutes takes a number above 0');
  process.exit(1);
}
const seed = Number(process.env.FAULT_SEED ?? randomInt(2 ** 31));
const chance = new Chance(seed);
say(`FAULT_SEED=${seed}, ${minutes} minutes`);

const DESKS = 8;
const KIOSKS = 2;
const DISPLAYS = 3;
const TICKETS_AN_HOUR = 1_200;
const HOUR_MS = 3_600_000;
/** A visitor at a desk, shortened so that eight desks keep up (milliseconds). */
const SERVICE_MS = 18_000;
const FAULT_EVERY_MS = 15_000;
const CHECK_EVERY_MS = 120_000;
const SAMPLE_EVERY_MS = 2_000;
/** The server is killed only in the first part, so that the memory of one process is seen for the rest. */
const KILLS_UNTIL = 0.35;
/** A fresh process takes so much of the rest to find its size; the slope is that of what follows. */
const WARM_UP = 0.25;
const NEEDS = ['papers.submit', 'pension.old_age', 'family.birth', 'disability.card', 'child.worry'] as const;

const office = await TriedOffice.start({ desks: DESKS, kiosks: KIOSKS, displays: DISPLAYS });
const target = Number(new URL(office.process.url).port);
const proxies = await Promise.all(Array.from({ length: KIOSKS + DESKS + DISPLAYS }, () => FaultyProxy.open(target)));
const port = (i: number): number => proxies[i]?.port ?? target;
const kiosks = Array.from({ length: KIOSKS }, (_, i) => office.kiosk(i, port(i)));
const desks: WitnessedDesk[] = [];
for (let i = 0; i < DESKS; i++) desks.push(await office.desk(i, port(KIOSKS + i)));
const displays = Array.from({ length: DISPLAYS }, (_, i) => office.display(i, port(KIOSKS + DESKS + i)));
await Promise.all([...kiosks, ...displays].map((client: WitnessedClient) => client.connected()));

const started = performance.now();
const lengthMs = minutes * 60_000;
const passed = (): number => performance.now() - started;
const isOver = (): boolean => passed() >= lengthMs;
const problems: string[] = [];
const made = new Map<string, number>();
const samples: Sample[] = [];
const visits: Promise<unknown>[] = [];

await Promise.all(
  [...kiosks.map(visitorsCome), ...desks.map(specialistWorks), breakThings(), lookAtMemory(), checkNowAndThen()].map(
    (work) => work.catch((cause: unknown) => problems.push(String(cause))),
  ),
);

for (const proxy of proxies) await proxy.make({ kind: 'none' });
await Promise.all(visits).catch((cause: unknown) => problems.push(String(cause)));
await Promise.all(desks.map(emptyTheHall)).catch((cause: unknown) => problems.push(String(cause)));
const records = await office.check({ dayIsOver: true }).catch((cause: unknown) => {
  problems.push(String(cause));
  return [];
});
const steady = samples.filter(({ atMs }) => atMs > lengthMs * (KILLS_UNTIL + (1 - KILLS_UNTIL) * WARM_UP));
const issued = records.filter(({ type }) => type === 'issued').length;
say('');
say(`faults: ${[...made].map(([name, count]) => `${name} ${count}`).join(', ')}`);
say(
  `${issued} tickets (${((issued / passed()) * HOUR_MS).toFixed(0)} an hour), ${records.length} records, ${office.witness.sightings.length} sightings`,
);
say(
  `memory: ${steady.at(0)?.mib.toFixed(1) ?? '?'} → ${steady.at(-1)?.mib.toFixed(1) ?? '?'} MiB, slope ${(slopeOf(steady) * HOUR_MS).toFixed(1)} MiB an hour over ${((steady.length * SAMPLE_EVERY_MS) / 60_000).toFixed(1)} min`,
);
for (const problem of problems) say(problem);
say(problems.length === 0 ? 'zero violations' : `${problems.length} violations`);
await Promise.all(proxies.map((proxy) => proxy.close()));
await office.close();
process.exit(problems.length === 0 ? 0 : 1);

async function visitorsCome(kiosk: WitnessedKiosk): Promise<void> {
  while (!isOver()) {
    await pause(chance.exponential((HOUR_MS * KIOSKS) / TICKETS_AN_HOUR));
    visits.push(kiosk.take(NEEDS[Math.floor(chance.fraction() * NEEDS.length)]));
  }
}

async function specialistWorks(desk: WitnessedDesk): Promise<void> {
  while (!isOver()) {
    const ticket = desk.view.current?.ticketId ?? (await desk.callNext());
    if (ticket === null) await pause(1_000);
    else {
      await pause(SERVICE_MS * (0.3 + chance.fraction()));
      await desk.finishCurrent();
    }
  }
}

interface Breaking {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** One fault after the other, each on somebody else. */
async function breakThings(): Promise<void> {
  while (!isOver()) {
    await pause(FAULT_EVERY_MS * (0.5 + chance.fraction()));
    if (isOver()) return;
    const mayKill = passed() < lengthMs * KILLS_UNTIL;
    const fault = chance.oneOf<Breaking>([
      [{ name: 'kill -9', run: killServer }, mayKill ? 3 : 0],
      [{ name: 'standstill', run: standStill }, 1],
      [{ name: 'no paper', run: noPaper }, 1],
      [{ name: 'cut lines', run: cutLines }, 4],
    ]);
    made.set(fault.name, (made.get(fault.name) ?? 0) + 1);
    await fault.run();
  }
}

async function killServer(): Promise<void> {
  await office.process.kill();
  await office.process.start();
}

async function standStill(): Promise<void> {
  office.process.signal('SIGSTOP');
  await pause(2_000 + chance.fraction() * 4_000);
  office.process.signal('SIGCONT');
}

async function noPaper(): Promise<void> {
  office.printer.set({ paper: 'out' });
  await pause(8_000);
  office.printer.set({ paper: 'enough' });
}

async function cutLines(): Promise<void> {
  const kinds = ['refuse', 'reset', 'blackhole', 'freeze-up', 'freeze-down', 'freeze-both'] as const;
  const hit = proxies.filter(() => chance.happens(0.3));
  for (const proxy of hit) {
    const kind = kinds[Math.floor(chance.fraction() * kinds.length)] ?? 'reset';
    await proxy.make({ kind } satisfies Trouble);
  }
  await pause(3_000 + chance.fraction() * 8_000);
  for (const proxy of hit) await proxy.make({ kind: 'none' });
}

async function lookAtMemory(): Promise<void> {
  while (!isOver()) {
    await pause(SAMPLE_EVERY_MS);
    const isThere = office.process.isRunning;
    if (isThere) samples.push({ atMs: passed(), mib: office.process.memoryMiB });
  }
}

async function checkNowAndThen(): Promise<void> {
  for (;;) {
    await pause(CHECK_EVERY_MS);
    if (isOver()) return;
    const records = await office.check();
    say(`${(passed() / 60_000).toFixed(1)} min: ${records.length} records, no violation`);
  }
}

/** The day ends: whoever still waits is served at once. */
async function emptyTheHall(desk: WitnessedDesk): Promise<void> {
  for (;;) {
    const ticket = desk.view.current?.ticketId ?? (await desk.callNext(randomUUID()));
    if (ticket === null) return;
    await desk.nextBoardShows(ticket);
    await desk.finishCurrent();
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.min(ms, Math.max(0, lengthMs - passed()) + 1)));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
