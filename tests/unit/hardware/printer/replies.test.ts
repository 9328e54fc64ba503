import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conditionsOf, conditionsOfAutomatic } from '../../../../hardware/printer/escpos-status.ts';
import { Replies, type Expected, type PrinterReply } from '../../../../hardware/printer/replies.ts';

const ALL: Expected = { automaticStatus: true, information: true };

function heard(bytes: readonly number[], expected: Expected = ALL): readonly PrinterReply[] {
  const replies = new Replies();
  replies.expect(expected);
  return replies.take(Uint8Array.from(bytes));
}

describe('what a printer says is told apart', () => {
  test('every kind of answer, one after the other', () => {
    const bytes = [
      0x12, 0x37, 0x22, 0x41, 0x42, 0x43, 0x44, 0, 0x18, 0, 0x0c, 0x0f, 0x37, 0x25, 0, 0x5f, 0x54, 0x4d, 0, 0x16,
    ];
    expect(heard(bytes)).toEqual([
      { kind: 'status', byte: 0x12 },
      { kind: 'process-id', id: 'ABCD' },
      { kind: 'automatic-status', bytes: [0x18, 0, 0x0c, 0x0f] },
      { kind: 'cleared' },
      { kind: 'information', text: 'TM' },
      { kind: 'status', byte: 0x16 },
    ]);
  });

  test('in pieces of any size it is the same', () => {
    const bytes = [0x37, 0x22, 0x20, 0x7e, 0x30, 0x31, 0, 0x10, 0, 0, 0x0f, 0x37, 0x25, 0, 0x12, 0x03];
    for (let size = 1; size <= bytes.length; size++) {
      const replies = new Replies();
      replies.expect(ALL);
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.slice(i * size, (i + 1) * size),
      );
      expect(pieces.flatMap((piece) => replies.take(Uint8Array.from(piece)))).toEqual(heard(bytes));
    }
  });

  test('flow control says nothing', () => {
    expect(heard([0x11, 0x13])).toEqual([]);
  });

  test('a byte that belongs to nothing costs itself only', () => {
    expect(heard([0x9b, 0x37, 0x12, 0x37, 0x25, 0])).toEqual([
      { kind: 'noise', byte: 0x9b },
      { kind: 'noise', byte: 0x37 },
      { kind: 'status', byte: 0x12 },
      { kind: 'cleared' },
    ]);
  });

  test('a block that cannot be one holds up nothing behind it', () => {
    expect(heard([0x37, 0x12])).toEqual([
      { kind: 'noise', byte: 0x37 },
      { kind: 'status', byte: 0x12 },
    ]);
  });

  test('nobody asked: the head of an automatic status or of information swallows nothing', () => {
    expect(heard([0x10, 0x00, 0x5f, 0x00], { automaticStatus: false, information: false })).toEqual([
      { kind: 'noise', byte: 0x10 },
      { kind: 'in-order', byte: 0 },
      { kind: 'noise', byte: 0x5f },
      { kind: 'in-order', byte: 0 },
    ]);
  });

  test('whatever came before, a status and a process id are heard', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (noise) => {
        const replies = new Replies();
        replies.take(noise);
        // Two bytes that end whatever the noise may have begun.
        const after = replies.take(Uint8Array.from([0x12, 0x12, 0x37, 0x22, 0x41, 0x42, 0x43, 0x44, 0]));
        expect(after.slice(-3)).toEqual([
          { kind: 'status', byte: 0x12 },
          { kind: 'status', byte: 0x12 },
          { kind: 'process-id', id: 'ABCD' },
        ]);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('conditions in the status bits', () => {
  test.each([
    [[0x12, 0x12, 0x12, 0x12], []],
    [[0x16, 0x12, 0x12, 0x12], []],
    [[0x12, 0x12, 0x12, 0x1e], ['paper-low']],
    [[0x1a, 0x32, 0x12, 0x7e], ['paper-out']],
    [[0x1a, 0x16, 0x12, 0x12], ['cover-open']],
    [[0x1a, 0x52, 0x1a, 0x12], ['cutter-error']],
    [[0x1a, 0x52, 0x52, 0x12], ['cooling']],
    [[0x1a, 0x52, 0x32, 0x12], ['fault']],
    [[0x1a, 0x12, 0x12, 0x12], ['offline']],
  ] as const)('real-time status %j', (bytes, conditions) => {
    expect(conditionsOf(bytes)).toEqual(conditions);
  });

  test.each([
    [[0x10, 0, 0, 0x0f], []],
    [[0x14, 0, 0x03, 0x0f], ['paper-low']],
    [[0x18, 0, 0x0c, 0x0f], ['paper-out']],
    [[0x38, 0, 0, 0x0f], ['cover-open']],
    [[0x18, 0x08, 0, 0x0f], ['cutter-error']],
    [[0x18, 0x20, 0, 0x0f], ['fault']],
    [[0x18, 0x40, 0, 0x0f], ['cooling']],
    [[0x18, 0, 0, 0x0f], ['offline']],
  ] as const)('automatic status %j', (bytes, conditions) => {
    expect(conditionsOfAutomatic(bytes)).toEqual(conditions);
  });
});
