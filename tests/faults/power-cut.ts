import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../server/store/opening.ts';
import type { Chance } from '../support/chance.ts';
import { until } from '../support/waiting.ts';
import { mustHold, Skipped, type Fault } from './fault.ts';
import { deedsIn, TRACED, type Deed } from './traced-writes.ts';
import { inOffice, type TriedOffice } from './tried-office.ts';

const VISITORS = 150;
const CUTS = 200;
/** A write to a disk may stop at the end of any sector (bytes). */
const SECTOR = 512;
const FILES = ['office.sqlite', 'office.sqlite-wal', 'audit.jsonl'] as const;
/** Longer than any board (bytes). */
const TEXT_AT_MOST = 1_000_000;
const TRACING_WITHIN_MS = 30_000;

/** What becomes of writes that were not flushed when the power went. */
const VARIANTS = ['lost', 'kept', 'the first ones kept', 'some kept', 'torn'] as const;
type Variant = (typeof VARIANTS)[number];

/**
 * F2: the writes and flushes of the real server are recorded; the data folder is made again as a power cut at many moments would
 * leave it, and every number that had left for a screen by then must be there.
 */
export const powerCut: Fault = {
  name: 'power-cut',
  of: 'F2',
  says: `the power goes at ${CUTS} moments, with what was not flushed lost, kept, partly kept or torn`,
  run: (trial) =>
    inOffice({ desks: 1, kiosks: 2, displays: 1 }, async (office) => {
      const recorded = await record(office, trial.times(VISITORS));
      const { deeds } = recorded;
      const cuts = trial.times(CUTS);
      const restored: string[] = [];
      for (let i = 0; i < cuts; i++) {
        const upTo = 1 + below(deeds.length, trial.chance);
        for (const variant of VARIANTS) {
          const outcome = await afterCut(recorded, upTo, variant, trial.chance);
          if (outcome === 'restored') restored.push(`${upTo} ${variant}`);
        }
      }
      const flushes = deeds.filter(({ kind }) => kind === 'flushed').length;
      return [
        `${deeds.length} deeds, ${flushes} flushes; ${cuts * VARIANTS.length} states made again, no number lost`,
        `${restored.length} of them had to be restored from the audit file`,
      ];
    }),
};

interface Recorded {
  /** The files as they were when the record begins. */
  readonly base: ReadonlyMap<string, Buffer>;
  readonly deeds: readonly Deed[];
}

async function record(office: TriedOffice, visitors: number): Promise<Recorded> {
  if (spawnSync('strace', ['-V']).status !== 0) throw new Skipped('strace is not installed here');
  const kiosks = [office.kiosk(0), office.kiosk(1)];
  const desk = await office.desk();
  await office.display().connected();
  await kiosks[0]?.take();
  const { dataDir, pid } = office.process;
  const file = join(dataDir, 'trace');
  office.process.signal('SIGSTOP'); // nothing is written between the copy and the record
  const base = new Map<string, Buffer>();
  for (const name of FILES) base.set(name, await readFile(join(dataDir, name)));
  const args = ['-f', '-y', '-x', '-e', TRACED, '-s', String(TEXT_AT_MOST), '-o', file, '-p', String(pid)];
  const strace = spawn('strace', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  strace.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  try {
    await until('strace is attached', () => said.includes('attached') || strace.exitCode !== null, TRACING_WITHIN_MS);
    if (strace.exitCode !== null) throw new Skipped(`this machine does not let strace in: ${said.trim()}`);
    office.process.signal('SIGCONT');
    for (let i = 0; i < visitors; i += 2) {
      await Promise.all(kiosks.map((kiosk) => kiosk.take()));
      if (i % 10 !== 0) continue;
      await desk.callNext();
      await desk.finishCurrent();
    }
  } finally {
    const gone = once(strace, 'exit');
    if (strace.exitCode === null && strace.kill('SIGINT')) await gone;
  }
  return { base, deeds: deedsIn(await readFile(file, 'latin1'), FILES) };
}

/** @returns whether the office opened as it was found @throws Error with the numbers that are missing */
async function afterCut(
  { base, deeds }: Recorded,
  upTo: number,
  variant: Variant,
  chance: Chance,
): Promise<'as found' | 'restored'> {
  const told = new Set(deeds.slice(0, upTo).flatMap((deed) => (deed.kind === 'told' ? deed.numbers : [])));
  const folder = await mkdtemp(join(tmpdir(), 'infolett-cut-'));
  try {
    for (const name of FILES) {
      const left = leftOf(base.get(name) ?? Buffer.alloc(0), deeds.slice(0, upTo), name, variant, chance);
      await writeFile(join(folder, name), left);
    }
    await writeFile(join(folder, 'office.running'), '1\n');
    const store = await openStore({ dataDir: folder, databaseUrl: null, office: 'office', zone: 'Europe/Tallinn' });
    const rows = await store.database.read((trx) => trx.selectFrom('ticket').select('number').execute());
    await store.close();
    const known = new Set(rows.map(({ number }) => number));
    const missing = [...told].filter((number) => !known.has(number));
    mustHold(
      missing.length === 0,
      `cut after deed ${upTo}, ${variant}: ${missing.join(', ')} had been seen and are gone`,
    );
    return store.restored ? 'restored' : 'as found';
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One file as the disk has it after the cut. */
function leftOf(base: Buffer, deeds: readonly Deed[], file: string, variant: Variant, chance: Chance): Buffer {
  const image = new Image(base);
  let unflushed: Deed[] = [];
  for (const deed of deeds) {
    if (deed.kind === 'told' || deed.file !== file) continue;
    if (deed.kind !== 'flushed') unflushed.push(deed);
    else {
      for (const one of unflushed) image.apply(one);
      unflushed = [];
    }
  }
  for (const one of survivors(unflushed, variant, chance)) image.apply(one);
  return image.content;
}

function survivors(unflushed: readonly Deed[], variant: Variant, chance: Chance): readonly Deed[] {
  switch (variant) {
    case 'lost':
      return [];
    case 'kept':
      return unflushed;
    case 'the first ones kept':
      return unflushed.slice(0, below(unflushed.length + 1, chance));
    case 'some kept':
      return unflushed.filter(() => chance.happens(0.5));
    case 'torn':
      return unflushed.map((deed) => (deed.kind === 'write' && chance.happens(0.5) ? torn(deed, chance) : deed));
  }
}

function torn(deed: Deed & { readonly kind: 'write' }, chance: Chance): Deed {
  const sectors = below(Math.ceil(deed.bytes.length / SECTOR) + 1, chance);
  return { ...deed, bytes: deed.bytes.subarray(0, sectors * SECTOR) };
}

function below(limit: number, chance: Chance): number {
  return Math.floor(chance.fraction() * limit);
}

/** What a file holds. It grows in place: a state is made of thousands of small writes. */
class Image {
  #bytes: Buffer;
  #size: number;

  constructor(base: Buffer) {
    this.#bytes = Buffer.from(base);
    this.#size = base.length;
  }

  get content(): Buffer {
    return this.#bytes.subarray(0, this.#size);
  }

  apply(deed: Deed): void {
    if (deed.kind === 'cut') this.#resize(deed.size);
    if (deed.kind !== 'write') return;
    const at = deed.at === 'end' ? this.#size : deed.at;
    if (at + deed.bytes.length > this.#size) this.#resize(at + deed.bytes.length);
    deed.bytes.copy(this.#bytes, at);
  }

  #resize(size: number): void {
    if (size > this.#bytes.length) {
      const longer = Buffer.alloc(size * 2);
      this.content.copy(longer);
      this.#bytes = longer;
    } else this.#bytes.fill(0, Math.min(size, this.#size), this.#bytes.length);
    this.#size = size;
  }
}
