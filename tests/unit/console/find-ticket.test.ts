import { expect, test } from 'vitest';
import type { ClosedRow, DeskRow } from '#contract/boards.ts';
import { findTickets } from '#console/find-ticket.ts';
import { aBoard, called, parked, waiting } from './a-board.ts';

const CLOSED = { ...waiting('A001'), outcome: 'served', at: 0 } as unknown as ClosedRow;
const OTHER_DESK = { deskId: 'laud-4', number: 'M109', staffName: 'Olga Sokolova' } as unknown as DeskRow;
const OWN_DESK = { deskId: 'laud-3', number: 'K007' } as unknown as DeskRow;
const BOARD = aBoard({
  waiting: [waiting('K042'), waiting('K142')],
  parked: [parked('T042')],
  current: called('K007'),
  desks: [OWN_DESK, OTHER_DESK],
  closed: [CLOSED],
});

function found(typed: string): readonly string[] {
  return findTickets(BOARD, typed).map(({ number, where }) => `${number} ${where}`);
}

test('a number is found with or without its letter and its noughts', () => {
  expect(found('k42')).toEqual(['K042 waiting']);
  expect(found('42')).toEqual(['K042 waiting', 'T042 parked']);
  expect(found('K042')).toEqual(['K042 waiting']);
  expect(found(' k 042 ')).toEqual(['K042 waiting']);
});

test('Cyrillic letters that look the same find it too', () => {
  expect(found('К042')).toEqual(['K042 waiting']);
});

test('wherever it is: here once, at another desk, closed', () => {
  expect(found('7')).toEqual(['K007 here']);
  expect(found('m109')).toEqual(['M109 desk']);
  expect(found('a1')).toEqual(['A001 closed']);
});

test('what is no number finds nothing', () => {
  expect(found('')).toEqual([]);
  expect(found('Tamm!')).toEqual([]);
});
