import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextHold, NOT_HELD, retryMs, type Hold, type HoldInput } from '../../../../hardware/hid/hold-machine.ts';

const input: fc.Arbitrary<HoldInput> = fc.oneof(
  fc.record({ kind: fc.constant('seen' as const), path: fc.constantFrom('a', 'b', null) }),
  fc.constant({ kind: 'opened' as const }),
  fc.record({
    kind: fc.constant('not-opened' as const),
    problem: fc.record({
      kind: fc.constantFrom('denied' as const, 'gone' as const, 'failed' as const),
      reason: fc.string(),
    }),
  }),
  fc.record({ kind: fc.constant('lost' as const), reason: fc.string() }),
  fc.constant({ kind: 'retry' as const }),
);

describe('a device that is wanted, whatever happens in whatever order', () => {
  test('is absent exactly while it is not plugged in', () => {
    fc.assert(
      fc.property(fc.array(input), (inputs) => {
        let hold: Hold = NOT_HELD;
        for (const each of inputs) ({ hold } = nextHold(hold, each));
        expect(hold.status === 'absent').toBe(hold.path === null);
      }),
    );
  });

  test('is opened only where it was seen, and a trouble always leads to another try', () => {
    fc.assert(
      fc.property(fc.array(input), (inputs) => {
        let hold: Hold = NOT_HELD;
        for (const each of inputs) {
          const turn = nextHold(hold, each);
          for (const effect of turn.effects) if (effect.kind === 'open') expect(effect.path).toBe(turn.hold.path);
          const troubled = turn.hold.status === 'denied' || turn.hold.status === 'error';
          if (troubled && turn.hold !== hold) expect(turn.effects.some(({ kind }) => kind === 'wait')).toBe(true);
          ({ hold } = turn);
        }
      }),
    );
  });
});

test('tries follow one another more and more slowly', () => {
  expect([1, 2, 3, 4, 5, 6, 60].map(retryMs)).toEqual([500, 1_000, 2_000, 5_000, 15_000, 15_000, 15_000]);
});
