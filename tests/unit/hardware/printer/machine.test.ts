import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  newMachine,
  type Effect,
  type Input,
  type Job,
  type Machine,
  type Timer,
} from '../../../../hardware/printer/machine/machine.ts';
import { next } from '../../../../hardware/printer/machine/next.ts';
import { backOffMs } from '../../../../hardware/printer/machine/limits.ts';

const TRAITS = {
  answers: true,
  asksProcessId: true,
  asksIdentity: true,
  nativeQr: true,
  profile: 'epson',
  cutOff: Uint8Array.of(1),
};
const TIMERS: readonly Timer[] = ['reconnect', 'poll', 'answer', 'step', 'deadline', 'patience', 'assume', 'orphan'];

function aJob(id: string): Job {
  return { id, processId: `id-${id}`.slice(-4), chunks: [Uint8Array.of(65), Uint8Array.of(66)], bytes: 2, since: 0 };
}

const status = fc.constantFrom(0x12, 0x16, 0x1a, 0x32, 0x52, 0x1e, 0x7e);
const anyInput: fc.Arbitrary<Input> = fc.oneof(
  { weight: 6, arbitrary: status.map((byte): Input => ({ kind: 'reply', reply: { kind: 'status', byte } })) },
  { weight: 6, arbitrary: fc.constant<Input>({ kind: 'reply', reply: { kind: 'status', byte: 0x12 } }) },
  { weight: 2, arbitrary: fc.constantFrom<Input>({ kind: 'opened' }, { kind: 'written' }, { kind: 'clear' }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Input>({ kind: 'link-lost', reason: 'x' }, { kind: 'open-failed', reason: 'x' }),
  },
  { weight: 3, arbitrary: fc.constantFrom(...TIMERS).map((timer): Input => ({ kind: 'time', timer })) },
  { weight: 3, arbitrary: fc.constantFrom('a', 'b', 'c').map((id): Input => ({ kind: 'journaled', id })) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('~~~~', 'id-a', 'id-b')
      .map((id): Input => ({ kind: 'reply', reply: { kind: 'process-id', id } })),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Input>(
      { kind: 'reply', reply: { kind: 'cleared' } },
      { kind: 'reply', reply: { kind: 'in-order', byte: 0 } },
      { kind: 'reply', reply: { kind: 'information', text: 'x' } },
      { kind: 'reply', reply: { kind: 'automatic-status', bytes: [0x10, 0, 0, 0x0f] } },
      { kind: 'reply', reply: { kind: 'noise', byte: 0xff } },
    ),
  },
);

/** Plays inputs; `written` only while a chunk is on its way, as the shell does. */
function play(inputs: readonly Input[]): { readonly machine: Machine; readonly effects: readonly Effect[] } {
  let machine = newMachine(TRAITS);
  const effects: Effect[] = [];
  let onItsWay = 0;
  for (const input of inputs) {
    if (input.kind === 'written' && onItsWay === 0) continue;
    if (input.kind === 'written') onItsWay -= 1;
    const turn = next(machine, input, 0);
    ({ machine } = turn);
    effects.push(...turn.effects);
    for (const effect of turn.effects) {
      if (effect.kind === 'write-job') onItsWay += 1;
      if (effect.kind === 'close') onItsWay = 0;
    }
  }
  return { machine, effects };
}

describe('whatever happens in whatever order', () => {
  const story = fc.array(
    fc.oneof(
      { weight: 8, arbitrary: anyInput },
      { weight: 1, arbitrary: fc.constantFrom('a', 'b', 'c').map((id): Input => ({ kind: 'job', job: aJob(id) })) },
    ),
    { maxLength: 120 },
  );
  const told = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 });

  test('every job is settled exactly once by the time the driver stops', () => {
    fc.assert(
      fc.property(story, told, (inputs, jobs) => {
        const asked = jobs.map((id): Input => ({ kind: 'job', job: aJob(id) }));
        const once = inputs.filter(({ kind }) => kind !== 'job');
        const { effects } = play([{ kind: 'start' }, ...spread(once, asked), { kind: 'stop' }]);
        const settled = effects.flatMap((effect) => (effect.kind === 'settle' ? [effect.job.id] : []));
        expect([...settled].sort()).toEqual([...jobs].sort());
      }),
      { numRuns: 3_000 },
    );
  });

  test('no byte leaves for a job before it is journaled, and none after its outcome', () => {
    fc.assert(
      fc.property(story, told, (inputs, jobs) => {
        const asked = jobs.map((id): Input => ({ kind: 'job', job: aJob(id) }));
        const once = inputs.filter(({ kind }) => kind !== 'job');
        const { effects } = play([{ kind: 'start' }, ...spread(once, asked)]);
        let open: string | null = null;
        for (const effect of effects) {
          if (effect.kind === 'journal') open = effect.job.id;
          if (effect.kind === 'write-job') expect(open).not.toBeNull();
          if (effect.kind === 'settle' && effect.job.id === open) open = null;
        }
      }),
      { numRuns: 3_000 },
    );
  });

  test('one unanswered job at a time', () => {
    fc.assert(
      fc.property(story, (inputs) => {
        const { effects } = play([{ kind: 'start' }, ...inputs]);
        let open = 0;
        for (const effect of effects) {
          if (effect.kind === 'journal') open += 1;
          if (effect.kind === 'settle') open = Math.max(0, open - 1);
          expect(open).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

test('the driver waits 1, 2, 4, 8 and then 15 seconds between attempts', () => {
  expect([1, 2, 3, 4, 5, 6, 100].map(backOffMs)).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
});

/** The jobs asked for at even distances in the story. */
function spread(inputs: readonly Input[], asked: readonly Input[]): readonly Input[] {
  const each = Math.max(1, Math.floor(inputs.length / (asked.length + 1)));
  return [
    ...asked.flatMap((job, i) => [...inputs.slice(i * each, (i + 1) * each), job]),
    ...inputs.slice(asked.length * each),
  ];
}
