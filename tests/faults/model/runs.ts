import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { FAILPOINTS, type Failpoint } from '../../../server/basics/failpoint.ts';
import { auditRecord } from '../../../server/store/audit-file.ts';
import { PLAN } from '../../support/ledgers.ts';
import type { Fault } from '../fault.ts';
import { violationsIn } from '../invariants/check.ts';
import type { LogRecord } from '../invariants/log.ts';
import { RealOffice } from './real.ts';
import { ReferenceOffice, type ReferenceRules } from './reference.ts';
import {
  Asks,
  AskTogether,
  CrashesAfterCommit,
  CrashesAt,
  DiskFails,
  PressesAgain,
  Restarts,
  Story,
  TimePasses,
} from './steps.ts';
import { NEEDS, type Both, type Verb } from './verbs.ts';

const RUNS = 1_000;
/** Days are of every length up to this; half of it on average. */
const STEPS_AT_MOST = 120;
const DESKS = 3;
/** Ten in the evening: a run of some hours crosses midnight. */
const START = Date.parse('2026-11-24T20:00:00Z');
const MINUTE_MS = 60_000;
const BEFORE_COMMIT: readonly Failpoint[] = ['after_decide', 'before_commit', 'in_commit'];
const AFTER_COMMIT = FAILPOINTS.filter((point) => point.startsWith('after_') && point.includes('_before_')).filter(
  (point) => !point.endsWith('paper') && !point.endsWith('outcome'),
);

const RULES: ReferenceRules = {
  zone: PLAN.office.zone,
  needs: NEEDS.map(({ service }) => {
    const { letter, promiseMs } = PLAN.services.find(({ id }) => id === service) ?? { letter: '', promiseMs: 0 };
    return { service, letter, promiseMs };
  }),
  returningPromiseMs: PLAN.rules.returningPromiseMs,
  callsBeforeNoShow: PLAN.rules.callsBeforeNoShow,
  secondCallAfterMs: PLAN.rules.secondCallAfterMs,
  rejoinWindowMs: PLAN.rules.rejoinWindowMs,
  undoWithinMs: PLAN.rules.undoWithinMs,
};

const desk = fc.nat(DESKS - 1);
const need = fc.nat(NEEDS.length - 1);
const verb: fc.Arbitrary<Verb> = fc.oneof(
  { weight: 6, arbitrary: need.map((chosen): Verb => ({ kind: 'issue', need: chosen })) },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constantFrom('call-next', 'call-next', 'begin', 'finish', 'recall', 'no-show', 'undo'),
      desk,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('park'), desk, minutes: fc.constantFrom(null, 5, 30) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('transfer'), desk, need }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('withdraw', 'return'), desk, pick: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('end-parkings', 'close-day') }) },
);
const minutes = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 5 }) },
  { weight: 2, arbitrary: fc.integer({ min: 5, max: 60 }) },
  { weight: 1, arbitrary: fc.integer({ min: -15, max: -1 }) },
);
/** A visitor is called twice in vain: too long a story to be told by chance alone. */
const missedCall = desk.map((at) => [
  new Asks({ kind: 'call-next', desk: at }),
  new TimePasses(2 * MINUTE_MS),
  new Asks({ kind: 'recall', desk: at }),
  new Asks({ kind: 'no-show', desk: at }),
  new Asks({ kind: 'return', desk: at, pick: 0 }),
]);
const steps = [
  missedCall.map((story) => new Story(story)),
  verb.map((one) => new Asks(one)),
  verb.map((one) => new Asks(one)),
  verb.map((one) => new Asks(one)),
  fc
    .tuple(verb, verb)
    .filter(([a, b]) => (a.kind === 'issue' || a.kind === 'call-next' ? b.kind === a.kind : false))
    .map((two) => new AskTogether(two)),
  minutes.map((count) => new TimePasses(count * MINUTE_MS)),
  fc.nat(20).map((pick) => new PressesAgain(pick)),
  fc.constant(new Restarts()),
  fc.tuple(fc.constantFrom(...BEFORE_COMMIT), verb).map(([point, one]) => new CrashesAt(point, one)),
  fc.tuple(fc.constantFrom(...AFTER_COMMIT), verb).map(([point, one]) => new CrashesAfterCommit(point, one)),
  fc
    .tuple(fc.constantFrom('before_commit' as const, 'in_commit' as const), verb)
    .map(([point, one]) => new DiskFails(point, one)),
];

/** Random days in both offices. @returns how many steps were played. @throws Error with the smallest one in which they differ, and how to play it again */
export async function playDays(runs: number, seed: number): Promise<number> {
  let played = 0;
  const template = await RealOffice.template(DESKS, START);
  try {
    await fc.assert(
      fc.asyncProperty(fc.commands(steps, { maxCommands: STEPS_AT_MOST, size: 'max' }), async (day) => {
        const real = await RealOffice.from(template, START);
        const both: Both = { reference: new ReferenceOffice(RULES, START), ids: [], presses: [], played: { steps: 0 } };
        try {
          await fc.asyncModelRun(() => ({ model: both, real }), day);
          await checkLog(real);
          played += both.played.steps;
        } finally {
          await real.remove();
        }
      }),
      { numRuns: runs, seed, endOnFailure: false },
    );
  } finally {
    rmSync(template, { recursive: true });
  }
  return played;
}

async function checkLog(real: RealOffice): Promise<void> {
  const log = (await real.lines()).map((line) => auditRecord(line) as LogRecord);
  const { personHoldMs } = PLAN.rules;
  const found = violationsIn({ log, seen: [], streams: [], zone: RULES.zone, personHoldMs, dayIsOver: false });
  if (found.length > 0) throw new Error(found.map(({ invariant, says }) => `${invariant}: ${says}`).join('\n'));
}

/** The real ledger, with crashes, failing disks, restarts and a clock that steps back, against the reference. */
export const modelBased: Fault = {
  name: 'model',
  of: 'F1–F3, F16',
  says: `${RUNS} random days of 50 steps and more on average against a reference of the office`,
  run: async (trial) => {
    const runs = trial.times(RUNS);
    const steps = await playDays(runs, Math.floor(trial.chance.fraction() * 2 ** 31));
    return [`${runs} days and ${steps} steps played alike`];
  },
};
