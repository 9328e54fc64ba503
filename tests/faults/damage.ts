import { closeSync, existsSync, ftruncateSync, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { letterOf } from '../../server/domain/number.ts';
import { auditRecord } from '../../server/store/audit-file.ts';
import { PLAN } from '../support/ledgers.ts';
import { mustHold, type Fault, type Trial } from './fault.ts';
import { violationsIn } from './invariants/check.ts';
import type { LogRecord } from './invariants/log.ts';
import { RealOffice } from './model/real.ts';
import { ReferenceOffice } from './model/reference.ts';
import { NEEDS, press, request, type Both, type Verb } from './model/verbs.ts';

const OFFSETS = 50;
const NOON = Date.parse('2026-11-24T10:00:00Z');
const DESKS = 3;
const VISITORS = 60;
const HEADER_BYTES = 100;

const KINDS = ['flip', 'truncate', 'delete', 'overwrite'] as const;
const TARGETS = ['database', 'wal', 'header', 'both', 'audit'] as const;
type Kind = (typeof KINDS)[number];
type Target = (typeof TARGETS)[number];

/** F5: what a bad disk does to the files between two starts. */
export const damagedFiles: Fault = {
  name: 'damage',
  of: 'F5',
  says: `files damaged before a start: ${KINDS.join(', ')} × ${TARGETS.join(', ')} × ${OFFSETS} offsets`,
  run: async (trial) => {
    const { template, next } = await aMorning();
    const counts = { untouched: 0, restored: 0, 'numbers jumped': 0 };
    const offsets = trial.times(OFFSETS);
    try {
      for (const kind of KINDS) {
        for (const target of TARGETS) {
          // deleting has no offsets: once is all there is
          for (let i = 0; i < (kind === 'delete' ? 1 : offsets); i++) {
            const what = `${kind} ${target}, ${i + 1}`;
            counts[await survives(what, template, next, (folder) => spoil(folder, kind, target, trial))] += 1;
          }
        }
      }
    } finally {
      rmSync(template, { recursive: true });
    }
    return [
      Object.entries(counts)
        .map(([outcome, count]) => `${count} ${outcome}`)
        .join(', '),
    ];
  },
};

/** A morning's files as a crash leaves them: most of it in the write-ahead log. @returns the numbers a visitor may get next */
async function aMorning(): Promise<{ readonly template: string; readonly next: ReadonlyMap<string, number> }> {
  const empty = await RealOffice.template(DESKS, NOON);
  const real = await RealOffice.from(empty, NOON);
  const reference = new ReferenceOffice(
    {
      zone: PLAN.office.zone,
      needs: [],
      returningPromiseMs: 0,
      callsBeforeNoShow: 2,
      secondCallAfterMs: 0,
      rejoinWindowMs: 0,
      undoWithinMs: 0,
    },
    NOON,
  );
  const both: Both = { reference, ids: [], presses: [], played: { steps: 0 } };
  const issue = (i: number): Verb => ({ kind: 'issue', need: i % NEEDS.length });
  for (let i = 0; i < VISITORS; i++) await request(both, issue(i))(real);
  for (let desk = 0; desk < DESKS; desk++) await request(both, { kind: 'call-next', desk })(real);
  const next = new Map<string, number>();
  for (const { number } of real.book.open.values()) {
    const letter = letterOf(number);
    next.set(letter, Math.max(next.get(letter) ?? 0, Number(number.slice(letter.length)) + 1));
  }
  const template = real.image();
  await real.remove();
  rmSync(empty, { recursive: true });
  return { template, next };
}

/** The damaged office opens, lacks nobody, and gives no number again. @throws Error otherwise */
async function survives(
  what: string,
  template: string,
  next: ReadonlyMap<string, number>,
  damage: (folder: string) => void,
): Promise<'untouched' | 'restored' | 'numbers jumped'> {
  const real = await RealOffice.from(template, NOON, damage).catch((cause: unknown) => {
    throw new Error(`${what}: the office did not open: ${String(cause)}`, { cause });
  });
  try {
    mustHold(real.book.open.size === VISITORS, `${what}: ${real.book.open.size} of ${VISITORS} visitors are left`);
    const desks = [...real.book.desks.values()].filter(({ ticketId }) => ticketId !== null).length;
    mustHold(desks === DESKS, `${what}: ${desks} of ${DESKS} desks still know their visitor`);
    const answer = await press(real, 1, crypto.randomUUID());
    mustHold(answer.ok, `${what}: no number is given any more`);
    const { number } = answer.value.reply;
    const letter = letterOf(number);
    const count = Number(number.slice(letter.length));
    const least = next.get(letter) ?? 1;
    mustHold(count >= least, `${what}: I13: ${number} was given, ${least} is the least`);
    const log = (await real.lines()).map((line) => auditRecord(line) as LogRecord);
    const evidence = { seen: [], streams: [], zone: PLAN.office.zone, personHoldMs: PLAN.rules.personHoldMs };
    const found = violationsIn({ log, ...evidence, dayIsOver: false });
    mustHold(found.length === 0, `${what}: ${found.map(({ invariant, says }) => `${invariant} ${says}`).join('; ')}`);
    if (count > least) return 'numbers jumped';
    return real.wasRestored ? 'restored' : 'untouched';
  } finally {
    await real.remove();
  }
}

function spoil(folder: string, kind: Kind, target: Target, { chance }: Trial): void {
  const files = filesOf(target).map((name) => join(folder, name));
  for (const file of files) {
    if (!existsSync(file)) throw new Error(`there is no ${file} to damage`);
    if (kind === 'delete') {
      rmSync(file);
      continue;
    }
    const { size } = statSync(file);
    const reach = target === 'header' ? HEADER_BYTES : size;
    const offset = Math.floor(chance.fraction() * reach);
    const handle = openSync(file, 'r+');
    if (kind === 'truncate') ftruncateSync(handle, offset);
    if (kind === 'flip') {
      const byte = Buffer.alloc(1);
      readSync(handle, byte, 0, 1, offset);
      writeSync(handle, Buffer.of((byte[0] ?? 0) ^ (1 << Math.floor(chance.fraction() * 8))), 0, 1, offset);
    }
    if (kind === 'overwrite') {
      const noise = Buffer.from(Array.from({ length: 400 }, () => Math.floor(chance.fraction() * 256)));
      writeSync(handle, noise, 0, Math.min(noise.length, size - offset), offset);
    }
    closeSync(handle);
  }
}

function filesOf(target: Target): readonly string[] {
  switch (target) {
    case 'database':
    case 'header':
      return ['office.sqlite'];
    case 'wal':
      return ['office.sqlite-wal'];
    case 'both':
      return ['office.sqlite', 'office.sqlite-wal'];
    case 'audit':
      return ['audit.jsonl'];
  }
}
