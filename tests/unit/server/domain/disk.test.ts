import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diskState, mayIssue, type DiskFacts, type DiskState } from '../../../../server/domain/disk.ts';

const MIB = 1024 * 1024;
const facts = (change: Partial<Omit<DiskFacts, 'reserve'>> & { held?: number }): DiskFacts => ({
  free: 10_000 * MIB,
  met: 'nothing',
  takesWrites: true,
  ...change,
  reserve: { wanted: 64 * MIB, held: change.held ?? 64 * MIB },
});

describe('what the disk lets the office do', () => {
  test('a disk with room and its reserve: everything; one with little room: everything, and the head is told', () => {
    expect(diskState(facts({}), 'ok')).toBe('ok');
    expect(diskState(facts({ free: 300 * MIB }), 'ok')).toBe('low');
    expect(diskState(facts({ free: 10_000 * MIB, held: 0 }), 'ok')).toBe('low');
  });

  test('nobody gets a number when a write met a full disk, or hardly anything is free', () => {
    expect(diskState(facts({ met: 'full' }), 'ok')).toBe('full');
    expect(diskState(facts({ free: 15 * MIB }), 'ok')).toBe('full');
  });

  test('the room that the released reserve left is for those who wait, not for new numbers', () => {
    expect(diskState(facts({ free: 64 * MIB, held: 0 }), 'full')).toBe('full');
    expect(diskState(facts({ free: 97 * MIB, held: 0 }), 'full')).toBe('low');
  });

  test('a read-only disk stays one until it takes a write', () => {
    expect(diskState(facts({ met: 'read-only' }), 'ok')).toBe('read-only');
    expect(diskState(facts({ takesWrites: false }), 'read-only')).toBe('read-only');
    expect(diskState(facts({}), 'read-only')).toBe('ok');
  });

  test('whatever happened before: a number is only given where the disk takes writes and the floor is free', () => {
    const states = fc.constantFrom<DiskState>('ok', 'low', 'full', 'read-only');
    fc.assert(
      fc.property(
        states,
        fc.record({
          free: fc.nat({ max: 2_000 * MIB }),
          met: fc.constantFrom('nothing', 'full', 'read-only'),
          takesWrites: fc.boolean(),
          held: fc.constantFrom(0, 64 * MIB),
        }),
        (before, change) => {
          if (!mayIssue(diskState(facts(change), before))) return;
          expect(change.met).toBe('nothing');
          expect(change.free).toBeGreaterThanOrEqual(16 * MIB);
          expect(mayIssue(before) || change.takesWrites).toBe(true);
        },
      ),
    );
  });
});
